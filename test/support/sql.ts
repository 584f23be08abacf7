import { PGlite } from "@electric-sql/pglite";
import Database from "libsql";

/** Runs one statement, as users of the stores write it. */
export type Query = (text: string, values: unknown[]) => Promise<readonly unknown[]>;

/** A database of the test's own. */
export interface TestDatabase {
  readonly dialect: "postgres" | "sqlite";
  readonly query: Query;
  readonly close: () => Promise<void>;
}

/** SQLite in memory. */
export function openSqlite(file = ":memory:"): TestDatabase {
  const database = new Database(file);
  database.pragma("busy_timeout = 5000");
  return {
    dialect: "sqlite",
    query: (text, values) => Promise.resolve(database.prepare(text).all(...values)),
    close() {
      database.close();
      return Promise.resolve();
    },
  };
}

/** PostgreSQL, compiled to run in this process. */
export async function openPostgres(): Promise<TestDatabase> {
  const database = await PGlite.create();
  return {
    dialect: "postgres",
    query: async (text, values) => (await database.query(text, values)).rows,
    close: () => database.close(),
  };
}

export const databases = [
  ["PostgreSQL (PGlite)", openPostgres],
  ["SQLite", () => Promise.resolve(openSqlite())],
] as const;
