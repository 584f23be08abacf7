import {
  capturePayment,
  createPayment,
  getPayment,
  maxAgeHeader,
  refundPayment,
  voidPayment,
} from "../../generated/operations.js";
import type { Payment } from "../../generated/schema.js";
import type { Inspection } from "../errors/outcome-unknown-error.js";
import { checkQuery } from "../idempotency/operation-query.js";
import type { FindOperationQuery } from "./find-operation.js";
import { refuseArgument } from "../checks/members.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { checkDeadlineAndSignal, type CheckedOptions } from "../call/prepare.js";
import type { Caller } from "../call/execute.js";
import type { CallPurpose } from "../hooks.js";
import type { PollOptions } from "../call/poll.js";
import type { PursePromise } from "../call/purse-promise.js";
import type { JsonObject } from "../http/response-body.js";
import type { RequestOptions } from "../options.js";
import type { CaptureParams, CreatePaymentParams, RefundParams, VoidParams } from "./request-types.js";

/** Options of `payments.retrieve`. */
export interface RetrievePaymentOptions extends RequestOptions {
  /**
   * Allows the service to answer from its own data of at most this age in seconds, without asking the payment partners.
   * Faster, but possibly out of date.
   */
  maxAgeSeconds?: number | undefined;
}

/** Payments, and their captures, refunds and voids. */
export interface Payments {
  /**
   * Creates a payment without a client session, from an earlier payment (merchant-initiated) or from tokens that the front end
   * collected. **Moves money.**
   *
   * Source: documented. A successful answer does not mean authorized: look at `authorization.status`.
   *
   * @param params `amount` in whole minor units; the `split` items add up to it.
   * @throws PurseBadRequestError when the service refuses it; this request charged nothing.
   * @throws PurseIdempotencyConflictError when the service says that the key was used before. `resourceId` is what it made,
   * if the service says so: read that payment before you create another.
   * @throws PurseOutcomeUnknownError when the answer was lost. The API is not known to honour the key here, so the
   * call is not repeated and neither `resolve()` nor `inspect()` can help: wait for the webhook. With
   * `assumeKeyHonoured` it is repeated, and for a used key the payment that it made is read.
   */
  create(params: CreatePaymentParams, options?: RequestOptions): PursePromise<Payment>;

  /**
   * Reads a payment, fresh from the partners unless `maxAgeSeconds` allows older data.
   *
   * Source: documented; the header's name (`Cache-Control`) is inferred.
   *
   * @throws PurseNotFoundError when there is no such payment for these credentials.
   * @throws PurseInvalidArgumentError when `id` is not a single path segment.
   *
   * @example
   * ```ts
   * import { Purse } from "purse-payments";
   *
   * const purse = new Purse({ environment: "sandbox" });
   * const payment = await purse.payments.retrieve("9a14962c-bdcf-49d1-8673-e75dfb48013f");
   * console.log(payment.authorization.status, payment.amounts.available_to_capture);
   * ```
   */
  retrieve(id: string, options?: RetrievePaymentOptions): PursePromise<Payment>;

  /**
   * Captures authorized money, all of it or a part. **Moves money**, once per idempotency key.
   *
   * Pass an `options.idempotencyKey` from your own records, so that a restarted process repeats the same call. If the key
   * was used before, the payment is read instead: `.withResponse()` then has `idempotency: "recovered"`.
   *
   * Source: documented, with the 409 on a replayed key.
   *
   * @param params `amount` in whole minor units (3000 is 30.00 EUR), at most `amounts.available_to_capture`.
   * @returns the whole payment. HTTP success does not mean captured: the operation can be `PENDING`, `FAILURE`,
   * `CONFLICT` or `UNCERTAIN`; `.withResponse()` has it as `operation`.
   * @throws PurseInvalidArgumentError for a bad id, key or amount; nothing was sent.
   * @throws PurseBadRequestError when the amount is too high or the payment does not allow it; this request moved nothing.
   * @throws PurseConflictError for a 409 whose text is about something other than the key; this request moved nothing.
   * @throws PurseIdempotencyConflictError when the key was used for an operation of another kind, or one that ended with
   * another amount, and that moved money if it succeeded. This request moved nothing.
   * @throws PurseOutcomeUnknownError when it may have taken effect, or when an earlier call with the key may have:
   * `resolve()` or `inspect()`, never a new key.
   * @throws PurseTimeoutError or PurseAbortError when it ended before anything was sent.
   *
   * @example
   * ```ts
   * import { Purse } from "purse-payments";
   *
   * const purse = new Purse({ environment: "sandbox" });
   * const { operation } = await purse.payments
   *   .capture("9a14962c-bdcf-49d1-8673-e75dfb48013f", { amount: 3000, merchant_reference: "CAP-1" })
   *   .withResponse();
   * if (operation?.status !== "SUCCESS") console.log("not captured yet:", operation?.status);
   * ```
   */
  capture(id: string, params: CaptureParams, options?: RequestOptions): PursePromise<Payment>;

