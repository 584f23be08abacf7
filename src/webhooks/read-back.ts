import type { Payment } from "../../generated/schema.js";
import { isPurseError, type SafeCause } from "../errors/purse-error.js";
import { PurseWebhookError } from "../errors/webhook-error.js";
import { invalidBody } from "./body.js";

/** As much of a client as it takes to read payments. */
export interface PaymentReader {
  retrieve(id: string, options: { deadlineMs: number }): PromiseLike<Payment>;
}

const standardRetryAfterMs = 30_000;

/**
 * Reads the payment that a delivery names, fresh, because a delivery proves nothing about amounts.
 *
 * @throws PurseWebhookError `payment_unknown` when trying again will not help, `read_back_failed` when it may.
 */
export async function readBack(payments: PaymentReader, id: string, deadlineMs: number): Promise<Payment> {
  const payment = await retrieve(payments, id, deadlineMs);
  const answered: unknown = payment.id; // Answers are not validated.
  if (typeof answered !== "string" || answered === id) return payment;
  // One payment under two spellings of its id would be two payments to whoever counts.
  throw new PurseWebhookError("payment_unknown", "The service knows the payment by another id.");
}

async function retrieve(payments: PaymentReader, id: string, deadlineMs: number): Promise<Payment> {
  try {
    return await payments.retrieve(id, { deadlineMs });
  } catch (error) {
    throw toRefusal(error);
  }
}

function toRefusal(error: unknown): PurseWebhookError {
  const {
    name,
    code,
    retryAfterMs = standardRetryAfterMs,
  } = isPurseError(error) ? error : { name: "Error", code: "unknown" };
  const cause = { name, code };
  switch (code) {
    case "invalid_argument":
      return invalidBody("The body's id cannot be the id of a payment.");
    case "not_found":
    case "bad_request":
      return new PurseWebhookError("payment_unknown", "There is no such payment for these credentials.", {
        cause,
      });
    default:
      // Among them a missing permission: the sender knows the secret, so it is the credentials that want mending.
      return readBackFailed(cause, retryAfterMs);
  }
}

export function readBackFailed(
  cause: SafeCause,
  retryAfterMs: number = standardRetryAfterMs,
): PurseWebhookError {
  const message = "The payment cannot be read back for now.";
  return new PurseWebhookError("read_back_failed", message, { cause, retryAfterMs });
}
