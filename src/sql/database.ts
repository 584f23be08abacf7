import { refuseArgument } from "../checks/members.js";
import { dialects, isDialect, type DialectText, type SqlDialect } from "./dialect.js";

/** How to reach a database. */
export interface SqlOptions {
  /** Which database it is. */
  dialect: SqlDialect;
  /**
   * Runs one statement and gives its rows. Three lines with any driver: placeholders are `$1`, `$2` … for PostgreSQL and `?`
   * for SQLite; values are strings, whole numbers and null. Each statement may run on another connection.
   */
  query: (text: string, values: unknown[]) => Promise<readonly unknown[]>;
  /** Name of the table, with the schema before it if need be. */
  table?: string | undefined;
}

/** A row as a driver gives it. Large integers come as numbers, as texts or as bigints. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** How a table comes to be. */
export interface TableCreation {
  readonly schema: string;
  migrate(): Promise<void>;
}

/** A database with one table. */
export interface SqlDatabase {
  readonly text: DialectText;
  readonly table: string;
  /** Runs a statement that is written with `$1`, `$2` … in both dialects. */
  readonly run: (statement: string, values: readonly unknown[]) => Promise<readonly SqlRow[]>;
  /** The statements that create the table where it is missing. */
  readonly creation: (statements: readonly string[]) => TableCreation;
}

export const sqlOptionNames: readonly string[] = ["dialect", "query", "table"];

export function openDatabase(given: Readonly<Record<string, unknown>>, standardTable: string): SqlDatabase {
  const { dialect, query: run, table = standardTable } = given;
  if (!isDialect(dialect)) return refuseArgument("options.dialect", "must be postgres or sqlite.");
  if (typeof run !== "function") return refuseArgument("options.query", "must be a function.");
  if (typeof table !== "string" || !/^[a-z_]\w{0,47}(?:\.[a-z_]\w{0,47})?$/i.test(table))
    return refuseArgument("options.table", "must be a name of letters, digits and underscores.");
  const query = run as SqlOptions["query"]; // What it gives is looked at below.
  const text = dialects[dialect];
  return {
    text,
    table,
    async run(statement, values) {
      const rows: unknown = await query(...text.bind(statement, values.map(toSqlValue)));
      if (Array.isArray(rows)) return rows as SqlRow[]; // What a database driver calls rows.
      throw new TypeError("the store's query must resolve to an array of rows");
    },
    creation(statements) {
      const written = text.migration(statements, table);
      return {
        schema: `${written.join(";\n")};\n`,
        async migrate() {
          for (const statement of written) await query(statement, []);
        },
      };
    },
  };
}

/** Drivers bind null; some refuse undefined. Times are whole milliseconds. */
function toSqlValue(value: unknown): unknown {
  return typeof value === "number" ? Math.round(value) : (value ?? null);
}
