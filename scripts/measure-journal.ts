import { parseArgs } from "node:util";
import { Purse } from "../src/index.js";
import { createJournal, createSqlStore, type SqlStoreOptions } from "../src/journal/index.js";
import { createSimulator } from "../src/simulator/index.js";
import { createSqlite, findPostgres, startPostgres, type SharedDatabase } from "./crash/databases.js";
import { openDatabase } from "./crash/query.js";

const help = `Captures through a journal and without one, over a simulator in this process: captures a second, and statements a movement.
PostgreSQL where Debian's is installed, and SQLite. Every write is on the disk before it counts.

  npm run measure:journal [-- --movements 2000 --in-flight 16]
`;

type Ask = (id: string, paymentId: string) => Promise<unknown>;

async function measure(count: number, inFlight: number, database: SharedDatabase): Promise<void> {
  const simulator = createSimulator();
  const { baseUrl, clientId, clientSecret, entityId, fetch } = simulator;
  const purse = new Purse({ baseUrl, clientId, clientSecret, entityId, fetch });
  const opened = openDatabase(database.environment);
  let statements = 0;
  const query: SqlStoreOptions["query"] = (text, values) => {
    statements += 1;
    return opened.options.query(text, values);
  };
  const store = createSqlStore({ ...opened.options, query });
  await store.migrate();
  const journal = createJournal(purse, { store });
  const told = createJournal(purse, { store, onChange: () => undefined });

  /** Each run with payments of its own: an answer lists all operations of the payment. */
  async function run(name: string, ask: Ask): Promise<void> {
    const ids: string[] = [];
    for (let number = 0; number < Math.ceil(count / 20); number++) ids.push(await pay());
    statements = 0;
    let next = 0;
    const startedMs = performance.now();
    const lane = async (): Promise<void> => {
      for (let number = next++; number < count; number = next++)
        await ask(`${name}-${String(number)}`, ids[number % ids.length] ?? "");
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    const perSecond = Math.round((count * 1000) / (performance.now() - startedMs));
    console.log(
      `${database.name}, ${name}: ${String(perSecond)} captures a second, ${(statements / count).toFixed(2)} statements each`,
    );
  }

  async function pay(): Promise<string> {
    const session = await purse.clientSessions.create({
      amount: 100_000,
      currency: "EUR",
      shopper_redirection_url: "https://shop.example/return",
      order: { reference: "order", net_amount: 100_000 },
    });
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    const { payment_id: id = "" } = await purse.redirection.verify(redirectUrl);
    return id;
  }

  await run("without a journal", (id, paymentId) =>
    purse.payments.capture(paymentId, { amount: 10, merchant_reference: id }).withResponse(),
  );
  await run("journal", (id, paymentId) =>
    journal.capture({ id, paymentId, amount: 10, merchantReference: id }),
  );
  await run("journal with onChange", (id, paymentId) =>
    told.capture({ id, paymentId, amount: 10, merchantReference: id }),
  );
  await opened.close();
}

const { values } = parseArgs({
  options: {
    help: { type: "boolean" },
    movements: { type: "string", default: "2000" },
    "in-flight": { type: "string", default: "16" },
  },
});
if (values.help === true) {
  console.log(help);
} else {
  const postgres = findPostgres();
  const databases = [...(postgres === undefined ? [] : [await startPostgres(postgres)]), createSqlite()];
  for (const database of databases) {
    try {
      await measure(Number(values.movements), Number(values["in-flight"]), database);
    } finally {
      database.stop();
    }
  }
}