  /**
   * Refunds captured money, all of it or a part. **Moves money**, once per idempotency key.
   *
   * Source: documented.
   *
   * @param params `amount` in whole minor units, at most `amounts.available_to_refund`.
   * @returns and throws as {@link Payments.capture}.
   */
  refund(id: string, params: RefundParams, options?: RequestOptions): PursePromise<Payment>;

  /**
   * Releases authorized money that will not be captured, all of it or a part, once per idempotency key.
   *
   * Source: documented.
   *
   * @param params `amount` in whole minor units, at most `amounts.available_to_void`.
   * @returns and throws as {@link Payments.capture}.
   */
  void(id: string, params: VoidParams, options?: RequestOptions): PursePromise<Payment>;

  /**
   * Reads a payment and reports whether it contains an operation, as `PurseOutcomeUnknownError.inspect()` does; for
   * another or a later process that knows what was requested. Moves nothing.
   *
   * @param query the list to search, and what is known of the operation. Only its `id` proves it (`done`); by amount and
   * merchant reference alone a match is `ambiguous`, because references may be reused. If you still have the idempotency
   * key, repeat the call with it instead: that completes or recovers, and never doubles.
   * @throws PurseInvalidArgumentError when the query has no list, an unknown member or one of another type; nothing was
   * sent.
   *
   * @example
   * ```ts
   * import type { Purse } from "purse-payments";
   *
   * export async function wasCaptured(purse: Purse, paymentId: string, captureId: string): Promise<boolean> {
   *   const { outcome, operation } = await purse.payments.inspect(paymentId, { list: "captures", id: captureId });
   *   return outcome === "done" && operation?.status === "SUCCESS";
   * }
   * ```
   */
  inspect(id: string, query: FindOperationQuery, options?: RequestOptions): Promise<Inspection>;

  /**
   * Polls the payment with exponential backoff and jitter until `predicate` returns true. For tests and for webhooks that did
   * not come; a webhook is the better way to learn of changes.
   *
   * A read that fails for a temporary reason (5xx, 429, 408, 425, a failed connection, no answer in time, no JSON, no token
   * for now) does not end the wait: the next one follows after the interval, or after `Retry-After` if that is longer. Any
   * other failure ends it, and so does a `Retry-After` beyond the deadline, with the read's own error.
   *
   * @param predicate gets the payment after each read; true ends the wait.
   * @returns the payment for which it returned true.
   * @throws PurseTimeoutError when `deadlineMs` (the client's by default) is over, with the failure of the last read, if it
   * failed, as its `cause`; PurseAbortError when aborted.
   *
   * @example
   * ```ts
   * import type { Purse } from "purse-payments";
   *
   * export function settled(purse: Purse, paymentId: string) {
   *   const isSettled = ({ authorization }: { authorization: { status: string } }) => authorization.status !== "PENDING";
   *   return purse.payments.waitFor(paymentId, isSettled, { deadlineMs: 60_000 });
   * }
   * ```
   */
  waitFor(id: string, predicate: (payment: Payment) => boolean, options?: PollOptions): Promise<Payment>;
}

export function createPayments(caller: Caller, standardDeadlineMs: number, standard: JsonObject): Payments {
  const read = (purpose: CallPurpose, id: string, options?: RequestOptions): PursePromise<Payment> =>
    caller.execute({ operation: getPayment, id, options, purpose });
  return {
    create: (params, options) => caller.execute({ ...creation, standard, params, options }),
    retrieve: (id, options) => caller.execute({ ...retrieval, id, options }),
    capture: (id, params, options) => caller.execute({ operation: capturePayment, id, params, options }),
    refund: (id, params, options) => caller.execute({ operation: refundPayment, id, params, options }),
    void: (id, params, options) => caller.execute({ operation: voidPayment, id, params, options }),
    inspect: async (id, query, options) => {
      const requested = checkQuery(query);
      const payment = await read("inspection", id, options);
      const { inspectPayment } = await caller.engine("payments.inspect");
      return inspectPayment(payment, id, requested);
    },
    waitFor: async (id, predicate, options) => {
      const limits = checkDeadlineAndSignal(options, standardDeadlineMs);
      if (typeof predicate !== "function") refuseArgument("predicate", "must be a function.");
      const readOnce = (limits: RequestOptions): Promise<Payment> => read("polling", id, limits);
      const { poll } = await caller.engine("payments.waitFor");
      return poll({ read: readOnce, isDone: predicate, ...limits });
    },
  };
}

const creation = {
  operation: createPayment,
  createdBy: getPayment,
  answersWithPayment: true,
  adviceWhenUnknown:
    "The API is not known to honour the key here, so do not repeat it: wait for the webhook.",
} as const;

const retrieval = {
  operation: getPayment,
  ownOptions: ["maxAgeSeconds"],
  headers: ({ maxAgeSeconds }: CheckedOptions): Record<string, string> => maxAge(maxAgeSeconds),
} as const;

function maxAge(seconds: unknown): Record<string, string> {
  if (seconds === undefined) return {};
  if (typeof seconds === "number" && Number.isSafeInteger(seconds) && seconds >= 0) {
    return { [maxAgeHeader]: `max-age=${String(seconds)}` };
  }
  throw new PurseInvalidArgumentError(
    "options.maxAgeSeconds",
    "must be a non-negative whole number of seconds.",
  );
}
