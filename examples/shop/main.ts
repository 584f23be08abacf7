import { serve } from "@hono/node-server";
import { createApp } from "./app.js";
import { startJobs } from "./jobs.js";
import { choosePlace } from "./place.js";
import { PortError } from "./port-error.js";
import type { Shop } from "./shop.js";
import { openDatabase } from "./store/database.js";
import { createMovementStore } from "./store/movements.js";
import { createOrderStore } from "./store/orders.js";
import { createPaymentStore } from "./store/payments.js";
import { createSessionStore } from "./store/sessions.js";
import { readSettings } from "./store/settings.js";

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
  const shop: Shop = {
    purse: place.purse,
    orders: createOrderStore(database),
    sessions: createSessionStore(database),
    payments: createPaymentStore(database),
    movements: createMovementStore(database),
    settings,
    paymentPageOrigin: place.paymentPageOrigin,
  };
  const jobs = startJobs(shop, onFault);
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
    jobs.stop();
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
