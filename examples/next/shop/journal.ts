import { createJournal, createMemoryStore, type Journal } from "purse-payments/journal";
import { once } from "./once";
import { bookPayment, findOrder } from "./orders";
import { getPurse } from "./purse";

/** Records captures, and settles those whose responses were lost. */
export function getJournal(): Journal {
  return once("journal", () => {
    const journal = createJournal(getPurse(), {
      store: createMemoryStore(), // Use createSqlStore over your database instead: this one forgets.
      onPayment: (payment) => {
        bookPayment(payment);
      },
      onChange: ({ id, state, operationStatus }, payment) => {
        if (payment !== undefined) bookPayment(payment);
        const [reference = "", , number] = id.split("/");
        const order = findOrder(reference);
        // A new attempt follows a certain failure only. Sets and never adds, because it may be called again.
        if (order !== undefined && state === "failed" && operationStatus === "FAILURE")
          order.failedCaptures = Number(number);
      },
    });
    // Runs for the life of the process. On platforms that freeze processes, call `journal.resume()` from a scheduled route instead.
    void journal.run({ signal: new AbortController().signal });
    return journal;
  });
}
