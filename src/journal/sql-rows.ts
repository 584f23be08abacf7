import type { SqlRow } from "../sql/database.js";
import type { Entry } from "./entry.js";

/** The entry that a row is. The table has no other writer, so its texts are what was put there. */
export function entryOf(row: SqlRow): Entry {
  return {
    topic: row["topic"] as Entry["topic"],
    id: row["id"] as string,
    kind: row["kind"] as Entry["kind"],
    paymentId: textIn(row, "payment_id"),
    amount: Number(row["amount"]),
    merchantReference: textIn(row, "merchant_reference"),
    idempotencyKey: row["idempotency_key"] as string,
    state: row["state"] as Entry["state"],
    operationId: textIn(row, "operation_id"),
    operationStatus: textIn(row, "operation_status"),
    reason: textIn(row, "reason"),
    attempts: Number(row["attempts"]),
    harmless: Number(row["harmless"]),
    unclearSinceMs: numberIn(row, "unclear_since"),
    seenVersion: numberIn(row, "seen_version"),
    untold: row["untold"] as string,
    told: textIn(row, "told"),
    endsAtMs: numberIn(row, "ends_at"),
    createdAtMs: Number(row["created_at"]),
    updatedAtMs: Number(row["updated_at"]),
    revision: Number(row["revision"]),
    nowMs: Number(row["now_ms"]),
  };
}

function textIn(row: SqlRow, column: string): string | undefined {
  return (row[column] ?? undefined) as string | undefined;
}

function numberIn(row: SqlRow, column: string): number | undefined {
  const value = row[column] ?? undefined;
  return value === undefined ? undefined : Number(value);
}
