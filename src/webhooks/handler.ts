import { systemClock, type Clock } from "../clock.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { PurseWebhookError } from "../errors/webhook-error.js";
import { accepted, failed, refused } from "./answer.js";
import { changesOf, newFailures } from "./changes.js";
import { createClaims } from "./claims.js";
import { readDelivery, type Delivery } from "./delivery.js";
import { createStore } from "./memory-store.js";
import { handleOnce, inProgress, type OnceParts, type Outcome, type PaymentState } from "./once.js";
import {
  checkPositive,
  checkReceiveOptions,
  toRecord,
  type CheckedReceiveOptions,
  type ReceiveWebhookOptions,
} from "./options.js";
import { withPatience } from "./patience.js";
import { readBack, type PaymentReader } from "./read-back.js";
import { toReceived } from "./receive.js";
import { checkHandlers, route, type WebhookEvent, type WebhookHandlers } from "./router.js";
import { checkStore, type WebhookStore } from "./store.js";
import { failedOperationsOf } from "./summary.js";
import { createTurns } from "./turns.js";

/** What was being answered when something went wrong. */
export interface WebhookErrorContext {
  /** HTTP status that the sender was answered with. */
  readonly status: number;
  /** Id of the payment, once a delivery has proved itself. */
  readonly paymentId?: string;
}

/** How to set up a webhook handler. */
export interface WebhookHandlerOptions extends ReceiveWebhookOptions {
  /** What to do when something became of a payment. */
  on: WebhookHandlers;
  /**
   * Where processes agree on who handles what.
   * @defaultValue in the memory of this process, the last 10000 entries
   */
  store?: WebhookStore | undefined;
  /**
   * How long one event may take, reading back included, in milliseconds. A process that died is replaced after this
   * time; one that is slower than this may be joined by another, so set it well above the slowest handler.
   * @defaultValue 60000
   */
  claimTtlMs?: number | undefined;
  /**
   * How long to remember what was handled, in milliseconds. A delivery that is repeated later is handled again.
   * @defaultValue 604800000 (7 days)
   */
  completedTtlMs?: number | undefined;
  /**
   * Is told of every delivery that was not accepted, and of what a handler threw; by itself this package logs nothing.
   * Refusals are `PurseWebhookError`s. With status 200: the event was handled, but the store could not note it.
   */
  onError?: ((error: unknown, context: WebhookErrorContext) => void) | undefined;
}

const defaultClaimTtlMs = 60_000;
const defaultCompletedTtlMs = 7 * 24 * 60 * 60_000;
/** How long the store may take for one answer, and a delivery may wait for the turn of another. */
const patienceMs = 5000;

/**
 * A receiver for `webhook.url`, as a function from `Request` to `Response`: Hono, Next, Bun, Deno and Workers take it
 * as it is; `purse-payments/webhooks/node` adapts it to node:http, Express and Fastify. It never rejects.
 *
 * Each delivery is checked for its secret, the payment is read back, and the handlers see that reading, once for each
 * state of the payment: repeated and older deliveries are answered with success and dropped. Handlers of one payment
 * never run at the same time (longer than `claimTtlMs` excepted), and never again for a state once they have succeeded
 * (as long as the store remembers it). When one throws, the answer is 500 and the sender's next delivery runs it again.
 *
 * Answers: 200 handled or known · 400 no such payment, or not a notification · 401 secret · 405 · 413 · 415 · 500 a
 * handler failed · 503 with `retry-after`: try again.
 *
 * @param purse the client that payments are read back with.
 * @throws PurseInvalidArgumentError when an option is missing or wrong.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createWebhookHandler } from "purse-payments/webhooks";
 *
 * export function createReceiver(purse: Purse, secret: string) {
 *   return createWebhookHandler(purse, {
 *     secrets: [secret],
 *     on: {
 *       authorized: ({ payment }) => console.log("ship", payment.order_reference),
 *       refused: ({ payment }) => console.log("cancel", payment.order_reference),
 *       fallback: ({ event }) => console.log("nothing to do", event.id),
 *     },
 *     onError: (error, { status }) => console.error(status, error),
 *   });
 * }
 * ```
 *
 * Source: that Purse posts the payment on every change is documented; what it makes of answers is not.
 */
