import { createJournal, createMemoryStore, type Journal } from "purse-payments/journal";
import { once } from "./once";
import { bookPayment, findOrder } from "./orders";
import { getPurse } from "./purse";

/** Remembers captures, and finds out what became of those whose answers were lost. */
export function getJournal(): Journal {
  return once("journal", () => {
    const journal = createJournal(getPurse(), {
      store: createMemoryStore(), // Stands for createSqlStore over your database: this one forgets.
      onPayment: (payment) => {
        bookPayment(payment);
      },
      onChange: ({ id, state, operationStatus }, payment) => {
        if (payment !== undefined) bookPayment(payment);
        const [reference = "", , number] = id.split("/");
        const order = findOrder(reference);
        // Only what has failed for certain may be tried again. It sets and never adds, because it may be told again.
        if (order !== undefined && state === "failed" && operationStatus === "FAILURE")
          order.failedCaptures = Number(number);
      },
    });
    // For as long as the process lives. Where processes are frozen, call `journal.resume()` from a scheduled route instead.
    void journal.run({ signal: new AbortController().signal });
    return journal;
  });
}
