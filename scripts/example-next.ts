import { parseArgs } from "node:util";
import { payOnHostedPage } from "../examples/demo/shopper.js";
import { createSimulator, type Simulator } from "../src/simulator/index.js";
import { expect, serve, step, variablesOf } from "./next/server.js";
import { run } from "./package/run.js";

const help = `Installs and builds examples/next with the package as it is in dist/, starts it beside a simulator, and buys something.

  npm run build && npm run example:next

  --skip-install    Takes what was installed and built the last time.
`;

const folder = "examples/next";
const staffToken = "token-of-the-staff";

async function main(isInstalled: boolean): Promise<void> {
  if (!isInstalled) {
    await step("npm ci", () => run("npm", ["ci"], folder));
    await step("next build", () => run("npm", ["run", "build"], folder, { NEXT_TELEMETRY_DISABLED: "1" }));
  }
  const simulator = createSimulator();
  await simulator.listen();
  try {
    const shop = await serve(folder, (url) => ({
      ...variablesOf(simulator),
      PUBLIC_URL: url,
      WEBHOOK_SECRET: "a-secret-between-shop-and-purse",
      KEY_SECRET: "secret-for-idempotency-keys",
      STAFF_TOKEN: staffToken,
    }));
    try {
      await step("a purchase", () => buy(simulator, shop.url));
    } finally {
      await shop.stop();
    }
  } finally {
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
  expect("capture without a staff token", (await post(capture)).status, 401);
  const captured = await Promise.all([1, 2, 3].map(() => post(capture, `Bearer ${staffToken}`)));
  // One of them asks; the others are told how far that is.
  const statuses = captured.map(({ status }) => status);
  expect(
    "three captures at once",
    statuses.includes(200) && statuses.every((status) => status === 200 || status === 202),
    true,
  );
  expect("one more capture", (await post(capture, `Bearer ${staffToken}`)).status, 200);
  const entries = simulator.ledger.entries().filter(({ kind }) => kind === "capture");
  expect("money moved", entries.map(({ amount }) => amount).join(), "4299");
}

function post(url: string, authorization?: string): Promise<Response> {
  const headers = { "content-type": "application/json", ...(authorization && { authorization }) };
  return fetch(url, { method: "POST", headers, body: "{}" });
}

const { values } = parseArgs({
  options: { help: { type: "boolean" }, "skip-install": { type: "boolean" } },
});
if (values.help === true) console.log(help);
else await main(values["skip-install"] === true);
