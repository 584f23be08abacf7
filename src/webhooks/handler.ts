import { systemClock, type Clock } from "../clock.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { readMembers } from "../checks/members.js";
import { accepted, failed, refused } from "./answer.js";
import {
  createRefusalLimit,
  handleUntilRead,
  isBehind,
  readBackBehind,
  readBackStale,
} from "./once/stale-reads.js";
import { changesOf, newFailures } from "./once/diff-states.js";
import { createLocks } from "./once/locks.js";
import { readDelivery, type Delivery } from "./delivery/delivery.js";
import { createStore } from "./stores/memory-store.js";
import {
  handleOnce,
  inProgress,
  type OnceParts,
  type Outcome,
  type PaymentState,
} from "./once/handle-once.js";
import {
  checkPositive,
  checkReceiveOptions,
  receiveOptionNames,
  type CheckedReceiveOptions,
  type ReceiveWebhookOptions,
} from "./delivery/options.js";
import { withTimeout } from "./once/with-timeout.js";
import { createTeller, type Tell, type WebhookErrorContext } from "./once/call-and-ignore-errors.js";
import { checkReader, readBackFailed, readState, type PaymentReader } from "./delivery/read-payment.js";
import { toReceived } from "./delivery/receive.js";
import { checkHandlers, route, type WebhookEvent, type WebhookHandlers } from "./router.js";
import { checkStore, type WebhookStore } from "./stores/store.js";
import { failedOperationsOf, fingerprintOf } from "./once/payment-state.js";
import { createKeyedQueue } from "./once/keyed-queue.js";

/** How to set up a webhook handler. */
export interface WebhookHandlerOptions extends ReceiveWebhookOptions {
  /** What to do when something became of a payment. */
  on: WebhookHandlers;
  /**
   * Where processes agree on who handles what, and keep what was handled. A store belongs to one receiver.
   * @defaultValue in the memory of this process, 10000 entries, and gone with it
   */
  store?: WebhookStore | undefined;
  /**
   * How long one event may take, reading back included, in milliseconds. A process that died is replaced after this
   * time; one that is slower than this may be joined by another, so set it well above the slowest handler.
   * @defaultValue 60000
   */
  claimTtlMs?: number | undefined;
  /**
   * How long the handlers of one event may take, in milliseconds; at most `claimTtlMs`. After that the delivery is
   * answered with 500, `onError` is told of `handler_timeout`, the handlers' `signal` is aborted, none that has not begun
   * is begun, and the payment is left alone until its claim has run out: nothing can stop a handler that goes on. If it
   * ends after all, the event counts as handled, or as failed, from then on.
   * @defaultValue what is left of `claimTtlMs` when the payment has been read
   */
  handlerTimeoutMs?: number | undefined;
  /**
   * How long to remember each state that was handled, in milliseconds. In a store without `remember` and `recall`, a
   * delivery that is repeated later is handled again.
   * @defaultValue 604800000 (7 days)
   */
  completedTtlMs?: number | undefined;
  /**
   * How long to remember the last handled state of each payment, in milliseconds, counted anew from each state. A payment
   * that changes later is told as if nothing had happened to it before: `authorized` may be told once more.
   * @defaultValue 34560000000 (400 days)
   */
  summaryTtlMs?: number | undefined;
  /**
   * Is told of every delivery that was not accepted, and of what a handler threw; by itself this package logs nothing.
   * Refusals are `PurseWebhookError`s. With status 200 the delivery is done, but something is wrong all the same. The
   * reason says what: the store could not note it (`store_unavailable`), or had lost the claim, so that the event may
   * have been handled twice (`claim_lost`); or what was announced could not be read however often the delivery came, or
   * the reading is older than what was handled last (`read_back_behind`). What it throws, or rejects with, is dropped.
   */
  onError?: ((error: unknown, context: WebhookErrorContext) => void) | undefined;
}

