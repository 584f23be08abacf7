import Database from "libsql";
import { Pool } from "pg";
import type { SqlStoreOptions } from "../../src/journal/index.js";

export interface OpenDatabase {
  readonly options: SqlStoreOptions;
  readonly close: () => Promise<unknown>;
}

/** The database that the environment names, as users of the journal open theirs. */
export function openDatabase(environment: Readonly<Record<string, string | undefined>>): OpenDatabase {
  const { DATABASE_URL: connectionString, DATABASE_FILE: file } = environment;
  if (connectionString !== undefined) {
    const pool = new Pool({ connectionString, max: 8, connectionTimeoutMillis: 2000 });
    pool.on("error", () => undefined); // A connection that was idle when the server stopped.
    return {
      options: {
        dialect: "postgres",
        query: async (text, values) => (await pool.query<object>(text, values)).rows,
      },
      close: () => pool.end(),
    };
  }
  if (file === undefined) throw new Error("neither DATABASE_URL nor DATABASE_FILE is set");
  const database = new Database(file);
  database.pragma("busy_timeout = 10000");
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  return {
    options: {
      dialect: "sqlite",
      query: (text, values) => Promise.resolve(database.prepare(text).all(...values)),
    },
    close: () => Promise.resolve(database.close()),
  };
}
