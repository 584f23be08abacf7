import type { KnownOverviewStatus } from "../../../generated/enums.js";
import {
  capturePayment,
  getPayment,
  refundPayment,
  voidPayment,
  type OperationList,
} from "../../../generated/operations.js";
import type {
  Amounts,
  MinorUnits,
  OperationStatus,
  Overview,
  Payment,
  PaymentHrefs,
} from "../../../generated/schema.js";
import { toLink } from "../protocol/addresses.js";

/** Members computed from the partner transactions. */
type Derived = "amounts" | "overview" | "links" | "version";
export type PaymentDraft = Omit<Payment, Derived>;

export function completePayment(draft: PaymentDraft): Payment {
  return { ...draft, ...derive(draft), version: 1 };
}

/** Recomputes the derived members after a change. */
export function refreshPayment(payment: Payment): void {
  Object.assign(payment, derive(payment), { version: (payment.version ?? 0) + 1 });
}

function derive(payment: PaymentDraft): Pick<Payment, "amounts" | "overview" | "links"> {
  const amounts = addUp(payment);
  return { amounts, overview: summarize(amounts), links: linksOf(payment.id, amounts) };
}

const successStatuses: readonly OperationStatus[] = ["SUCCESS"];
const openStatuses: readonly OperationStatus[] = ["PENDING", "UNCERTAIN"];

/** A pending share counts as used but not as done: starting a capture lowers the available amount immediately. */
function addUp(payment: PaymentDraft): Amounts {
  const authorized = sumAuthorized(payment, "AUTHORIZED");
  const captured = sumOperations(payment, "captures", successStatuses);
  const voided = sumOperations(payment, "voids", successStatuses);
  const refunded = sumOperations(payment, "refunds", successStatuses);
  const leaving =
    sumOperations(payment, "captures", openStatuses) + sumOperations(payment, "voids", openStatuses);
  const unused = authorized - captured - voided - leaving;
  // While another part is pending, an authorized part can be voided but not captured.
  const isAuthorized = payment.authorization.status === "AUTHORIZED";
  return {
    authorize_pending: sumAuthorized(payment, "PENDING"),
    total_authorized: authorized,
    total_voided: voided,
    available_to_void: unused,
    total_captured: captured,
    available_to_capture: isAuthorized ? unused : 0,
    total_refunded: refunded,
    available_to_refund: captured - refunded - sumOperations(payment, "refunds", openStatuses),
  };
}

function summarize(amounts: Amounts): Overview {
  const authorized = amounts.total_authorized;
  return {
    consumed: statusOf(amounts.total_captured + amounts.total_voided, authorized),
    captured: statusOf(amounts.total_captured, authorized),
    voided: statusOf(amounts.total_voided, authorized),
    // Only captured amounts can be refunded.
    refunded: statusOf(amounts.total_refunded, amounts.total_captured),
  };
}

function statusOf(part: MinorUnits, whole: MinorUnits): KnownOverviewStatus {
  if (part === 0) return "NOT";
  return part < whole ? "PARTIALLY" : "TOTALLY";
}

function linksOf(id: string, amounts: Amounts): PaymentHrefs {
  return {
    self: toLink(getPayment, id),
    ...(amounts.available_to_capture > 0 ? { capture: toLink(capturePayment, id) } : {}),
    ...(amounts.available_to_refund > 0 ? { refund: toLink(refundPayment, id) } : {}),
    ...(amounts.available_to_void > 0 ? { void: toLink(voidPayment, id) } : {}),
  };
}

function sumAuthorized({ authorization }: PaymentDraft, status: "AUTHORIZED" | "PENDING"): MinorUnits {
  return sum(authorization.partner_transactions.filter((transaction) => transaction.status === status));
}

function sumOperations(
  payment: PaymentDraft,
  list: OperationList,
  statuses: readonly OperationStatus[],
): MinorUnits {
  const transactions = payment[list].flatMap((operation) => operation.partner_transactions);
  return sum(transactions.filter(({ status }) => statuses.includes(status)));
}

function sum(parts: readonly { readonly amount: MinorUnits }[]): MinorUnits {
  return parts.reduce((total, part) => total + part.amount, 0);
}
