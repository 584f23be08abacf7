import type { ShopDatabase } from "./database.js";

/** A client session that was opened for an order, and so may be paid. */
export interface OpenedSession {
  readonly id: string;
  readonly orderId: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
}

export interface SessionStore {
  add(sessionId: string, orderId: string): void;
  find(sessionId: string): OpenedSession | undefined;
  /** Newest first. */
  ofOrder(orderId: string): OpenedSession[];
  close(sessionId: string): void;
}

const columns = "id, order_id as orderId, opened_at as openedAt, closed_at as closedAt";

export function createSessionStore(database: ShopDatabase): SessionStore {
  const insert = database.prepare("insert into sessions (id, order_id, opened_at) values (?, ?, ?)");
  const select = database.prepare(`select ${columns} from sessions where id = ?`);
  const selectOf = database.prepare(
    `select ${columns} from sessions where order_id = ? order by opened_at desc, rowid desc`,
  );
  const close = database.prepare("update sessions set closed_at = ? where id = ? and closed_at is null");
  return {
    add(sessionId, orderId) {
      insert.run(sessionId, orderId, new Date().toISOString());
    },
    // The table is strict, and only this file writes it.
    find: (sessionId) => select.get(sessionId) as OpenedSession | undefined,
    ofOrder: (orderId) => selectOf.all(orderId) as OpenedSession[],
    close(sessionId) {
      close.run(new Date().toISOString(), sessionId);
    },
  };
}