const optionNames = [
  ...receiveOptionNames,
  "on",
  "store",
  "claimTtlMs",
  "handlerTimeoutMs",
  "completedTtlMs",
  "summaryTtlMs",
  "onError",
] as const satisfies readonly (keyof WebhookHandlerOptions)[];
const defaultClaimTtlMs = 60_000;
const dayMs = 24 * 60 * 60_000;
const defaultCompletedTtlMs = 7 * dayMs;
const defaultSummaryTtlMs = 400 * dayMs;
/** How long the store may take for one answer, and a delivery may wait for the run of another. */
const waitLimitMs = 5000;

/**
 * A receiver for `webhook.url`, as a function from `Request` to `Response`: Hono, Next, Bun, Deno and Workers take it
 * as it is; `purse-payments/webhooks/node` adapts it to node:http, Express and Fastify. It never rejects.
 *
 * Each delivery is checked for its secret, the payment is read back, and the handlers see that reading, once for each
 * state of the payment: repeated and older deliveries are answered with success and dropped. When a handler throws, or
 * has not ended in time, the answer is 500 and the sender's next delivery runs it again.
 *
 * That handlers of one payment do not run at the same time, and not again for a state that they have handled, is as good
 * as the store: a handler that takes longer than `claimTtlMs` is joined by another, and what the store has lost or could
 * not note comes again. So guard by the order's own state, and compare the payment with the order (`isPaymentFor`):
 * the secret proves that a payment changed, and not that it is the one this order asked for.
 *
 * Answers: 200 handled or known · 400 no such payment, or not a notification · 401 secret · 405 · 413 · 415 · 500 a
 * handler failed · 503 with `retry-after`: try again, because the payment cannot be read now or is read older than
 * announced, the store is down, or the payment is being handled.
 *
 * Source: that Purse posts the payment on every change is documented; what it makes of answers is not.
 *
 * @param purse the client that payments are read back with.
 * @throws PurseInvalidArgumentError when an option is missing or wrong.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createWebhookHandler, isPaymentFor } from "purse-payments/webhooks";
 *
 * declare const orders: {
 *   find(reference: string): Promise<{ sessionId: string; amount: number; currency: string } | undefined>;
 *   ship(reference: string): Promise<void>; // Does nothing to an order that is shipped or cancelled already.
 * };
 *
 * export function createReceiver(purse: Purse, secret: string) {
 *   return createWebhookHandler(purse, {
 *     secrets: [secret],
 *     on: {
 *       async authorized({ payment }) {
 *         const order = await orders.find(payment.order_reference);
 *         if (order === undefined) throw new Error("no such order yet"); // The delivery comes again.
 *         const { sessionId: clientSessionId, amount, currency } = order;
 *         if (isPaymentFor(payment, { clientSessionId, amount, currency })) await orders.ship(payment.order_reference);
 *         else console.error("a person must look at payment", payment.id);
 *       },
 *       fallback: ({ event }) => console.log("nothing to do", event.id),
 *     },
 *     onError: (error, { status }) => console.error(status, error),
 *   });
 * }
 * ```
 */
export function createWebhookHandler(
  purse: { readonly payments: PaymentReader },
  options: WebhookHandlerOptions,
): (request: Request) => Promise<Response> {
  return createHandler(checkReader(purse), options, systemClock);
}

