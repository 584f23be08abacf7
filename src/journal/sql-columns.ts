import type { SqlRow } from "../sql/database.js";
import type { Entry, NewEntry } from "./entry.js";

type Column = Exclude<keyof Entry, "nowMs">;

/** What an insert writes, in the order of its parameters. */
export const insertedMembers: readonly (keyof NewEntry)[] = [
  "topic",
  "id",
  "kind",
  "paymentId",
  "amount",
  "merchantReference",
  "idempotencyKey",
  "attempts",
  "endsAtMs",
];

/** What names an entry at a revision, in the order of a statement's parameters. */
export const keyMembers: readonly Column[] = ["topic", "id", "revision"];

/** What a write replaces, in the order of its parameters after those of the key. */
export const changingMembers: readonly Column[] = [
  "paymentId",
  "state",
  "operationId",
  "operationStatus",
  "reason",
  "attempts",
  "harmless",
  "unclearSinceMs",
  "seenVersion",
  "untold",
  "told",
  "endsAtMs",
  "updatedAtMs",
];

/** Each column is named as the entry's member: `paymentId` is `payment_id`. */
export const columnTypes: Readonly<Record<Column, string>> = {
  topic: "text not null check (topic in ('movement', 'session'))",
  id: "text not null",
  kind: "text not null",
  paymentId: "text",
  amount: "bigint not null",
  merchantReference: "text",
  idempotencyKey: "text not null",
  state: "text not null",
  operationId: "text",
  operationStatus: "text",
  reason: "text",
  attempts: "integer not null",
  harmless: "integer not null",
  unclearSinceMs: "bigint",
  seenVersion: "bigint",
  untold: "text not null",
  told: "text",
  endsAtMs: "bigint",
  createdAtMs: "bigint not null",
  updatedAtMs: "bigint not null",
  revision: "bigint not null",
};

export function columnOf(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The entry that a row is. Large integers come as numbers, as texts or as bigints, depending on the driver. */
export function entryOf(row: SqlRow): Entry {
  const members = Object.entries({ ...columnTypes, nowMs: "bigint" }).map(
    ([member, type]): [string, unknown] => {
      const value = row[columnOf(member)] ?? undefined;
      return [member, value === undefined || type.startsWith("text") ? value : Number(value)];
    },
  );
  return Object.fromEntries(members) as unknown as Entry; // The table has no other writer.
}