export function createWebhookHandler(
  purse: { readonly payments: PaymentReader },
  options: WebhookHandlerOptions,
): (request: Request) => Promise<Response> {
  return createHandler(purse.payments, options, systemClock);
}

/** As above, with a clock of the test's. */
export function createHandler(
  payments: PaymentReader,
  options: WebhookHandlerOptions,
  clock: Clock,
): (request: Request) => Promise<Response> {
  const receiveOptions = checkReceiveOptions(options);
  const tell = createTeller(options.onError);
  const parts = createParts(payments, options, receiveOptions, clock, tell);
  const turns = createTurns<Outcome>();

  async function work(paymentId: string): Promise<Outcome> {
    const outcome = await handleOnce(parts, paymentId);
    // Told here, and so once, however many deliveries wait for this turn, and even when none does any more.
    if (outcome.kind === "failed") tell(outcome.error, { status: 500, paymentId });
    return outcome;
  }

  function handle({ id }: Delivery): Promise<Outcome> {
    const isFirst = !turns.has(id);
    const turn = turns.take(id, () => work(id));
    if (isFirst) return turn;
    // The turn takes place all the same; the sender is not kept waiting for it.
    return withPatience<Outcome>(clock, patienceMs, turn, () => {
      throw inProgress();
    });
  }

  async function answer(request: Request, so: { paymentId?: string }): Promise<Response> {
    const delivery = await readDelivery(request, receiveOptions);
    so.paymentId = delivery.id;
    const outcome = await handle(delivery);
    if (outcome.kind === "known") refuseIfBehind(delivery, outcome.version);
    return outcome.kind === "failed" ? failed() : accepted();
  }

  return async (request) => {
    const so: { paymentId?: string } = {};
    try {
      return await answer(request, so);
    } catch (error) {
      const response = refused(error);
      tell(error, { ...so, status: response.status });
      return response;
    }
  };
}

/** A delivery of something newer than could be read, which must not be taken for a repetition. */
function refuseIfBehind({ announcedVersion }: Delivery, version: number | undefined): void {
  if (announcedVersion === undefined || version === undefined || announcedVersion <= version) return;
  throw new PurseWebhookError("read_back_behind", "The payment as read back is older than the delivery.", {
    retryAfterMs: patienceMs,
  });
}

function createTeller(onError: unknown): (error: unknown, context: WebhookErrorContext) => void {
  if (onError === undefined) return () => undefined;
  if (typeof onError !== "function") {
    throw new PurseInvalidArgumentError("options.onError", "must be a function.");
  }
  return (error, context) => {
    try {
      (onError as NonNullable<WebhookHandlerOptions["onError"]>)(error, context);
    } catch {
      // Whoever fails at being told cannot be told of it.
    }
  };
}

function createParts(
  payments: PaymentReader,
  options: WebhookHandlerOptions,
  { deadlineMs }: CheckedReceiveOptions,
  clock: Clock,
  tell: (error: unknown, context: WebhookErrorContext) => void,
): OnceParts {
  const given = toRecord(options);
  const on = checkHandlers(given["on"]);
  const store = given["store"] === undefined ? createStore({}, clock) : checkStore(given["store"]);
  const claimTtlMs = checkPositive(given["claimTtlMs"], "options.claimTtlMs", defaultClaimTtlMs);
  const storePatienceMs = Math.min(patienceMs, claimTtlMs / 10);
  return {
    claims: createClaims(store, clock, storePatienceMs),
    clock,
    claimTtlMs,
    marginMs: storePatienceMs,
    completedTtlMs: checkPositive(given["completedTtlMs"], "options.completedTtlMs", defaultCompletedTtlMs),
    read: (id) => readBack(payments, id, Math.min(deadlineMs, claimTtlMs / 2)),
    handle: (state) => route(on, toEvent(state)),
    report: (error) => {
      tell(error, { status: 200 });
    },
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
