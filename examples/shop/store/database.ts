import { chmodSync, closeSync, openSync } from "node:fs";
import Database from "libsql";

/** What every store works on: one SQLite file, which outlives the process. */
export type ShopDatabase = Database.Database;

/** Opens the shop's database, and makes its tables where they are missing. */
export function openDatabase(file: string): ShopDatabase {
  // Personal data and the shop's secrets: for nobody but the user who runs it.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const database = new Database(file);
  database.pragma("busy_timeout = 5000");
  database.pragma("journal_mode = WAL");
  // A row about money must be on the disk before the request that it describes leaves.
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.exec(schema);
  return database;
}

const schema = `
create table if not exists orders (
  id text primary key,
  shopper_id text not null,
  number integer not null unique,
  amount integer not null,
  currency text not null,
  lines text not null,
  cancelled_at text,
  created_at text not null
) strict;
create index if not exists orders_by_shopper on orders (shopper_id);

create table if not exists sessions (
  id text primary key,
  order_id text not null references orders (id),
  opened_at text not null,
  closed_at text
) strict;
create index if not exists sessions_by_order on sessions (order_id);

create table if not exists payments (
  id text primary key,
  order_id text not null references orders (id),
  version integer,
  document text not null,
  booked_at text not null
) strict;
create index if not exists payments_by_order on payments (order_id);

create table if not exists movements (
  idempotency_key text primary key,
  order_id text not null references orders (id),
  payment_id text not null,
  kind text not null check (kind in ('capture', 'refund', 'void')),
  amount integer not null,
  reference text not null,
  state text not null check (state in ('open', 'done', 'refused')),
  outcome text,
  operation_id text,
  asked_at text not null,
  answered_at text
) strict;
create index if not exists movements_by_order on movements (order_id);
create unique index if not exists one_open_movement on movements (payment_id) where state = 'open';
`;
