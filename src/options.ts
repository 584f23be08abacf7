import type { TokenStore } from "./auth/token-store.js";
import type { ClientAuthentication } from "./auth/credentials.js";
import type { environments } from "../generated/operations.js";
import type { WebhookRequest } from "../generated/schema.js";
import type { FetchLike } from "./http/fetch-like.js";
import type { PurseHooks, PurseLogger } from "./hooks.js";
import { flatten } from "./checks/members.js";
/** The vendor's environments. */
export type PurseEnvironment = keyof typeof environments;

/**
 * How to set up a client. Members left out fall back to the environment variable named with them, if any; an empty variable
 * counts as unset. Must be a plain object without other members.
 */
export interface PurseOptions {
  /**
   * Which of the vendor's environments to use. Give this or `baseUrl`, not both.
   * `production` is the documented host; the vendor's own software uses another one, so confirm it first.
   *
   * Falls back to `PURSE_ENVIRONMENT`.
   */
  environment?: PurseEnvironment | undefined;
  /**
   * Origin under which `/payment/v2/…` and `/oauth/token` live, for example `http://127.0.0.1:4010`. A path is kept
   * as a prefix. `http:` is accepted for loopback addresses only.
   *
   * Falls back to `PURSE_BASE_URL`.
   */
  baseUrl?: string | undefined;
  /** OAuth client id. Falls back to `PURSE_CLIENT_ID`. */
  clientId?: string | undefined;
  /**
   * OAuth client secret, or a function that fetches it (called before each token request, for rotation).
   * Falls back to `PURSE_CLIENT_SECRET`.
   */
  clientSecret?: string | (() => string | Promise<string>) | undefined;
  /**
   * Sent as `x-api-key` when given, to the API's own origin only: not to a `tokenUrl` elsewhere. Falls back to
   * `PURSE_API_KEY`.
   */
  apiKey?: string | undefined;
  /** Used where a request takes an `entity_id` and has none. Falls back to `PURSE_ENTITY_ID`. */
  entityId?: string | undefined;
  /**
   * Where Purse notifies you, and with which headers: the `webhook` of every `clientSessions.create` and `payments.create`
   * that has none of its own. Payment links, which have notifications of their own kind, do not get it. Copied when the
   * client is made.
   * @defaultValue none
   */
  webhook?: WebhookRequest | undefined;
  /**
   * The token endpoint. The vendor's v2 documentation does not name it; the default is `/oauth/token` under
   * the base URL, as in v1. Falls back to `PURSE_TOKEN_URL`, unless `environment` or `baseUrl` is given here.
   */
  tokenUrl?: string | undefined;
  /**
   * Whether the token request has id and secret in a Basic header or in its form body. The header has them unencoded: if a
   * server decodes it (RFC 6749, section 2.3.1) and they contain `%` or `+`, use the body.
   * @defaultValue `"basic"`
   */
  clientAuthentication?: ClientAuthentication | undefined;
  /**
   * Shares the access token with other processes, for example through Redis: anything with `get`, `set(key, value,
   * ttlMs)` and `delete`, such as Keyv. If the store is slow or fails, the client carries on without it.
   * @defaultValue none: every client has a token of its own
   */
  tokenStore?: TokenStore | undefined;
  /**
   * Time for one attempt, its body included, in milliseconds.
   * @defaultValue 30000
   */
  timeoutMs?: number | undefined;
  /**
   * Time for a whole call in milliseconds: token, attempts, waits and recovery together.
   * @defaultValue 90000
   */
  deadlineMs?: number | undefined;
  /**
   * How often a request is repeated at most after a failure, where that is safe. Not counted: one repeat with a new token
   * after a 401, and up to eight while the service says that the first request is in progress.
   *
   * With 0 nothing is repeated, not even after a 401. Reads that clear up a change are still sent: up to three of the
   * payment after a used key, one of a session after an unclear abort. So is a token request if there is no token, and
   * `signingKeys.list` a second time if the service wants a token.
   * @defaultValue 2
   */
  maxRetries?: number | undefined;
  /**
   * Replaces the global `fetch`: for tests, proxies or another transport. Always called with a URL and plain options. It must
   * not repeat requests. Its answers may have a web stream or a Node.js stream (node-fetch) as body, or only `text()`,
   * `arrayBuffer()` or `json()`.
   */
  fetch?: FetchLike | undefined;
  /**
   * Called for every call, attempt, retry and token request, without bodies, secrets or ids; several objects one after
   * another. What a hook throws is ignored. An unknown hook, such as `onCallEnded`, is refused.
   * @defaultValue none
   */
  hooks?: PurseHooks | readonly PurseHooks[] | undefined;
  /**
   * Gets a line when a call, attempt or token request ends, and for each retry: `console` works, and so do most loggers.
   * @defaultValue none: the client prints nothing
   */
  logger?: PurseLogger | undefined;
  /**
   * Allows `http:` beyond loopback addresses, if a gateway of your own makes that safe. Refused for production.
   * @defaultValue false
   */
  allowInsecureHttp?: boolean | undefined;
}

/** Every member of {@link PurseOptions}. */
export const purseOptionNames: readonly (keyof PurseOptions)[] = [
  "environment",
  "baseUrl",
  "clientId",
  "clientSecret",
  "apiKey",
  "entityId",
  "webhook",
  "tokenUrl",
  "clientAuthentication",
  "tokenStore",
  "timeoutMs",
  "deadlineMs",
  "maxRetries",
  "fetch",
  "hooks",
  "logger",
  "allowInsecureHttp",
];

/** Options of a single call. Must be a plain object without other members. */
export interface RequestOptions {
  /**
   * Identifies this one operation, on all its attempts and when you repeat the call later: one key per operation. Visible
   * ASCII, at most 255 characters. Leave the member out for a random key; `undefined` is refused, because it means that a
   * key of yours was lost.
   * @defaultValue a new random UUID
   */
  idempotencyKey?: string;
  /**
   * For creating payments, client sessions and payment links: assumes that the service honours the idempotency key, so that
   * a call with an unclear outcome is repeated under the same key. The documentation does not say so; set this only once
   * Purse has confirmed it to you, because otherwise **money may move twice**. Other calls refuse it.
   * @defaultValue false
   */
  assumeKeyHonoured?: boolean | undefined;
  /** Ends the call at once, in every phase but one: loading the code of the client, once per process. */
  signal?: AbortSignal | undefined;
  /** Time for one attempt in milliseconds, instead of the client's. */
  timeoutMs?: number | undefined;
  /** Time for the whole call in milliseconds, instead of the client's. */
  deadlineMs?: number | undefined;
  /** How often to repeat the request at most, instead of the client's. */
  maxRetries?: number | undefined;
  /**
   * Additional headers, as a plain object. Headers for authentication, the content type or an idempotency key (in any
   * spelling) are refused: there are options for them.
   */
  headers?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Every member of {@link RequestOptions}. */
export const requestOptionNames: readonly (keyof RequestOptions)[] = [
  "idempotencyKey",
  "assumeKeyHonoured",
  "signal",
  "timeoutMs",
  "deadlineMs",
  "maxRetries",
  "headers",
];

const flatNames: ReadonlySet<string> = new Set(requestOptionNames.map(flatten));

/** Whether a name is that of a call's option, in any spelling. */
export function isRequestOptionName(name: string): boolean {
  const flat = flatten(name);
  return flatNames.has(flat) || flat.includes("idempot");
}
