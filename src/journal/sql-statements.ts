import type { DialectText } from "../sql/dialect.js";

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
  const index = table.replace(".", "_");
  return [
    `create table if not exists ${table} (
  topic text not null check (topic in ('movement', 'session')),
  id text not null,
  kind text not null,
  payment_id text,
  amount bigint not null,
  merchant_reference text,
  idempotency_key text not null,
  state text not null,
  operation_id text,
  operation_status text,
  reason text,
  attempts integer not null,
  harmless integer not null,
  unclear_since bigint,
  seen_version bigint,
  untold text not null,
  told text,
  ends_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null,
  due_at bigint,
  primary key (topic, id)
)`,
    `create index if not exists ${index}_due on ${table} (due_at) where due_at is not null`,
    `create index if not exists ${index}_payment on ${table} (lower(payment_id))`,
    `create index if not exists ${index}_created on ${table} (created_at)`,
  ];
}

export function journalStatements(table: string, { now, skipLocked }: DialectText): JournalStatements {
  const columns = `*, ${now} as now_ms`;
  const at = (parameter: string): string => `${now} + cast(${parameter} as bigint)`;
  return {
    insert: `insert into ${table} (topic, id, kind, payment_id, amount, merchant_reference, idempotency_key, attempts,
        ends_at, state, harmless, untold, created_at, updated_at, revision, due_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', 0, '', ${now}, ${now}, 1, ${at("$10")})
      on conflict do nothing returning ${columns}`,
    find: `select ${columns} from ${table} where topic = $1 and id = $2`,
    ofPayment: `select ${columns} from ${table}
      where lower(payment_id) = lower($1) or (topic = 'session' and id = $2) order by created_at, id`,
    list: `select ${columns} from ${table} where topic = 'movement' order by created_at, id limit $1`,
    listState: `select ${columns} from ${table} where topic = 'movement' and state = $2 order by created_at, id limit $1`,
    // The rows are chosen once, before the update, so that the limit holds however the database plans it.
    take: `with due as materialized (
        select topic, id from ${table} where due_at <= ${now} and due_at <= cast($3 as bigint)
        order by due_at limit $1 ${skipLocked}
      )
      update ${table} set revision = revision + 1, due_at = ${at("$2")}, attempts = attempts + case
          when topic = 'movement' and operation_id is null and state in ('open', 'pending') then 1 else 0 end
      where (topic, id) in (select topic, id from due) returning ${columns}`,
    write: `update ${table} set payment_id = $4, state = $5, operation_id = $6, operation_status = $7, reason = $8,
        attempts = $9, harmless = $10, unclear_since = $11, seen_version = $12, untold = $13, told = $14, ends_at = $15,
        updated_at = $16, revision = revision + 1, due_at = ${at("$17")}
      where topic = $1 and id = $2 and revision = $3 returning ${columns}`,
    renew: `update ${table} set due_at = ${at("$4")}
      where topic = $1 and id = $2 and revision = $3 returning revision`,
    payments: `select distinct lower(payment_id) as payment_id from ${table}
      where updated_at >= cast($1 as bigint) and lower(payment_id) > $2 order by 1 limit $3`,
  };
}
