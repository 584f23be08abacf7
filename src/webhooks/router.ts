import type { Operation, Payment } from "../../generated/schema.js";
import { readMembers, refuseArgument } from "../checks/members.js";
import { webhookChangeValues, type WebhookChange } from "./once/diff-states.js";
import type { ReceivedWebhook } from "./delivery/receive.js";
import type { PaymentSummary } from "./once/payment-state.js";

/** One state of a payment that was not handled before. */
export interface WebhookEvent extends Omit<ReceivedWebhook, "announcedVersion"> {
  /** What became of the payment since `previous`. Empty when nothing of that list did. */
  readonly changes: readonly WebhookChange[];
  /** The operations behind `operationFailed`. */
  readonly failedOperations: readonly Operation[];
  /** The last state that was handled, if the store remembers one. */
  readonly previous?: PaymentSummary;
}

/** What every handler is given. */
export interface WebhookContext {
  /** The payment as read back. */
  readonly payment: Payment;
  /** The state of the payment that is handled, and what changed. */
  readonly event: WebhookEvent;
  /**
   * Aborted when the time is up (`handlerTimeoutMs`): pass it on to what the handler waits for, so that nothing is
   * still running when the event is handled again.
   */
  readonly signal: AbortSignal;
}

/** The event counts as handled when what this returns is settled, and as not handled when it throws or rejects. */
export type WebhookHandler = (context: WebhookContext) => unknown;

/**
 * What to do when something became of a payment; {@link WebhookChange} says exactly what each name means. One event can
 * call several, one after another, in the order in which they stand here. A name that is
 * not listed is refused.
 *
 * Each must be able to run again for what it did already: when one of them throws, the whole event comes again.
 */
export interface WebhookHandlers {
  /** The payment is authorized: ship what was bought, if `isPaymentFor` says that it is for the order. */
  authorized?: WebhookHandler | undefined;
  /** The authorization is refused, failed or aborted: `payment.authorization.status` says which. */
  refused?: WebhookHandler | undefined;
  /** More is captured than before: `amounts.total_captured` has grown. */
  captured?: WebhookHandler | undefined;
  /** More is refunded than before: `amounts.total_refunded` has grown. */
  refunded?: WebhookHandler | undefined;
  /** More is voided than before: `amounts.total_voided` has grown. */
  voided?: WebhookHandler | undefined;
  /** A capture, refund or void has failed, whole or in part: see `event.failedOperations`. */
  operationFailed?: WebhookHandler | undefined;
  /** Everything that none of the others takes: changes without a handler, and states that no name is for. Called last. */
  fallback: WebhookHandler;
}

export function checkHandlers(on: unknown): WebhookHandlers {
  const names = [...webhookChangeValues, "fallback"];
  // A misspelt name would be a handler that is never called.
  const handlers = readMembers(on, "options.on", names);
  for (const name of names) {
    const handler = handlers[name];
    if (handler === undefined && name !== "fallback") continue;
    if (typeof handler !== "function") refuseArgument(`options.on.${name}`, "must be a function.");
  }
  return handlers as unknown as WebhookHandlers; // Checked member by member above.
}

export async function route(on: WebhookHandlers, event: WebhookEvent, signal: AbortSignal): Promise<void> {
  const context: WebhookContext = { payment: event.payment, event, signal };
  const named = event.changes.map((change) => on[change]);
  const needsFallback = named.length === 0 || named.includes(undefined);
  for (const handler of needsFallback ? [...named, on.fallback] : named) {
    // Handlers that were not started before the timeout are not started.
    signal.throwIfAborted();
    await handler?.(context);
  }
}
