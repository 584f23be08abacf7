import { isAmount } from "./operation-query.js";

/** What distinguishes one payment or client session from another. */
interface CreatedQuery {
  readonly amount: unknown;
  readonly currency: unknown;
  readonly orderReference: unknown;
}

function createdQueryOf(members: Readonly<Record<string, unknown>>): CreatedQuery {
  const { amount, currency, order, order_reference: reference } = members;
  const isObject = typeof order === "object" && order !== null;
  const orderReference = isObject && "reference" in order ? order.reference : undefined;
  return { amount, currency, orderReference: reference ?? orderReference };
}

/** Compares what was read with what was asked for. Only another amount or currency proves a difference. */
export function compareCreated(
  found: Readonly<Record<string, unknown>>,
  requested: Readonly<Record<string, unknown>>,
): "same" | "other" | "unclear" {
  const wanted = createdQueryOf(requested);
  const { amount, currency, orderReference } = createdQueryOf(found);
  if (!isAmount(amount) || typeof currency !== "string") return "unclear";
  const isSameCurrency = currency.toUpperCase() === String(wanted.currency).toUpperCase();
  if (amount !== wanted.amount || !isSameCurrency) return "other";
  return orderReference === wanted.orderReference ? "same" : "unclear";
}
