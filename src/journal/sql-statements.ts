import type { DialectText } from "../sql/dialect.js";
import { changingMembers, columnOf, columnTypes, insertedMembers } from "./sql-columns.js";

/** Every statement of the journal, each atomic by itself, each giving rows. */
export interface JournalStatements {
  readonly insert: string;
  readonly find: string;
  readonly ofPayment: string;
  readonly list: string;
  readonly listState: string;
  readonly take: string;
  readonly write: string;
  readonly renew: string;
  readonly payments: string;
}

/** The table and its indexes, in the words that both dialects share. */
export function tableStatements(table: string): readonly string[] {
  const columns = Object.entries(columnTypes).map(([member, type]) => `  ${columnOf(member)} ${type},\n`);
  const index = (name: string, on: string): string =>
    `create index if not exists ${table.replace(".", "_")}_${name} on ${table} (${on})`;
  return [
    `create table if not exists ${table} (\n${columns.join("")}  due_at_ms bigint,\n  primary key (topic, id)\n)`,
    `${index("due", "due_at_ms")} where due_at_ms is not null`,
    index("payment", "lower(payment_id)"),
    index("created", "created_at_ms"),
  ];
}

export function journalStatements(table: string, { now, skipLocked }: DialectText): JournalStatements {
  const all = `*, ${now} as now_ms`;
  const select = `select ${all} from ${table} where`;
  const inOrder = "order by created_at_ms, id";
  const at = (parameter: string): string => `${now} + cast(${parameter} as bigint)`;
  const ifCurrent = "where topic = $1 and id = $2 and revision = $3 returning";
  const parameters = insertedMembers.map((_, index) => `$${String(index + 1)}`);
  const changes = changingMembers.map((member, index) => `${columnOf(member)} = $${String(index + 4)}`);
  return {
    insert: `insert into ${table} (${insertedMembers.map(columnOf).join()}, state, harmless, untold, created_at_ms,
updated_at_ms, revision, due_at_ms) values (${parameters.join()}, 'open', 0, '', ${now}, ${now}, 1, ${at("$10")})
on conflict do nothing returning ${all}`,
    find: `${select} topic = $1 and id = $2`,
    ofPayment: `${select} lower(payment_id) = lower($1) or (topic = 'session' and id = $2) ${inOrder}`,
    list: `${select} topic = 'movement' ${inOrder} limit $1`,
    listState: `${select} topic = 'movement' and state = $2 ${inOrder} limit $1`,
    // The rows are chosen once, before the update, so that the limit holds however the database plans it.
    take: `with due as materialized (select topic, id from ${table}
where due_at_ms <= ${now} and due_at_ms <= cast($3 as bigint) order by due_at_ms limit $1 ${skipLocked})
update ${table} set revision = revision + 1, due_at_ms = ${at("$2")}, attempts = attempts +
case when topic = 'movement' and operation_id is null and state in ('open', 'pending') then 1 else 0 end
where (topic, id) in (select topic, id from due) returning ${all}`,
    write: `update ${table} set ${changes.join()}, revision = revision + 1, due_at_ms = ${at("$17")} ${ifCurrent} ${all}`,
    renew: `update ${table} set due_at_ms = ${at("$4")} ${ifCurrent} revision`,
    payments: `select distinct lower(payment_id) as payment_id from ${table}
where updated_at_ms >= cast($1 as bigint) and lower(payment_id) > $2 order by 1 limit $3`,
  };
}
