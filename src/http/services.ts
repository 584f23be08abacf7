import { createTokenCache, type TokenCache } from "../auth/token-cache.js";
import { shareToken } from "../auth/token-store.js";
import { createRedactor, createSecretMemory, type Redactor } from "./redact.js";
import { createRetryBudget, type RetryBudget } from "./retry.js";
import type { Settings, Surroundings } from "./settings.js";
import { requestGrant } from "./token-request.js";
import { createTransport, type Transport } from "./transport.js";

/** What all calls of one client share. */
export interface Services {
  readonly transport: Transport;
  readonly tokens: TokenCache;
  readonly budget: RetryBudget;
  readonly redact: Redactor;
  readonly surroundings: Surroundings;
}

export function createServices(settings: Settings, surroundings: Surroundings): Services {
  const secrets = createSecretMemory();
  const clientSecret = async (): Promise<string> => {
    const secret = await settings.clientSecret();
    secrets.note(`${settings.clientId}:${secret}`); // As it stands in a Basic header.
    secrets.note(secret);
    return secret;
  };
  const tokens = createTokenCache({
    clock: surroundings.clock,
    requestGrant: () => requestGrant({ ...settings, clientSecret }, surroundings),
    shared: settings.tokenStore && shareToken(settings.tokenStore, settings, surroundings.clock),
    onToken: secrets.note,
  });
  return {
    transport: createTransport(settings.baseUrl, settings.fetch),
    tokens,
    budget: createRetryBudget(),
    redact: createRedactor(() => [
      ...secrets.all(),
      ...(settings.apiKey === undefined ? [] : [settings.apiKey]),
    ]),
    surroundings,
  };
}
