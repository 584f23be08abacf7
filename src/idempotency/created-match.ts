import { isAmount } from "./operation-match.js";

/** What tells one payment or client session from another, as it was asked for. */
export interface CreatedQuery {
  readonly amount: unknown;
  readonly currency: unknown;
  readonly orderReference: unknown;
}

export function createdQueryOf(members: Readonly<Record<string, unknown>>): CreatedQuery {
  const { amount, currency, order, order_reference: reference } = members;
  const isObject = typeof order === "object" && order !== null;
  const orderReference = isObject && "reference" in order ? order.reference : undefined;
  return { amount, currency, orderReference: reference ?? orderReference };
}

/** Compares what was read with what was asked for. Only another amount or currency proves that it is something else. */
export function compareCreated(
  found: Readonly<Record<string, unknown>>,
  asked: CreatedQuery,
): "same" | "other" | "unclear" {
  const { amount, currency, orderReference } = createdQueryOf(found);
  if (!isAmount(amount) || typeof currency !== "string") return "unclear";
  const isSameCurrency = currency.toUpperCase() === String(asked.currency).toUpperCase();
  if (amount !== asked.amount || !isSameCurrency) return "other";
  return orderReference === asked.orderReference ? "same" : "unclear";
}
