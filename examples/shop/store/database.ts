import { chmodSync, closeSync, openSync } from "node:fs";
import Database from "libsql";

/** What every store works on: one SQLite file, which outlives the process. */
export type ShopDatabase = Database.Database;

/** Opens the shop's database, and makes its tables where they are missing. */
export function openDatabase(file: string): ShopDatabase {
  // Personal data and the shop's secrets: only for the user who runs it.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const database = new Database(file);
  database.pragma("busy_timeout = 5000");
  database.pragma("journal_mode = WAL");
  // The journal relies on it: a movement is on the disk before its request leaves.
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

create table if not exists direct_payments (
  order_id text primary key references orders (id),
  since text not null
) strict;

create table if not exists payments (
  id text primary key,
  order_id text not null references orders (id),
  version integer,
  document text not null,
  booked_at text not null
) strict;
create index if not exists payments_by_order on payments (order_id);
`;
