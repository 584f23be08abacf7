import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { Purse } from "../src/index.js";
import { createJournal, createSqlStore, type Movement } from "../src/journal/index.js";
import { createSimulator } from "../src/simulator/index.js";
import { createSqlite, findPostgres, startPostgres, type SharedDatabase } from "./crash/databases.js";
import { createRandom, makeOrders } from "./crash/orders.js";
import { openDatabase } from "./crash/query.js";
import { startShop } from "./crash/shop.js";
import { makeTrouble } from "./crash/trouble.js";
import { findFaults } from "./crash/verdict.js";

const help = `Kills the processes of a shop with a journal, 60 times, while a simulator loses answers, answers late and fails; on
PostgreSQL (Debian's, where it is installed), which is stopped and started meanwhile, and on SQLite. Then the simulator's
ledger has to have each movement once, or not at all where the journal says so.

  npm run test:crash                          three seeds, on both
  npm run test:crash -- --seed 7 --on sqlite  one run
  npm run test:crash -- --require-postgres    fails where PostgreSQL is not installed
`;

const movements = 400;
const kills = 60;
const restarts = 5;
const orderEveryMs = 40;
const mostSettlingMs = 120_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function bundleProcess(): Promise<string> {
  // Inside node_modules, so that the drivers are found from there.
  const folder = join("node_modules", ".cache", "purse-crash");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, "process.mjs");
  await build({
    entryPoints: ["scripts/crash/process.ts"],
    outfile,
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
  });
  return outfile;
}

async function crash(program: string, database: SharedDatabase, seed: number): Promise<boolean> {
  const random = createRandom(seed);
  const startedMs = Date.now();
  const simulator = createSimulator({ settlementDelayMs: 1500, seed: String(seed) });
  const listener = await simulator.listen({ port: 0 });
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const purse = new Purse({ baseUrl, clientId, clientSecret, entityId, maxRetries: 5 });
  const opened = openDatabase(database.environment);
  const store = createSqlStore(opened.options);
  await store.migrate();
  const journal = createJournal(purse, { store });

  const paymentIds: string[] = [];
  for (let number = 0; number < 40; number++) {
    const session = await purse.clientSessions.create({
      amount: 100_000,
      currency: "EUR",
      shopper_redirection_url: "https://shop.example/return",
      order: { reference: `shop-${String(number)}`, net_amount: 100_000 },
    });
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    const { payment_id: paymentId = "" } = await purse.redirection.verify(redirectUrl);
    // Half of it, so that there is something to refund and something to void.
    await purse.payments.capture(paymentId, { amount: 50_000 });
    paymentIds.push(paymentId);
  }
  const setUp = simulator.ledger.entries().length;

  const shop = startShop(program, {
    ...database.environment,
    BASE_URL: baseUrl,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
  });
  const orders = makeOrders(random, paymentIds, movements);
  const killsAt = Array.from({ length: kills }, () => Math.floor(random() * movements)).sort((a, b) => a - b);
  const restartsAt = Array.from({ length: restarts }, () => Math.floor(random() * movements)).sort(
    (a, b) => a - b,
  );
  for (const [number, order] of orders.entries()) {
    shop.order(order);
    if (random() < 0.6) makeTrouble(simulator, random);
    await pause(orderEveryMs * 2 * random());
    while (killsAt[0] === number) {
      killsAt.shift();
      shop.killOne(random);
      await pause(50 * random());
    }
    while (restartsAt[0] === number) {
      restartsAt.shift();
      database.restart?.();
    }
  }
  simulator.faults.clear();

  const all: Movement[] = [];
  const untilMs = Date.now() + mostSettlingMs;
  for (;;) {
    await pause(500);
    all.splice(0, Infinity, ...(await journal.list({ limit: 1000 })));
    const isQuiet =
      all.every(({ state }) => state !== "open" && state !== "pending") && shop.unconfirmed() === 0;
    if ((isQuiet && all.length >= movements) || Date.now() > untilMs) break;
  }
  await pause(3000); // For what is told once more after a kill.
  await shop.stop();

  const faults = findFaults(orders, all, simulator.ledger.entries().slice(setUp), shop.told);
  const counts = [...countStates(all)].map(([state, count]) => `${state} ${String(count)}`);
  const requests = simulator.requests().filter(({ method }) => method === "POST").length;
  const restarted = database.restart === undefined ? "" : `, database restarted ${String(restarts)} times`;
  console.log(
    `${database.name}, seed ${String(seed)}: ${String(shop.kills())} kills${restarted}, ${String(requests)} POSTs, ` +
      `${String(Math.round((Date.now() - startedMs) / 1000))} s: ${counts.join(", ")}`,
  );
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0)
    for (const [message, count] of shop.failures) console.error(`  ${String(count)} × ${message}`);
  await opened.close();
  await listener.close();
  await simulator.close();
  return faults.length === 0;
}

function countStates(all: readonly Movement[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { state } of all) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

const { values } = parseArgs({
  options: {
    help: { type: "boolean" },
    seed: { type: "string" },
    on: { type: "string" },
    "require-postgres": { type: "boolean" },
  },
});

if (values.help === true) {
  console.log(help);
} else {
  const seeds =
    values.seed === undefined
      ? [1, 2, 3].map((n) => n + Math.floor(Date.now() / 1000))
      : [Number(values.seed)];
  const postgres = findPostgres();
  if (values["require-postgres"] === true && postgres === undefined)
    throw new Error("PostgreSQL is not installed");
  const program = await bundleProcess();
  for (const seed of seeds) {
    for (const name of ["postgres", "sqlite"] as const) {
      if ((values.on ?? name) !== name || (name === "postgres" && postgres === undefined)) continue;
      const database = name === "postgres" ? await startPostgres(postgres ?? "") : createSqlite();
      try {
        if (!(await crash(program, database, seed))) process.exitCode = 1;
      } finally {
        database.stop();
      }
    }
  }
}
