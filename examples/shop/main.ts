import { serve } from "@hono/node-server";
import { createApp } from "./app.js";
import { openJournal } from "./journal.js";
import { choosePlace } from "./place.js";
import { PortError } from "./port-error.js";
import type { Shop } from "./shop.js";
import { openDatabase } from "./store/database.js";
import { createOrderStore } from "./store/orders.js";
import { createPaymentStore } from "./store/payments.js";
import { createSessionStore } from "./store/sessions.js";
import { readSettings } from "./store/settings.js";
import { keepReading } from "./undecided.js";

/** The shop on a port of this machine. */
async function main(): Promise<void> {
  const port = Number(process.env["PORT"] ?? 3000);
  const file = process.env["SHOP_DATABASE"] ?? "examples/shop/shop.db";
  const database = openDatabase(file);
  const settings = readSettings(database, process.env, `http://127.0.0.1:${String(port)}`);
  // Purse's errors are safe to print as they are: no secrets, no bodies.
  const onFault = (error: unknown): void => {
    console.error(error);
  };
  const place = await choosePlace(process.env, `${file}-simulator.json`, onFault);
  const books = {
    orders: createOrderStore(database),
    sessions: createSessionStore(database),
    payments: createPaymentStore(database),
  };
  const shop: Shop = {
    ...books,
    purse: place.purse,
    journal: openJournal(database, place.purse, books, {
      logger: { warn: console.warn, error: console.error },
    }),
    settings,
    paymentPageOrigin: place.paymentPageOrigin,
    takesTestCards: place.takesTestCards,
  };
  const stopping = new AbortController();
  shop.journal.run({ everyMs: settings.lookEveryMs, signal: stopping.signal }).catch(onFault);
  keepReading(shop, onFault, { signal: stopping.signal });
  const server = serve({ fetch: createApp(shop, onFault).fetch, port, hostname: "127.0.0.1" }, () => {
    console.log(`Shop         ${settings.baseUrl}`);
    console.log(`Back office  ${settings.baseUrl}/office  (office / ${settings.officePassword})`);
    console.log(
      `Payments by  ${place.name}${place.dashboardUrl === undefined ? "" : `, ${place.dashboardUrl}`}`,
    );
    console.log(`Orders in    ${file}`);
  });
  server.once("error", (error) => {
    fail(new PortError("shop", port, "PORT", error));
  });
  const stop = (): void => {
    stopping.abort();
    server.close();
    place.close().catch(onFault);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function fail(error: unknown): never {
  console.error(error instanceof PortError ? error.message : error);
  process.exit(1);
}

await main().catch(fail);
