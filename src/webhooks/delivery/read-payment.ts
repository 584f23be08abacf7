import type { Payment } from "../../../generated/schema.js";
import { PurseInvalidArgumentError } from "../../errors/invalid-argument-error.js";
import { isPurseError } from "../../errors/union.js";
import type { SafeCause } from "../../errors/purse-error.js";
import { PurseWebhookError } from "../../errors/webhook-error.js";
import { invalidBody } from "./body.js";

/** As much of a client as it takes to read payments. */
export interface PaymentReader {
  /** Reads a payment, as `purse.payments.retrieve` does. */
  retrieve(id: string, options: { deadlineMs: number }): PromiseLike<Payment>;
}

/** Amounts that every payment has. */
export const totals = ["total_authorized", "total_captured", "total_refunded", "total_voided"] as const;
const standardRetryAfterMs = 30_000;

/**
 * Reads the payment that a delivery names, fresh, because a delivery proves nothing about amounts.
 *
 * @throws PurseWebhookError `payment_unknown` when trying again will not help, `read_back_failed` when it may.
 */
export async function readBack(payments: PaymentReader, id: string, deadlineMs: number): Promise<Payment> {
  const payment: unknown = await retrieve(payments, id, deadlineMs); // Answers are not validated.
  const answered = memberOf(payment, "id");
  if (answered === id) return payment as Payment; // As far as it goes: it has the id.
  if (typeof answered === "string" && answered.toLowerCase() === id.toLowerCase()) {
    // A handler would count one payment under two spellings of its id as two payments.
    throw new PurseWebhookError(
      "payment_unknown",
      "The service knows the payment by another spelling of its id.",
    );
  }
  throw somethingElse();
}

/**
 * The same, for comparing it with what was handled before: without its authorization and totals it would look like a
 * payment that nothing has happened to, and everything would be told once more, of a voided one too.
 */
export async function readState(payments: PaymentReader, id: string, deadlineMs: number): Promise<Payment> {
  const payment = await readBack(payments, id, deadlineMs);
  const status = memberOf(memberOf(payment, "authorization"), "status");
  const isCounted = totals.every((name) => {
    const total = memberOf(memberOf(payment, "amounts"), name);
    return Number.isSafeInteger(total) && Number(total) >= 0;
  });
  if (typeof status === "string" && isCounted) return payment;
  throw somethingElse();
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}

function somethingElse(): PurseWebhookError {
  return readBackFailed(
    { name: "Error", code: "unexpected_answer" },
    "The service answered with something else than the payment.",
  );
}

/** Checks that `purse` can read payments. */
export function checkReader(purse: unknown): PaymentReader {
  const payments = memberOf(purse, "payments");
  if (isObject(payments) && "retrieve" in payments) return payments as PaymentReader; // Calling it will tell.
  throw new PurseInvalidArgumentError(
    "purse",
    "must be a client: new Purse(…), or what has its payments.retrieve.",
  );
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
      return new PurseWebhookError("payment_unknown", "There is no such payment for these credentials.", {
        cause,
      });
    default:
      // Among them a missing permission and a refused request: the sender knows the secret, so it is the credentials,
      // this client or something in between that wants mending.
      return readBackFailed(cause, undefined, retryAfterMs);
  }
}

export function readBackFailed(
  cause: SafeCause,
  message = "The payment cannot be read back for now.",
  retryAfterMs: number = standardRetryAfterMs,
): PurseWebhookError {
  return new PurseWebhookError("read_back_failed", message, { cause, retryAfterMs });
}
