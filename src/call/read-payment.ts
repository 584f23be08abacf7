import { getPayment, idempotencyKeyHeader, maxAgeHeader } from "../../generated/operations.js";
import type { PreparedCall } from "./prepare.js";

/** Reads the payment a call was about, from the partners and not from a cache that may be older. */
export function readingCall(call: PreparedCall): PreparedCall {
  const unwanted = [idempotencyKeyHeader, maxAgeHeader].map((name) => name.toLowerCase());
  const headers = Object.fromEntries(
    Object.entries(call.headers).filter(([name]) => !unwanted.includes(name.toLowerCase())),
  );
  return {
    ...call,
    operation: getPayment,
    query: undefined,
    headers,
    body: undefined,
    requestedOperation: undefined,
    idempotencyKey: undefined,
    confirmation: undefined,
    doubt: undefined,
    purpose: "recovery",
  };
}
