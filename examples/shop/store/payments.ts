import type { Payment } from "purse-payments";
import type { ShopDatabase } from "./database.js";

export interface PaymentStore {
  /** Keeps a payment as it was read, unless a newer version of it is there. */
  book(orderId: string, payment: Payment): void;
  /** Oldest first. More than one when the shopper had to try again. */
  ofOrder(orderId: string): Payment[];
  /** When it was last read, as an ISO 8601 time. */
  bookedAt(paymentId: string): string | undefined;
  /** Ids of the payments whose authorization or one of whose operations is not decided yet. */
  listUndecided(): string[];
}

// What this code does not know may become anything.
const isUndecided = `document ->> '$.authorization.status' not in ('AUTHORIZED', 'REFUSED', 'ABORTED', 'ERROR')
  or exists (
    select 1 from json_each(document, '$.captures') where value ->> 'status' not in ('SUCCESS', 'FAILURE', 'CONFLICT')
    union all
    select 1 from json_each(document, '$.refunds') where value ->> 'status' not in ('SUCCESS', 'FAILURE', 'CONFLICT')
    union all
    select 1 from json_each(document, '$.voids') where value ->> 'status' not in ('SUCCESS', 'FAILURE', 'CONFLICT')
  )`;

export function createPaymentStore(database: ShopDatabase): PaymentStore {
  const upsert = database.prepare(
    `insert into payments (id, order_id, version, document, booked_at) values (?, ?, ?, ?, ?)
     on conflict (id) do update set
       version = excluded.version, document = excluded.document, booked_at = excluded.booked_at
     where payments.version is null or excluded.version is null or payments.version <= excluded.version`,
  );
  const selectOf = database.prepare("select document from payments where order_id = ? order by rowid");
  const selectBookedAt = database.prepare("select booked_at as bookedAt from payments where id = ?");
  const selectUndecided = database.prepare(`select id from payments where ${isUndecided} order by rowid`);
  return {
    book(orderId, payment) {
      const { id, version = null } = payment;
      upsert.run(id, orderId, version, JSON.stringify(payment), new Date().toISOString());
    },
    ofOrder(orderId) {
      // The table is strict, and only this file writes it.
      const rows = selectOf.all(orderId) as { document: string }[];
      return rows.map(({ document }) => JSON.parse(document) as Payment);
    },
    bookedAt: (paymentId) => (selectBookedAt.get(paymentId) as { bookedAt: string } | undefined)?.bookedAt, // As selected above.
    listUndecided: () => (selectUndecided.all() as { id: string }[]).map(({ id }) => id), // As selected above.
  };
}
