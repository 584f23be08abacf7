import type { Journal, Movement } from "purse-payments/journal";
import { isPaid, type Order } from "./order.js";

/** The response to the staff's request. */
export interface CaptureAnswer {
  readonly status: 200 | 202 | 404 | 409;
  readonly body: { readonly state: string };
}

/** Captures the money of a paid order once, no matter how often it is called. */
export async function captureOrder(journal: Journal, order: Order): Promise<CaptureAnswer> {
  if (order.paymentId === undefined || !isPaid(order)) return { status: 409, body: { state: order.state } };
  // A new attempt after a certain failure is another movement.
  const id = `${order.reference}/capture/${String(order.failedCaptures + 1)}`;
  const { paymentId, amount } = order;
  return answerFor(await journal.capture({ id, paymentId, amount, merchantReference: id }), order);
}

function answerFor({ state, operationStatus, reason = "" }: Movement, order: Order): CaptureAnswer {
  switch (state) {
    case "succeeded":
      return { status: 200, body: { state: order.state } };
    case "open":
      // Perhaps captured. The journal retries under the same key, so it captures once; a webhook may be earlier.
      return { status: 202, body: { state: "capture unknown" } };
    case "pending":
      return { status: 202, body: { state: `capture ${(operationStatus ?? "pending").toLowerCase()}` } };
    case "failed":
      // A part was done: another capture does not fix that.
      if (operationStatus === "CONFLICT") return needsAPerson("capture conflict");
      return { status: 409, body: { state: "capture failure" } };
    case "refused":
      console.error(`capture of ${order.reference}: ${reason}`);
      return needsAPerson(`capture refused: ${reason.split(":")[0] ?? ""}`);
    case "in_doubt":
      return needsAPerson("capture in doubt");
  }
}

function needsAPerson(what: string): CaptureAnswer {
  return { status: 409, body: { state: `${what}, a person must check` } };
}
