import type { ShopDatabase } from "./database.js";

export type MovementKind = "capture" | "refund" | "void";

/**
 * One capture, refund or void that somebody asked for. It is `open` from before the request leaves until it is known
 * what became of it.
 */
export interface Movement {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly kind: MovementKind;
  /** Minor units. */
  readonly amount: number;
  readonly reference: string;
  readonly state: "open" | "done" | "refused";
  /** The operation's status when done, otherwise why it was refused, in words for the back office. */
  readonly outcome: string | null;
  readonly operationId: string | null;
  readonly askedAt: string;
  readonly answeredAt: string | null;
}

export type NewMovement = Pick<Movement, "idempotencyKey" | "orderId" | "paymentId" | "kind" | "amount">;

export interface MovementStore {
  /**
   * Keeps a movement before it is asked for. Undefined when this key was asked for already, or while another movement of the
   * payment is open: as long as nobody knows what became of that one, nobody knows what is left to move.
   */
  open(movement: NewMovement): Movement | undefined;
  find(idempotencyKey: string): Movement | undefined;
  ofOrder(orderId: string): Movement[];
  /** Those whose fate is not known. */
  listOpen(): Movement[];
  close(
    idempotencyKey: string,
    end: { state: "done" | "refused"; outcome: string; operationId?: string | undefined },
  ): void;
}

const columns = `idempotency_key as idempotencyKey, order_id as orderId, payment_id as paymentId, kind, amount,
  reference, state, outcome, operation_id as operationId, asked_at as askedAt, answered_at as answeredAt`;

export function createMovementStore(database: ShopDatabase): MovementStore {
  const insert = database.prepare(
    `insert into movements (idempotency_key, order_id, payment_id, kind, amount, reference, state, asked_at)
     values (?1, ?2, ?3, ?4, ?5,
       (select number from orders where id = ?2) || '-' || ?4 || '-' ||
         (select count(*) + 1 from movements where order_id = ?2), 'open', ?6)
     on conflict do nothing`,
  );
  const select = database.prepare(`select ${columns} from movements where idempotency_key = ?`);
  const selectOf = database.prepare(`select ${columns} from movements where order_id = ? order by rowid`);
  const selectOpen = database.prepare(`select ${columns} from movements where state = 'open' order by rowid`);
  const update = database.prepare(
    `update movements set state = ?, outcome = ?, operation_id = ?, answered_at = ?
     where idempotency_key = ? and state = 'open'`,
  );
  // The table is strict, and only this file writes it.
  const find = (idempotencyKey: string): Movement | undefined =>
    select.get(idempotencyKey) as Movement | undefined;
  return {
    open({ idempotencyKey, orderId, paymentId, kind, amount }) {
      const now = new Date().toISOString();
      const { changes } = insert.run(idempotencyKey, orderId, paymentId, kind, amount, now);
      return changes === 0 ? undefined : find(idempotencyKey);
    },
    find,
    ofOrder: (orderId) => selectOf.all(orderId) as Movement[],
    listOpen: () => selectOpen.all() as Movement[],
    close(idempotencyKey, { state, outcome, operationId = null }) {
      update.run(state, outcome, operationId, new Date().toISOString(), idempotencyKey);
    },
  };
}
