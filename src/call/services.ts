import type { AccessTokenGrant } from "../auth/access-token.js";
import { createTokenCache, type TokenCache } from "../auth/token-cache.js";
import type { SharedToken } from "../auth/token-store.js";
import type { OperationOwners } from "../idempotency/own-operation.js";
import { requestIdOf } from "./error-details.js";
import type { Observer } from "./observer.js";
import { onDemand } from "./on-demand.js";
import { createRedactor, textsIn, createSecretMemory, redactorForBody, type Redactor } from "./redact.js";
import { createRetryBudget, type RetryBudget } from "./retry.js";
import type { Settings, Runtime } from "./settings.js";
import { requestGrant } from "../auth/token-request.js";
import { createRequestBuilder, type RequestBuilder } from "../http/build-request.js";
import type { FetchLike } from "../http/fetch-like.js";
import { runtimeFetch } from "../http/runtime-fetch.js";

/** What all calls of one client share. */
export interface Services {
  readonly buildRequest: RequestBuilder;
  readonly fetch: FetchLike;
  readonly tokens: TokenCache;
  readonly budget: RetryBudget;
  readonly redact: Redactor;
  readonly owners: OperationOwners;
  readonly runtime: Runtime;
  /** Reports calls to hooks and logger, where there are any. Resolves to nothing if its code cannot be loaded. */
  readonly observer: (() => Promise<Observer | undefined>) | undefined;
}

export function createServices(settings: Settings, runtime: Runtime): Services {
  const { fetch = runtimeFetch } = settings;
  const secrets = createSecretMemory();
  const clientSecret = async (): Promise<string> => {
    const secret = await settings.clientSecret();
    secrets.note(`${settings.clientId}:${secret}`); // As in a Basic header.
    secrets.note(secret);
    return secret;
  };
  const redact = createRedactor(() => [
    ...secrets.all(),
    ...(settings.apiKey === undefined ? [] : [settings.apiKey]),
    ...webhookSecrets(settings),
  ]);
  const observer = observerFor(settings, runtime, redact);
  const askForGrant = (): Promise<AccessTokenGrant> =>
    requestGrant({ ...settings, fetch, clientSecret }, runtime.clock);
  const tokens = createTokenCache({
    clock: runtime.clock,
    requestGrant: async () => {
      const watch = await observer?.();
      return watch === undefined ? askForGrant() : watch.watchTokenRequest(askForGrant);
    },
    timeoutMs: settings.limits.timeoutMs,
    shared: sharedTokenOf(settings, runtime),
    random: runtime.random,
    onToken: secrets.note,
  });
  return {
    buildRequest: createRequestBuilder(settings.baseUrl),
    fetch,
    tokens,
    budget: createRetryBudget(),
    redact,
    owners: new Map(),
    runtime: runtime,
    observer,
  };
}

/** Payments carry the webhook that they were created with, so an answer to any call may quote its headers. */
function webhookSecrets({ standard: { webhook } }: Settings): readonly string[] {
  const { headers } = (webhook ?? {}) as { headers?: unknown };
  if (!Array.isArray(headers)) return [];
  return textsIn(headers.map((header: { values?: unknown } | null) => header?.values));
}

/** Loaded with the first token: a client without a store never loads it. */
function sharedTokenOf(settings: Settings, { clock }: Runtime): SharedToken | undefined {
  const { tokenStore } = settings;
  if (tokenStore === undefined) return undefined;
  const store = onDemand(async () => {
    const { shareToken } = await import("../auth/token-store.js");
    return shareToken(tokenStore, settings, clock);
  });
  // Without the store, the client requests a token of its own.
  const load = (): Promise<SharedToken | undefined> => store().catch(() => undefined);
  return {
    read: async () => (await load())?.read(),
    write: (token) => void load().then((shared) => shared?.write(token)),
    forget: async (token) => (await load())?.forget(token),
  };
}

/** Loaded with the first call: a client without hooks and logger never loads it. */
function observerFor(
  settings: Settings,
  { clock }: Runtime,
  redact: Redactor,
): (() => Promise<Observer | undefined>) | undefined {
  if (settings.hooks.length === 0 && settings.logger === undefined) return undefined;
  const observer = onDemand(async () => {
    const { createObserver } = await import("./observer.js");
    return createObserver(settings, clock, (answer, body) =>
      requestIdOf(answer, redactorForBody(redact, body)),
    );
  });
  // Without it, calls go on and are not reported.
  return () => observer().catch(() => undefined);
}
