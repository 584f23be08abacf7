import type { Payment } from "../../generated/schema.js";
import type { MovementEntry } from "./entry.js";
import { failureOf } from "./errors.js";
import { evidenceIn, isReading } from "./evidence.js";
import type { Parts } from "./parts.js";
import type { Evidence } from "./states.js";

/** What asking or reading has found out. */
export interface Finding {
  readonly evidence: Evidence;
  /** The payment that shows it, where one was read. */
  readonly payment?: Payment | undefined;
  /** How long the service asked to wait. */
  readonly retryAfterMs?: number | undefined;
}

/** Reads the payment from the partners, and looks for the movement's operation in it. Moves nothing. */
export async function readMovement(
  { purse, store, deadlineMs }: Parts,
  entry: MovementEntry,
  signal: AbortSignal,
): Promise<Finding> {
  let payment: Payment;
  try {
    payment = await purse.payments.retrieve(entry.paymentId, { deadlineMs, signal });
  } catch (error) {
    const { reason, retryAfterMs } = failureOf(error);
    return { evidence: { kind: "unread", reason }, retryAfterMs };
  }
  if (!isReading(entry, payment))
    return { evidence: { kind: "unread", reason: "no reading of the payment" } };
  // By its id the operation is found without looking at the other movements.
  const others = entry.operationId === undefined ? await store.ofPayment(entry.paymentId, undefined) : [];
  const evidence = evidenceIn(payment, entry, others);
  return { evidence: evidence ?? { kind: "unclear", reason: notListed }, payment };
}

const notListed = "the payment does not list the operation";
