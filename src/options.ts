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
 * How to set up a client. Members left out fall back to environment variables where one is named; an empty variable
 * counts as unset. A member that is not listed here is refused, and so is anything but a plain object.
 */
export interface PurseOptions {
  /**
   * Which of the vendor's environments to talk to. Give this or `baseUrl`, not both.
   * `production` is the documented host; the vendor's own software uses another name, so confirm it first.
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
   * OAuth client secret, or a function that fetches it (asked before each token request, for rotation).
   * Falls back to `PURSE_CLIENT_SECRET`.
   */
  clientSecret?: string | (() => string | Promise<string>) | undefined;
  /**
   * Sent as `x-api-key` when given, to the API's own origin only: not to a `tokenUrl` elsewhere. Falls back to
   * `PURSE_API_KEY`.
   */
  apiKey?: string | undefined;
  /** Filled in where a request takes an `entity_id` and has none. Falls back to `PURSE_ENTITY_ID`. */
  entityId?: string | undefined;
  /**
   * Where Purse notifies you, and with which headers: the `webhook` of every `clientSessions.create` and `payments.create`
   * that has none of its own. Payment links, which have notifications of their own kind, do not get it. Copied when the
   * client is made.
   * @defaultValue none
   */
  webhook?: WebhookRequest | undefined;
  /**
   * Where tokens come from. The vendor's v2 documentation does not name it; the default is `/oauth/token` under
   * the base URL, as in v1. Falls back to `PURSE_TOKEN_URL`, unless `environment` or `baseUrl` is given here.
   */
  tokenUrl?: string | undefined;
  /**
   * Whether id and secret travel in a Basic header or in the form body of the token request. The header has them as they
   * are; a server that decodes them there (RFC 6749, section 2.3.1) refuses `%` and `+`, and takes them from the body.
   * @defaultValue `"basic"`
   */
  clientAuthentication?: ClientAuthentication | undefined;
  /**
   * Shares the access token with other processes, for example through Redis: anything with `get`, `set(key, value,
   * ttlMs)` and `delete`, as Keyv has them. If the store is slow or fails, the client
   * carries on without it.
   * @defaultValue none; every client has a token of its own
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
   * How often a request is repeated at most after a failure, where repeating is safe. Not counted: one repeat with a new
   * token after a 401, and up to eight while the service says that the first request is in progress.
   *
   * With 0 nothing is repeated, not even after a 401. Reads that clear up a change still follow it: up to three of the
   * payment after a used key, one of a session after an unclear abort. A token is requested when there is none, and
   * `signingKeys.list` asks again with a token where the service wants one.
   * @defaultValue 2
   */
  maxRetries?: number | undefined;
  /**
   * Sends the requests, instead of the global `fetch`: for tests, proxies or another transport. Always called
   * with an address and plain options. It must not repeat requests. Its answers may have a web stream or a Node.js stream
   * for a body (as of node-fetch), or only `text()`, `arrayBuffer()` or `json()`.
   */
  fetch?: FetchLike | undefined;
  /**
   * Told of every call, attempt, retry and token request, without bodies, secrets or ids. Several objects are told one
   * after another. What a hook throws is dropped. A hook of another name, such as `onCallEnded`, is refused.
   * @defaultValue none
   */
  hooks?: PurseHooks | readonly PurseHooks[] | undefined;
  /**
   * Written to as calls, attempts, retries and token requests end: `console` fits, and so do most loggers.
   * @defaultValue none; the client prints nothing
   */
  logger?: PurseLogger | undefined;
  /**
   * Lets `http:` reach other than loopback addresses, where an own gateway makes that safe. Refused for production.
   * @defaultValue false
   */
  allowInsecureHttp?: boolean | undefined;
}

/** Every member of {@link PurseOptions}: others are refused. */
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

/** What a single call may set for itself. A member that is not listed here is refused, and so is anything but a plain object. */
export interface RequestOptions {
  /**
   * Names this one operation, for all its attempts and for asking again later: one key per operation, the same on
   * every retry. Visible ASCII, at most 255 characters. Leave the member out for a random key; one that is there without a
   * value is refused, because it means that yours was lost on the way.
   * @defaultValue a new random UUID
   */
  idempotencyKey?: string;
  /**
   * Creating payments, client sessions and payment links: takes the idempotency key as honoured, so that an unclear outcome is tried
   * again under the same key. The documentation does not say that it is; set this only once Purse has confirmed it to
   * you, because otherwise **money may move twice**. Other calls refuse it.
   * @defaultValue false
   */
  assumeKeyHonoured?: boolean | undefined;
  /** Ends the call at once, in every phase. */
  signal?: AbortSignal | undefined;
  /** Time for one attempt in milliseconds, instead of the client's. */
  timeoutMs?: number | undefined;
  /** Time for the whole call in milliseconds, instead of the client's. */
  deadlineMs?: number | undefined;
  /** How often to repeat at most, instead of the client's. */
  maxRetries?: number | undefined;
  /**
   * Additional headers, as a plain object. Those that carry authentication, the content type or a key are refused; so is
   * `Idempotency-Key` in any spelling: the key is an option.
   */
  headers?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Every member of {@link RequestOptions}: others are refused. */
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

/** Whether a name is that of a call's option, however it is spelt. */
export function isRequestOptionName(name: string): boolean {
  const flat = flatten(name);
  return flatNames.has(flat) || flat.includes("idempot");
}
