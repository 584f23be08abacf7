import { systemClock } from "./clock.js";
import { createCaller, type EngineLoader } from "./call/execute.js";
import type { Runtime } from "./call/settings.js";
import type { PurseOptions } from "./options.js";
import { createAccessTokens, type AccessTokens } from "./resources/access-tokens.js";
import { createApi, type PurseApi } from "./resources/api.js";
import { createClientSessions, type ClientSessions } from "./resources/client-sessions.js";
import { createEligibleSolutions, type EligibleSolutions } from "./resources/eligible-solutions.js";
import { createPaymentLinks, type PaymentLinks } from "./resources/payment-links.js";
import { createPayments, type Payments } from "./resources/payments.js";
import { createRedirection, type Redirection } from "./resources/redirection.js";
import { createSigningKeys, type SigningKeys } from "./resources/signing-keys.js";
import { createWebhooks, type Webhooks } from "./resources/webhooks.js";
import { readSettings } from "./settings.js";

/**
 * A client for the Purse Payment API v2, for servers. Create one per set of credentials and keep it: all its calls share one
 * access token, one set of signing keys and one retry budget.
 *
 * @example
 * ```ts
 * import { Purse } from "purse-payments";
 *
 * const purse = new Purse({
 *   environment: "sandbox",
 *   clientId: "my-client",
 *   clientSecret: async () => "from the vault",
 *   entityId: "5e3a0862-7cc3-4427-92ba-9e1e9595f571",
 * });
 * const payment = await purse.payments.retrieve("9a14962c-bdcf-49d1-8673-e75dfb48013f");
 * ```
 */
export class Purse {
  /** The access token that all calls share: for sending requests that the client does not know. */
  declare readonly accessTokens: AccessTokens;
  /** The same calls by path, typed by the spec: for seeing an answer as it came. */
  declare readonly api: PurseApi;
  /** Sessions in which a shopper pays: open, read, abort. */
  declare readonly clientSessions: ClientSessions;
  /** The ways to pay that fit an order. */
  declare readonly eligibleSolutions: EligibleSolutions;
  /** Links that a shopper can pay by, for mails and messages. */
  declare readonly paymentLinks: PaymentLinks;
  /** Payments: create, read, capture, refund, void. */
  declare readonly payments: Payments;
  /** Verifies the address that a shopper comes back on. */
  declare readonly redirection: Redirection;
  /** The keys that return addresses are signed with. `redirection.verify` fetches them by itself. */
  declare readonly signingKeys: SigningKeys;
  /** Receives one notification. `createWebhookHandler` of `purse-payments/webhooks` does more. */
  declare readonly webhooks: Webhooks;

  /**
   * Checks the options and sends nothing.
   *
   * @throws PurseConfigurationError when an option is missing or wrong, or when this is a browser.
   */
  constructor(options: PurseOptions = {}) {
    Object.assign(this, createResources(options, { clock: systemClock, random: Math.random }));
  }
}

/** A client's parts. Tests pass a clock of their own. */
export function createResources(
  options: PurseOptions,
  runtime: Runtime,
  loadEngine: EngineLoader = () => import("./call/engine.js"),
): Pick<Purse, keyof Purse> {
  const settings = readSettings(options);
  const { deadlineMs } = settings.limits;
  const caller = createCaller(settings, runtime, loadEngine);
  const payments = createPayments(caller, deadlineMs, settings.standard);
  return {
    accessTokens: createAccessTokens(caller, deadlineMs),
    api: createApi(caller),
    clientSessions: createClientSessions(caller, settings.standard),
    eligibleSolutions: createEligibleSolutions(caller),
    paymentLinks: createPaymentLinks(caller),
    payments,
    redirection: createRedirection(caller, runtime.clock),
    signingKeys: createSigningKeys(caller),
    webhooks: createWebhooks(payments),
  };
}
