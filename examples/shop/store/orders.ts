import type { ShopDatabase } from "./database.js";

export interface OrderLine {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Price of one piece in minor units. */
  readonly unitPrice: number;
}

export interface Order {
  readonly id: string;
  readonly shopperId: string;
  /** Counts up; what people call the order by, and Purse's `order.reference`. */
  readonly number: number;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly cancelledAt: string | null;
  /** Since when a payment without a session is being made whose outcome is not known. */
  readonly payingSince: string | null;
  readonly createdAt: string;
}

interface OrderRow extends Omit<Order, "lines"> {
  readonly lines: string;
}

export interface NewOrder {
  /** Made with the form, so that a form sent twice is one order. */
  readonly id: string;
  readonly shopperId: string;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
}

export interface OrderStore {
  /** Keeps a new order; gives the one that is there already when the form came twice. */
  place(order: NewOrder): Order;
  find(id: string): Order | undefined;
  findByNumber(number: number): Order | undefined;
  /** Newest first. */
  list(): Order[];
  ofShopper(shopperId: string): Order[];
  cancel(id: string): void;
  /** Notes that a payment without a session is about to be made. */
  beginPaying(id: string): void;
  /** Notes that this payment is known, or was certainly not made. */
  endPaying(id: string): void;
}

const columns = `id, shopper_id as shopperId, number, amount, currency, lines,
  cancelled_at as cancelledAt, created_at as createdAt,
  (select since from direct_payments where order_id = orders.id) as payingSince`;

export function createOrderStore(database: ShopDatabase): OrderStore {
  const insert = database.prepare(
    `insert into orders (id, shopper_id, number, amount, currency, lines, created_at)
     values (?, ?, (select coalesce(max(number), 1000) + 1 from orders), ?, ?, ?, ?)
     on conflict (id) do nothing`,
  );
  const select = database.prepare(`select ${columns} from orders where id = ?`);
  const selectNumber = database.prepare(`select ${columns} from orders where number = ?`);
  const selectAll = database.prepare(`select ${columns} from orders order by number desc`);
  const selectOf = database.prepare(
    `select ${columns} from orders where shopper_id = ? order by number desc`,
  );
  const cancel = database.prepare("update orders set cancelled_at = ? where id = ? and cancelled_at is null");

  const begin = database.prepare(
    "insert into direct_payments (order_id, since) values (?, ?) on conflict (order_id) do nothing",
  );
  const end = database.prepare("delete from direct_payments where order_id = ?");

  function find(id: string): Order | undefined {
    return toOrders([select.get(id)])[0];
  }
  return {
    place({ id, shopperId, currency, lines }) {
      const amount = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
      insert.run(id, shopperId, amount, currency, JSON.stringify(lines), new Date().toISOString());
      const order = find(id);
      // Another shopper's form, or none of ours: ids are random.
      if (order?.shopperId !== shopperId) throw new Error("The order belongs to another shopper.");
      return order;
    },
    find,
    findByNumber: (number) => toOrders([selectNumber.get(number)])[0],
    list: () => toOrders(selectAll.all()),
    ofShopper: (shopperId) => toOrders(selectOf.all(shopperId)),
    cancel(id) {
      cancel.run(new Date().toISOString(), id);
    },
    beginPaying(id) {
      begin.run(id, new Date().toISOString());
    },
    endPaying(id) {
      end.run(id);
    },
  };
}

function toOrders(rows: readonly unknown[]): Order[] {
  // The table is strict, and only this file writes it.
  const known = rows.filter((row) => row !== undefined) as OrderRow[];
  return known.map((row) => ({ ...row, lines: JSON.parse(row.lines) as OrderLine[] }));
}
