import { systemClock, type Clock } from "../../clock.js";
import { readMembers } from "../../checks/members.js";
import { openDatabase, sqlOptionNames, type SqlOptions } from "../../sql/database.js";
import { createAnonymousOwners } from "./anonymous-owners.js";
import { checkReceiver } from "../receiver.js";
import { sqlStatements, tableStatements } from "./sql-statements.js";
import type { WebhookStore } from "./store.js";

/** How to set up a store on PostgreSQL or SQLite. Its table is `purse_webhooks`, if no other name is given. */
export interface SqlWebhookStoreOptions extends SqlOptions {
  /**
   * Name of the receiver that the store is for: the same in all its processes, and another for each receiver that shares
   * the table. 1 to 64 letters, digits, dots, hyphens and underscores.
   */
  receiver: string;
}

/** A store on a database, and its table. */
export interface SqlWebhookStore extends Required<WebhookStore> {
  /** The statements that create the table, for migrations of your own. */
  readonly schema: string;
  /** Creates the table where it is missing. May run in several processes at once, and at every start. */
  migrate(): Promise<void>;
}

/** How often expired rows are removed. */
const claimsBetweenCleanings = 100;

/**
 * A store that processes share through PostgreSQL or SQLite. Claims are single statements on the database's own clock, so
 * the hosts' clocks do not matter. What has run out is removed now and then, a few rows at a time.
 *
 * @throws PurseInvalidArgumentError when an option is missing, unknown or of another form.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createSqlStore, createWebhookHandler } from "purse-payments/webhooks";
 *
 * interface Pool {
 *   query(text: string, values: unknown[]): Promise<{ rows: object[] }>;
 * }
 *
 * // `pool` is a Pool of `pg`, or a PGlite.
 * export async function createHandler(purse: Purse, pool: Pool, secret: string) {
 *   const store = createSqlStore({
 *     dialect: "postgres",
 *     query: async (text, values) => (await pool.query(text, values)).rows,
 *     receiver: "shop",
 *   });
 *   await store.migrate();
 *   return createWebhookHandler(purse, { secrets: [secret], store, on: { fallback: () => undefined } });
 * }
 * ```
 */
export function createSqlStore(options: SqlWebhookStoreOptions): SqlWebhookStore {
  return createStore(options, systemClock);
}

/** As above, with a clock for tests. It only measures how long this process remembers its own claims. */
export function createStore(options: unknown, clock: Clock): SqlWebhookStore {
  const given = readMembers(options, "options", [...sqlOptionNames, "receiver"]);
  const receiver = checkReceiver(given["receiver"]);
  const { text, table, run, creation } = openDatabase(given, "purse_webhooks");
  const statements = sqlStatements(table, text);
  const anonymousOwners = createAnonymousOwners(clock);
  let claims = 0;

  async function hasRows(statement: string, key: string, ...values: unknown[]): Promise<boolean> {
    return (await run(statement, [receiver, key, ...values])).length > 0;
  }

  return {
    ...creation(tableStatements(table)),
    async claim(key, ttlMs, owner) {
      claims += 1;
      if (claims % claimsBetweenCleanings === 0) await run(statements.clean, []);
      const token = owner ?? crypto.randomUUID();
      const isMine = await hasRows(statements.claim, key, token, ttlMs);
      if (isMine && owner === undefined) anonymousOwners.note(key, token, ttlMs);
      return isMine;
    },
    async complete(key, ttlMs, owner) {
      anonymousOwners.take(key);
      if (owner === undefined) return hasRows(statements.completeAny, key, ttlMs);
      if (await hasRows(statements.complete, key, owner, ttlMs)) return true;
      // Recorded even if the claim has expired, unless another process holds it now.
      await run(statements.completeFree, [receiver, key, ttlMs]);
      return false;
    },
    async release(key, owner) {
      const token = anonymousOwners.take(key) ?? owner;
      return token === undefined || hasRows(statements.release, key, token);
    },
    async remember(key, kept, ttlMs, expected) {
      if (expected === undefined) return hasRows(statements.remember, key, kept, ttlMs);
      if (expected === null) return hasRows(statements.rememberFirst, key, kept, ttlMs);
      return hasRows(statements.rememberAfter, key, kept, ttlMs, expected);
    },
    async recall(key) {
      const [row] = await run(statements.recall, [receiver, key]);
      return typeof row?.["note"] === "string" ? row["note"] : undefined;
    },
  };
}
