import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { payOnHostedPage } from "../examples/demo/shopper.js";
import { createSimulator, type Simulator } from "../src/simulator/index.js";
import { run } from "./package/run.js";

const help = `Installs and builds examples/next with the package as it is in dist/, starts it beside a simulator, and buys something.

  npm run build && npm run example:next

  --skip-install    Takes what was installed and built the last time.
`;

const folder = "examples/next";
const startTimeoutMs = 60_000;
const staffToken = "token-of-the-staff";

async function main(isInstalled: boolean): Promise<void> {
  if (!isInstalled) {
    await step("npm ci", () => run("npm", ["ci"], folder));
    await step("next build", () => run("npm", ["run", "build"], folder, { NEXT_TELEMETRY_DISABLED: "1" }));
  }
  const simulator = createSimulator();
  await simulator.listen();
  const port = await freePort();
  const shop = start(simulator, port);
  try {
    const url = `http://127.0.0.1:${String(port)}`;
    await waitUntilServed(url, shop);
    await step("a purchase", () => buy(simulator, url));
  } finally {
    await stop(shop);
    await simulator.close();
  }
}

/** What a shopper, the payment service and the staff do; the ledger is asked whether the money moved once. */
async function buy(simulator: Simulator, url: string): Promise<void> {
  const checkout = await fetch(`${url}/checkout`, { method: "POST", redirect: "manual" });
  expect("checkout", checkout.status, 303);
  const back = await payOnHostedPage(checkout.headers.get("location") ?? "");
  await simulator.idle(); // The webhook is delivered and answered.
  expect("webhook", simulator.webhooks().at(-1)?.status, "delivered");

  const page = await fetch(back);
  expect("return page", page.status, 200);
  expect("return page says paid", (await page.text()).includes("your order is paid"), true);
  expect("return page is not kept", page.headers.get("cache-control"), "no-store");
  const forged = new URL(back);
  forged.searchParams.set("purse-redirection-data", "a.b.c");
  expect("forged return", (await fetch(forged)).status, 400);
  expect("webhook without the secret", (await post(`${url}/webhooks/purse`)).status, 401);

  const capture = `${url}/orders/${new URL(back).searchParams.get("order") ?? ""}/capture`;
  expect("capture by anybody", (await post(capture)).status, 401);
  const captured = await Promise.all([1, 2, 3].map(() => post(capture, `Bearer ${staffToken}`)));
  expect("three captures at once", captured.map(({ status }) => status).join(), "200,200,200");
  const entries = simulator.ledger.entries().filter(({ kind }) => kind === "capture");
  expect("money moved", entries.map(({ amount }) => amount).join(), "4299");
}

function post(url: string, authorization?: string): Promise<Response> {
  const headers = { "content-type": "application/json", ...(authorization && { authorization }) };
  return fetch(url, { method: "POST", headers, body: "{}" });
}

function start({ baseUrl, clientId, clientSecret, entityId }: Simulator, port: number): ChildProcess {
  const url = `http://127.0.0.1:${String(port)}`;
  return spawn(
    process.execPath,
    ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", String(port)],
    {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: "1",
        PURSE_BASE_URL: baseUrl,
        PURSE_CLIENT_ID: clientId,
        PURSE_CLIENT_SECRET: clientSecret,
        PURSE_ENTITY_ID: entityId,
        PUBLIC_URL: url,
        WEBHOOK_SECRET: "a-secret-between-shop-and-purse",
        KEY_SECRET: "secret-for-idempotency-keys",
        STAFF_TOKEN: staffToken,
      },
    },
  );
}

async function waitUntilServed(url: string, shop: ChildProcess): Promise<void> {
  const endMs = performance.now() + startTimeoutMs;
  while (performance.now() < endMs) {
    if (shop.exitCode !== null) throw new Error(`next start ended with ${String(shop.exitCode)}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`nothing is served at ${url} after ${String(startTimeoutMs)} ms`);
}

async function stop(shop: ChildProcess): Promise<void> {
  if (shop.exitCode !== null || shop.signalCode !== null) return;
  const ended = once(shop, "exit");
  shop.kill("SIGKILL");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  server.close();
  await once(server, "close");
  return port;
}

function expect(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)} instead of ${String(wanted)}`);
}

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const startedMs = performance.now();
  await work();
  console.log(`${name}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

const { values } = parseArgs({
  options: { help: { type: "boolean" }, "skip-install": { type: "boolean" } },
});
if (values.help === true) console.log(help);
else await main(values["skip-install"] === true);
