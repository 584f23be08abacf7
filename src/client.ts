import { systemClock } from "./clock.js";
import { createCaller } from "./http/caller.js";
import { createServices } from "./http/services.js";
import type { Surroundings } from "./http/settings.js";
import type { PurseOptions } from "./options.js";
import { createAccessTokens, type AccessTokens } from "./resources/access-tokens.js";
import { createClientSessions, type ClientSessions } from "./resources/client-sessions.js";
import { createEligibleSolutions, type EligibleSolutions } from "./resources/eligible-solutions.js";
import { createPaymentLinks, type PaymentLinks } from "./resources/payment-links.js";
import { createPayments, type Payments } from "./resources/payments.js";
import { createRedirection, type Redirection } from "./resources/redirection.js";
import { createSigningKeys, type SigningKeys } from "./resources/signing-keys.js";
import { createWebhooks, type Webhooks } from "./resources/webhooks.js";
import { readSettings } from "./settings.js";

/**
 * A client of the Purse Payment API v2, for servers. Make one per set of credentials and keep it: it shares one
 * access token, one set of signing keys and one retry budget among all its calls.
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
  readonly accessTokens: AccessTokens;
  readonly clientSessions: ClientSessions;
  readonly eligibleSolutions: EligibleSolutions;
  readonly paymentLinks: PaymentLinks;
  readonly payments: Payments;
  readonly redirection: Redirection;
  readonly signingKeys: SigningKeys;
  readonly webhooks: Webhooks;

  /**
   * Checks the options and sends nothing.
   *
   * @throws PurseConfigurationError when an option is missing or wrong, or when this is a browser.
   */
  constructor(options: PurseOptions = {}) {
    const resources = createResources(options, { clock: systemClock, random: Math.random });
    this.accessTokens = resources.accessTokens;
    this.clientSessions = resources.clientSessions;
    this.eligibleSolutions = resources.eligibleSolutions;
    this.paymentLinks = resources.paymentLinks;
    this.payments = resources.payments;
    this.redirection = resources.redirection;
    this.signingKeys = resources.signingKeys;
    this.webhooks = resources.webhooks;
  }
}

/** A client's parts; tests give it a clock of their own. */
export function createResources(options: PurseOptions, surroundings: Surroundings): Pick<Purse, keyof Purse> {
  const settings = readSettings(options);
  const services = createServices(settings, surroundings);
  const { apiKey, entityId, limits: defaults } = settings;
  const caller = createCaller({ services, defaults, apiKey, entityId });
  const signingKeys = createSigningKeys(caller);
  const payments = createPayments(caller, { ...surroundings, deadlineMs: defaults.deadlineMs });
  return {
    accessTokens: createAccessTokens(services.tokens),
    clientSessions: createClientSessions(caller),
    eligibleSolutions: createEligibleSolutions(caller),
    paymentLinks: createPaymentLinks(caller),
    payments,
    redirection: createRedirection(signingKeys, surroundings.clock),
    signingKeys,
    webhooks: createWebhooks(payments),
  };
}
