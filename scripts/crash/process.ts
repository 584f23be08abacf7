import { Purse } from "../../src/index.js";
import { createJournal, createSqlStore } from "../../src/journal/index.js";
import type { Order } from "./orders.js";
import { openDatabase } from "./query.js";

/**
 * One process of the shop: takes orders like a web server, and makes passes like a worker if it is one. It is killed at any
 * moment, so what it has to say it says before it goes on.
 */
const store = createSqlStore(openDatabase(process.env).options);
const purse = new Purse({
  baseUrl: process.env["BASE_URL"],
  clientId: process.env["CLIENT_ID"],
  clientSecret: process.env["CLIENT_SECRET"],
  timeoutMs: 1000,
  deadlineMs: 3000,
  maxRetries: 1,
});
const journal = createJournal(purse, {
  store,
  leaseMs: 2000,
  retryAfterMs: 100,
  longestRetryMs: 1000,
  doubtAfterMs: 10_000,
  deadlineMs: 3000,
  onChange: ({ id, state }) => say({ told: id, state }),
});

function say(message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

async function take({ kind, input, way }: Order): Promise<void> {
  try {
    await (way === "record" ? journal.record({ kind, ...input }) : journal[kind](input));
    await say({ taken: input.id });
  } catch (error) {
    await say({ failed: input.id, error: String(error) });
  }
}

process.on("message", (order: Order) => void take(order));
process.on("disconnect", () => process.exit());
if (process.env["ROLE"] === "worker")
  await journal.run({ everyMs: 100, signal: new AbortController().signal });
