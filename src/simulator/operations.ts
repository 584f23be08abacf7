import type { KnownOperationStatus } from "../../generated/enums.js";
import type { OperationList } from "../../generated/operations.js";
import type {
  Amounts,
  Operation,
  OperationRequest,
  OperationTransaction,
  Payment,
} from "../../generated/schema.js";
import { refreshPayment } from "./amounts.js";
import { toDateTime } from "./clock.js";
import type { Context } from "./context.js";
import { distribute, type Share, type Source } from "./distribution.js";
import { record, type LedgerKind } from "./ledger.js";
import { refuseMember } from "./validation.js";

interface Kind {
  readonly name: Exclude<LedgerKind, "authorization">;
  /** What the operation cannot exceed. */
  readonly limit: keyof Amounts;
  /** What it takes money from. */
  sources(payment: Payment): readonly Source[];
}

const authorized = ({ authorization }: Payment): readonly Source[] => authorization.partner_transactions;
const captured = ({ captures }: Payment): readonly Source[] =>
  captures.flatMap((capture) => capture.partner_transactions).filter(({ status }) => status === "SUCCESS");

const kinds: Readonly<Record<OperationList, Kind>> = {
  captures: { name: "capture", limit: "available_to_capture", sources: authorized },
  voids: { name: "void", limit: "available_to_void", sources: authorized },
  refunds: { name: "refund", limit: "available_to_refund", sources: captured },
};

/** Carries out a capture, refund or void. */
export function operate(
  context: Context,
  list: OperationList,
  payment: Payment,
  request: OperationRequest,
  idempotencyKey?: string,
): void {
  const kind = kinds[list];
  const available = payment.amounts[kind.limit] ?? 0;
  if (request.amount > available) {
    throw refuseMember(
      "amount",
      `The amount ${String(request.amount)} is more than the ${String(available)} available to ${kind.name}.`,
    );
  }
  const shares = distribute(list, request.amount, kind.sources(payment));
  const transactions = shares.map((share) => process(context, list, share));
  const operation = createOperation(context, request, transactions);
  payment[list].push(operation);
  refreshPayment(payment);

  if (idempotencyKey !== undefined) context.state.operationIds[idempotencyKey] = operation.id;
  const amount = transactions.reduce(
    (moved, part) => moved + (part.status === "SUCCESS" ? part.amount : 0),
    0,
  );
  record(context.state, payment, { kind: kind.name, operationId: operation.id, amount, idempotencyKey });
  context.webhooks.notify(payment, kind.name);
}

/** Hands one share to its partner and takes it off what is left, unless the partner failed. */
function process(
  context: Context,
  list: OperationList,
  { source, amount }: Share<Source>,
): OperationTransaction {
  const { partner, method } = source;
  const status = context.partners.operate({ list, partner, method, amount });
  if (status !== "FAILURE") source.remaining_amount = (source.remaining_amount ?? 0) - amount;
  const now = toDateTime(context.clock.nowMs());
  return {
    id: crypto.randomUUID(),
    created_at: now,
    updated_at: now,
    amount,
    // What was captured can be refunded later; nothing follows a refund or void.
    remaining_amount: list === "captures" && status === "SUCCESS" ? amount : 0,
    partner,
    method,
    partner_reference: crypto.randomUUID(),
    partner_status: status === "SUCCESS" ? "0000" : "9999",
    partner_status_description: status === "SUCCESS" ? "Successful operation" : "See status",
    status,
  };
}

function createOperation(
  { clock }: Context,
  { amount, merchant_reference: reference, order }: OperationRequest,
  transactions: OperationTransaction[],
): Operation {
  const now = toDateTime(clock.nowMs());
  return {
    id: crypto.randomUUID(),
    amount,
    created_at: now,
    updated_at: now,
    // The only documented value, so automatic captures carry it too.
    triggered_by: "MERCHANT",
    ...(reference === undefined ? {} : { merchant_reference: reference }),
    status: overall(transactions),
    partner_transactions: transactions,
    ...(order === undefined ? {} : { order }),
  };
}

/** `CONFLICT` is the vendor's word for "some parts worked, others not". */
function overall(transactions: readonly OperationTransaction[]): Operation["status"] {
  const [first, ...others] = transactions.map(({ status }) => status);
  const mixed: KnownOperationStatus = "CONFLICT";
  if (first === undefined) return "SUCCESS";
  return others.every((status) => status === first) ? first : mixed;
}
