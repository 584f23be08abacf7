/** The databases that the statements are written for. */
export type SqlDialect = "postgres" | "sqlite";

/** Where the dialects differ. */
export interface DialectText {
  /** The database's own time, in milliseconds since 1970. Stands still within a statement. */
  readonly now: string;
  /** Locks the rows that a statement is about to take, and leaves those that another is taking. */
  readonly skipLocked: string;
  /** Keeps two processes that create the table at once from disturbing each other. */
  readonly migration: (statements: readonly string[], table: string) => readonly string[];
  /** Writes a statement as the database takes it. */
  readonly bind: (text: string, values: readonly unknown[]) => readonly [text: string, values: unknown[]];
}

export const dialects: Readonly<Record<SqlDialect, DialectText>> = {
  postgres: {
    // Not now(), which is when the transaction began.
    now: "(extract(epoch from statement_timestamp()) * 1000)::bigint",
    skipLocked: "for update skip locked",
    // `if not exists` alone lets two creators collide in the catalogue.
    migration: (statements, table) => [
      [
        "do $purse$ begin",
        `perform pg_advisory_xact_lock(hashtext('${table}'));`,
        ...statements.map((statement) => `${statement};`),
        "end $purse$",
      ].join("\n"),
    ],
    bind: (text, values) => [text, [...values]],
  },
  sqlite: {
    now: "cast((julianday('now') - 2440587.5) * 86400000 as integer)",
    skipLocked: "",
    migration: (statements) => statements,
    // Positions instead of numbers, which not every driver of SQLite binds.
    bind(text, values) {
      const bound: unknown[] = [];
      const positional = text.replace(/\$(\d+)/g, (_, number: string) => {
        bound.push(values[Number(number) - 1]);
        return "?";
      });
      return [positional, bound];
    },
  },
};

export function isDialect(value: unknown): value is SqlDialect {
  return typeof value === "string" && Object.hasOwn(dialects, value);
}
