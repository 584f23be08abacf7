import { isPurseError, PurseOutcomeUnknownError, type Payment, type Purse } from "purse-payments";
import { isPaid, type Order } from "./order.js";

/** What the staff's request is answered with. */
export interface CaptureAnswer {
  readonly status: 200 | 202 | 404 | 409;
  readonly body: { readonly state: string };
}

interface Bookkeeping {
  /** The same for the same operation of an order, also after a restart. */
  readonly keyFor: (order: Order, ...parts: readonly string[]) => Promise<string>;
  readonly book: (payment: Payment) => unknown;
}

/** Takes the money of an order that is paid: once, however often it is asked to. */
export async function captureOrder(
  purse: Purse,
  order: Order,
  { keyFor, book }: Bookkeeping,
): Promise<CaptureAnswer> {
  if (order.paymentId === undefined || !isPaid(order)) return { status: 409, body: { state: order.state } };
  const attempt = order.failedCaptures;
  const params = { amount: order.amount, merchant_reference: `capture-${String(attempt + 1)}` };
  const idempotencyKey = await keyFor(order, "capture", String(attempt));
  try {
    const call = purse.payments.capture(order.paymentId, params, { idempotencyKey });
    const { data, operation } = await call.withResponse();
    book(data);
    // 200 from the API says that it was accepted, not that it was captured.
    if (operation?.status === "SUCCESS") return { status: 200, body: { state: order.state } };
    // Final: a part was done, the rest was not. Another capture, under whatever key, is no way out.
    if (operation?.status === "CONFLICT") return { status: 409, body: { state: lookAt("capture conflict") } };
    // Only what has failed for certain may be tried again under another key.
    if (operation?.status === "FAILURE") order.failedCaptures = attempt + 1;
    const state = `capture ${operation?.status ?? "accepted"}`.toLowerCase();
    return { status: operation?.status === "FAILURE" ? 409 : 202, body: { state } };
  } catch (error) {
    if (isPurseError(error) && refusals.includes(error.code)) {
      console.error(`capture of ${order.reference}: ${error.message}`);
      return { status: 409, body: { state: lookAt(`capture refused: ${error.code}`) } };
    }
    if (!(error instanceof PurseOutcomeUnknownError)) throw error;
    // Perhaps captured. Asking again asks under the same key, and so captures once; a webhook may tell before.
    console.error(`capture of ${order.reference}: ${error.message}`);
    return { status: 202, body: { state: "capture unknown" } };
  }
}

/** With these the service has answered: this request moves nothing, now or later. Trying again will not help. */
const refusals: readonly string[] = ["bad_request", "conflict", "idempotency_conflict", "not_found"];

function lookAt(what: string): string {
  return `${what}, a person must look`;
}