/** As above, with a clock for tests. */
export function createHandler(
  payments: PaymentReader,
  options: WebhookHandlerOptions,
  clock: Clock,
): (request: Request) => Promise<Response> {
  const given = readMembers(options, "options", optionNames);
  const receiveOptions = checkReceiveOptions(given);
  const tell = createTeller(given["onError"]);
  const parts = createParts(payments, given, receiveOptions, clock, tell);
  const queue = createKeyedQueue<Outcome>(clock, parts.claimTtlMs + waitLimitMs);
  const mayRefuse = createRefusalLimit();

  async function work(paymentId: string): Promise<Outcome> {
    const outcome = await handleOnce(parts, paymentId);
    // Reported here, and so once, however many deliveries wait for this run, or none.
    if (outcome.kind === "failed") tell(outcome.error, { status: 500, paymentId });
    return outcome;
  }

  function handle({ id }: Delivery): Promise<Outcome> {
    const isFirst = !queue.has(id);
    const run = queue.runExclusive(id, () => work(id));
    if (isFirst) return run;
    // The queued run takes place all the same; the sender does not wait for it.
    return withTimeout<Outcome>(clock, waitLimitMs, run, () => {
      throw inProgress();
    });
  }

  async function answer(request: Request, progress: { paymentId?: string }): Promise<Response> {
    const delivery = await readDelivery(request, receiveOptions);
    progress.paymentId = delivery.id;
    const outcome = await handleUntilRead(clock, delivery, handle);
    if (outcome.kind === "failed") return failed();
    if (isBehind(delivery, outcome)) {
      // What was read is handled, but what was announced is not, and no other delivery may announce it.
      if (mayRefuse(delivery, await fingerprintOf(delivery.content))) throw readBackBehind();
      tell(readBackBehind(), { status: 200, paymentId: delivery.id });
    } else if (outcome.kind === "stale") tell(readBackStale(), { status: 200, paymentId: delivery.id });
    return accepted();
  }

  return async (request) => {
    const progress: { paymentId?: string } = {};
    try {
      return await answer(request, progress);
    } catch (error) {
      const response = refused(error);
      tell(error, { ...progress, status: response.status });
      return response;
    }
  };
}

function createParts(
  payments: PaymentReader,
  given: Readonly<Record<string, unknown>>,
  { deadlineMs }: CheckedReceiveOptions,
  clock: Clock,
  tell: Tell,
): OnceParts {
  const on = checkHandlers(given["on"]);
  const store = given["store"] === undefined ? createStore({}, clock) : checkStore(given["store"]);
  const claimTtlMs = checkPositive(given["claimTtlMs"], "options.claimTtlMs", defaultClaimTtlMs);
  const handlerTimeoutMs = checkPositive(given["handlerTimeoutMs"], "options.handlerTimeoutMs", claimTtlMs);
  if (handlerTimeoutMs > claimTtlMs) {
    throw new PurseInvalidArgumentError(
      "options.handlerTimeoutMs",
      "must not be longer than claimTtlMs: after that another process takes over.",
    );
  }
  const storeTimeoutMs = Math.min(waitLimitMs, claimTtlMs / 10);
  const readTimeoutMs = Math.min(deadlineMs, claimTtlMs / 2);
  return {
    locks: createLocks(store, clock, storeTimeoutMs),
    clock,
    claimTtlMs,
    handlerTimeoutMs,
    marginMs: storeTimeoutMs,
    completedTtlMs: checkPositive(given["completedTtlMs"], "options.completedTtlMs", defaultCompletedTtlMs),
    summaryTtlMs: checkPositive(given["summaryTtlMs"], "options.summaryTtlMs", defaultSummaryTtlMs),
    // The client keeps its deadline. Another implementation of `retrieve` may not, and must not block the payment.
    read: (id) =>
      withTimeout(clock, readTimeoutMs + storeTimeoutMs, readState(payments, id, readTimeoutMs), () => {
        throw readBackFailed({ name: "TimeoutError" });
      }),
    // If an odd payment makes this throw, it is a failure of the handling, and the locks are released.
    handle: async (state, signal) => route(on, toEvent(state), signal),
    report: tell,
  };
}

function toEvent({ id, payment, summary, previous }: PaymentState): WebhookEvent {
  const failures = newFailures(summary, previous);
  return {
    ...toReceived({ id }, payment),
    changes: changesOf(summary, previous),
    failedOperations: failedOperationsOf(payment).filter((operation) => failures.includes(operation.id)),
    ...(previous === undefined ? {} : { previous }),
  };
}
