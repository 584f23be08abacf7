import type { OperationList } from "../../../generated/operations.js";
import type { Amounts, Operation, OperationRequest, Payment } from "../../../generated/schema.js";
import { refreshPayment } from "./amounts.js";
import { toDateTime } from "../state/clock.js";
import type { Context } from "../context.js";
import { distribute, prioritiesOf, type Source } from "./distribution.js";
import { noteEarlier } from "../state/earlier-payments.js";
import type { LedgerKind } from "../state/records.js";
import { record } from "../state/ledger.js";
import { carryOut, overallStatus, type CarriedOut } from "./operation-shares.js";
import { schedule } from "../timeline.js";
import { refuseMember } from "../protocol/validation.js";

interface Kind {
  readonly name: Exclude<LedgerKind, "authorization">;
  /** The amount it cannot exceed. */
  readonly limit: keyof Amounts;
  /** Where its money comes from. */
  sources(payment: Payment): readonly Source[];
}

const authorized = ({ authorization }: Payment): readonly Source[] => authorization.partner_transactions;
const captured = ({ captures }: Payment): readonly Source[] =>
  captures.flatMap((capture) => capture.partner_transactions).filter(({ status }) => status === "SUCCESS");

export const operationKinds: Readonly<Record<OperationList, Kind>> = {
  captures: { name: "capture", limit: "available_to_capture", sources: authorized },
  voids: { name: "void", limit: "available_to_void", sources: authorized },
  refunds: { name: "refund", limit: "available_to_refund", sources: captured },
};

/** Executes a capture, refund or void. */
export function executeOperation(
  context: Context,
  list: OperationList,
  payment: Payment,
  request: OperationRequest,
  idempotencyKey?: string,
): void {
  const kind = operationKinds[list];
  const available = payment.amounts[kind.limit] ?? 0;
  if (request.amount > available) {
    throw refuseMember(
      "amount",
      `The amount ${String(request.amount)} is more than the ${String(available)} available to ${kind.name}.`,
    );
  }
  const shares = distribute(request.amount, kind.sources(payment), prioritiesOf(list, request));
  noteEarlier(context, payment);
  const parts = carryOut(context, list, request.amount, shares);
  const operation = createOperation(context, request, parts);
  payment[list].push(operation);
  refreshPayment(payment);

  const keyNote = idempotencyKey === undefined ? {} : { idempotencyKey };
  const sourceIds = Object.fromEntries(parts.map(({ transaction, sourceId }) => [transaction.id, sourceId]));
  context.state.operationNotes[operation.id] = { ...keyNote, sourceIds };
  if (idempotencyKey !== undefined) context.state.operationIds[idempotencyKey] = operation.id;
  scheduleSettlement(context, payment, operation, parts);
  const moved = operation.partner_transactions.filter(({ status }) => status === "SUCCESS");
  record(context.state, payment, { kind: kind.name, operationId: operation.id, moved, idempotencyKey });
  context.webhooks.notify(payment, kind.name);
}

function createOperation(
  { clock, random }: Context,
  { amount, merchant_reference: reference, order }: OperationRequest,
  parts: readonly CarriedOut[],
): Operation {
  const now = toDateTime(clock.nowMs());
  const transactions = parts.map(({ transaction }) => transaction);
  return {
    id: random.uuid(),
    amount,
    created_at: now,
    updated_at: now,
    // The only documented value, so automatic operations have it too.
    triggered_by: "MERCHANT",
    ...(reference === undefined ? {} : { merchant_reference: reference }),
    status: overallStatus(transactions),
    partner_transactions: transactions,
    ...(order === undefined ? {} : { order }),
  };
}

function scheduleSettlement(
  context: Context,
  payment: Payment,
  operation: Operation,
  parts: readonly CarriedOut[],
): void {
  const atMs = context.clock.nowMs() + context.settings.settlementDelayMs;
  for (const answer of ["refuse", "approve"] as const) {
    const transactionIds = parts
      .filter(({ settles }) => settles === answer)
      .map(({ transaction }) => transaction.id);
    if (transactionIds.length === 0) continue;
    const ids = { paymentId: payment.id, operationId: operation.id, transactionIds };
    schedule(context, { kind: "settle_operation", atMs, ...ids, answer });
  }
}
