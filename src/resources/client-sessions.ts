import { abortClientSession, createClientSession, getClientSession } from "../../generated/operations.js";
import type { ClientSession } from "../../generated/schema.js";
import type { Caller } from "../call/execute.js";
import type { PursePromise } from "../call/purse-promise.js";
import type { JsonObject } from "../http/response-body.js";
import type { RequestOptions } from "../options.js";
import type { CreateClientSessionParams } from "./request-types.js";

/** Sessions in which shoppers pay, on the merchant's page or on Purse's. */
export interface ClientSessions {
  /**
   * Opens a session for one order. The front end starts from its `widget`, or the shopper is sent to
   * the hosted page (`hostedPageUrl` of `purse-payments/checkout`) when `integration_mode` is `HOSTED_PAGE`.
   *
   * Source: documented, but not whether the idempotency key is honoured here, so an unclear outcome is not retried.
   *
   * @param params order, amount (whole minor units: 4299 is 42.99 EUR; zero only with `allow_future_usage`), currency
   * and the URL the shopper returns to. `entity_id` and `webhook` default to the client's.
   * @throws PurseInvalidArgumentError when a member is missing or an amount is not a whole number; nothing was sent.
   * @throws PurseBadRequestError when the service refuses the order.
   * @throws PurseOutcomeUnknownError when the answer was lost: the session may exist. A session alone charges nothing, so
   * open another one; do not `resolve()`.
   *
   * @example
   * ```ts
   * import { Purse } from "purse-payments";
   * import { hostedPageUrl } from "purse-payments/checkout";
   *
   * const purse = new Purse({ environment: "sandbox", entityId: "5e3a0862-7cc3-4427-92ba-9e1e9595f571" });
   * const session = await purse.clientSessions.create({
   *   amount: 12000,
   *   currency: "EUR",
   *   integration_mode: "HOSTED_PAGE",
   *   shopper_redirection_url: "https://shop.example/return",
   *   order: { reference: "123456789", net_amount: 12000 },
   * });
   * console.log(hostedPageUrl(session));
   * ```
   */
  create(params: CreateClientSessionParams, options?: RequestOptions): PursePromise<ClientSession>;

  /**
   * Reads a session: its `status`, and its `payment_id` once the shopper has submitted.
   *
   * Source: documented.
   *
   * @throws PurseNotFoundError when there is no such session for these credentials.
   * @throws PurseInvalidArgumentError when `id` is not a single path segment.
   */
  retrieve(id: string, options?: RequestOptions): PursePromise<ClientSession>;

  /**
   * Ends a session so that it can no longer be paid.
   *
   * If the answer is lost, the session is read and the call succeeds only if it is aborted.
   *
   * Source: documented; which statuses allow it is not.
   *
   * @throws PurseBadRequestError (or PurseConflictError) when the session's status does not allow it.
   * @throws PurseOutcomeUnknownError when neither the answer nor the read shows what happened.
   */
  abort(id: string, options?: RequestOptions): PursePromise<ClientSession>;
}

export function createClientSessions(caller: Caller, standard: JsonObject): ClientSessions {
  return {
    create: (params, options) => caller.execute({ ...creation, standard, params, options }),
    retrieve: (id, options) => caller.execute({ operation: getClientSession, id, options }),
    abort: (id, options) => caller.execute({ ...abortion, id, options }),
  };
}

const confirmation = {
  operation: getClientSession,
  isDone: (session: Record<string, unknown>): boolean =>
    session["status"] === abortClientSession.constantMembers["status"],
};

const creation = {
  operation: createClientSession,
  createdBy: getClientSession,
  adviceWhenUnknown: "A session alone charges nothing: open another one.",
} as const;

const abortion = {
  operation: abortClientSession,
  confirmation,
  adviceWhenUnknown: "Read the session to see whether it is aborted; aborting it again does no harm.",
} as const;
