import { getPayment, idempotencyKeyHeader, maxAgeHeader } from "../../generated/operations.js";
import type { Operation } from "../../generated/schema.js";
import type { OperationQuery } from "../idempotency/operation-match.js";
import type { PreparedCall } from "./call.js";

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
    idempotencyKey: undefined,
    confirmation: undefined,
    doubt: undefined,
    purpose: "recovery",
  };
}

/** What a capture, refund or void asked for, in a form to look for in the payment. */
export function queryOf(call: PreparedCall): OperationQuery | undefined {
  const { operationList: list } = call.operation;
  if (list === undefined || call.body === undefined) return undefined;
  const asked = JSON.parse(call.body) as Partial<Operation>; // Our own text, checked in prepareCall.
  return { list, amount: asked.amount, merchantReference: asked.merchant_reference };
}
