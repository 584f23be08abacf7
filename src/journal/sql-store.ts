import { readMembers } from "../checks/members.js";
import { openDatabase, sqlOptionNames, type SqlOptions } from "../sql/database.js";
import type { Entry } from "./entry.js";
import { changingMembers, entryOf, insertedMembers, keyMembers } from "./sql-columns.js";
import { journalStatements, tableStatements } from "./sql-statements.js";
import type { JournalStore } from "./store.js";

/** How to set up a store on a database. Its table is `purse_journal`, if no other name is given. */
export type SqlStoreOptions = SqlOptions;

/** A store on a database, and its table. */
export interface SqlStore extends JournalStore {
  /** The statements that create the table, for migrations of your own. */
  readonly schema: string;
  /** Creates the table where it is missing. May run in several processes at once, and at every start. */
  migrate(): Promise<void>;
}

/** Later than any time that is due. */
const endOfTimeMs = Number.MAX_SAFE_INTEGER;

/**
 * A store on PostgreSQL (from 12) or SQLite (from 3.35), in one table. Nothing in it is secret, and nothing personal.
 *
 * In SQLite several processes need `busy_timeout`, and money needs `synchronous = FULL`.
 *
 * @throws PurseInvalidArgumentError when an option is missing, unknown or of another form.
 *
 * @example
 * ```ts
 * import { createSqlStore } from "purse-payments/journal";
 *
 * interface Pool {
 *   query(text: string, values: unknown[]): Promise<{ rows: object[] }>;
 * }
 *
 * // `pool` is a Pool of `pg`, or a PGlite.
 * export function createStore(pool: Pool) {
 *   return createSqlStore({
 *     dialect: "postgres",
 *     query: async (text, values) => (await pool.query(text, values)).rows,
 *   });
 * }
 * ```
 */
export function createSqlStore(options: SqlStoreOptions): SqlStore {
  const database = openDatabase(readMembers(options, "options", sqlOptionNames), "purse_journal");
  const { table, run } = database;
  const statements = journalStatements(table, database.text);

  async function entries(statement: string, values: readonly unknown[]): Promise<readonly Entry[]> {
    return (await run(statement, values)).map(entryOf);
  }

  return {
    ...database.creation(tableStatements(table)),
    async insert(entry, dueInMs) {
      const [row] = await entries(statements.insert, [...valuesOf(entry, insertedMembers), dueInMs]);
      return row;
    },
    async find(topic, id) {
      const [row] = await entries(statements.find, [topic, id]);
      return row;
    },
    ofPayment: (paymentId, sessionId) => entries(statements.ofPayment, [paymentId, sessionId]),
    list: (state, limit) =>
      state === undefined ? entries(statements.list, [limit]) : entries(statements.listState, [limit, state]),
    take: (limit, leaseMs, dueByMs = endOfTimeMs) => entries(statements.take, [limit, leaseMs, dueByMs]),
    async write(entry, dueInMs) {
      const [row] = await entries(statements.write, [
        ...valuesOf(entry, [...keyMembers, ...changingMembers]),
        dueInMs,
      ]);
      return row;
    },
    async renew(entry, leaseMs) {
      return (await run(statements.renew, [...valuesOf(entry, keyMembers), leaseMs])).length > 0;
    },
    async payments(sinceMs, after, limit) {
      const rows = await run(statements.payments, [sinceMs, after, limit]);
      return rows.map((row) => String(row["payment_id"]));
    },
  };
}

function valuesOf<T extends object>(entry: T, members: readonly (keyof T)[]): unknown[] {
  return members.map((member) => entry[member]);
}
