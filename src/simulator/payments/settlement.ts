import type { KnownOperationStatus } from "../../../generated/enums.js";
import type { OperationList } from "../../../generated/operations.js";
import type { Operation, OperationTransaction, Payment } from "../../../generated/schema.js";
import { refreshPayment } from "./amounts.js";
import { updateAuthorization } from "./authorization-outcome.js";
import { endAuthorization } from "./authorizations.js";
import { toDateTime } from "../state/clock.js";
import type { Context } from "../context.js";
import { noteEarlier } from "../state/earlier-payments.js";
import { record } from "../state/ledger.js";
import { operationKinds } from "./operations.js";
import { overallStatus, remainingAfter } from "./operation-shares.js";
import { describeOperation } from "../partners/partner-texts.js";
import type { SettledAnswer } from "../state/records.js";

/** Ids of the parts to settle; undefined for all. */
type Ids = readonly string[] | undefined;
const isSelected = (ids: Ids, { id }: { readonly id: string }): boolean => ids?.includes(id) ?? true;

/** Settles pending parts of an authorization; false when none of the selected parts is pending. */
export function settleAuthorization(
  context: Context,
  payment: Payment,
  answer: SettledAnswer,
  ids?: Ids,
): boolean {
  const pending = payment.authorization.partner_transactions.filter(
    (transaction) => transaction.status === "PENDING" && isSelected(ids, transaction),
  );
  if (pending.length === 0) return false;
  const status = answer === "approve" ? "AUTHORIZED" : "REFUSED";
  noteEarlier(context, payment);
  for (const transaction of pending) endAuthorization(context, transaction, status);
  updateAuthorization(context, payment, answer === "approve" ? pending : []);
  return true;
}

/** Settles pending and uncertain parts of a capture, refund or void; false when none of the selected parts is open. */
export function settleOperation(
  context: Context,
  payment: Payment,
  { list, operation }: FoundOperation,
  answer: SettledAnswer,
  ids?: Ids,
): boolean {
  const open = operation.partner_transactions.filter(
    (transaction) =>
      (transaction.status === "PENDING" || transaction.status === "UNCERTAIN") &&
      isSelected(ids, transaction),
  );
  if (open.length === 0) return false;
  const status = answer === "approve" ? "SUCCESS" : "FAILURE";
  const now = toDateTime(context.clock.nowMs());
  noteEarlier(context, payment);
  for (const transaction of open) settleShare(context, payment, { list, operation }, transaction, status);
  operation.updated_at = now;
  operation.status = overallStatus(operation.partner_transactions);
  refreshPayment(payment);

  const { name } = operationKinds[list];
  record(context.state, payment, {
    kind: name,
    operationId: operation.id,
    moved: status === "SUCCESS" ? open : [],
    idempotencyKey: context.state.operationNotes[operation.id]?.idempotencyKey,
  });
  context.webhooks.notify(payment, name);
  return true;
}

export interface FoundOperation {
  readonly list: OperationList;
  readonly operation: Operation;
}

export function findOperation(payment: Payment, id: string): FoundOperation | undefined {
  for (const list of ["captures", "refunds", "voids"] as const) {
    const operation = payment[list].find((candidate) => candidate.id === id);
    if (operation !== undefined) return { list, operation };
  }
  return undefined;
}

function settleShare(
  { clock, state }: Context,
  payment: Payment,
  { list, operation }: FoundOperation,
  transaction: OperationTransaction,
  status: Extract<KnownOperationStatus, "SUCCESS" | "FAILURE">,
): void {
  Object.assign(transaction, {
    status,
    updated_at: toDateTime(clock.nowMs()),
    remaining_amount: remainingAfter(list, status, transaction.amount),
    ...describeOperation(status),
  } satisfies Partial<OperationTransaction>);
  if (status === "SUCCESS") return;
  // The amount of the failed share becomes available again.
  const sourceId = state.operationNotes[operation.id]?.sourceIds[transaction.id];
  const source = operationKinds[list].sources(payment).find(({ id }) => id === sourceId);
  if (source !== undefined) {
    source.remaining_amount = (source.remaining_amount ?? 0) + transaction.amount;
  }
}
