import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Purse } from "../src/index.js";
import { createSimulator, type Simulator } from "../src/simulator/index.js";
import { expect, serve, step, variablesOf } from "./next/server.js";
import { pack } from "./package/pack.js";
import { node, run } from "./package/run.js";

const help = `Builds and serves test/next with several versions of Next, beside a simulator: Next must keep nothing that the package
reads, and nothing may be asked for while it builds.

  npm run build && npm run check:next

  --only VERSION    one of the folders in test/next that have a package.json
`;

const source = "test/next";

async function check(version: string, tarball: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `purse-payments-next-`));
  const simulator = createSimulator();
  try {
    await simulator.listen();
    cpSync(join(source, version), folder, { recursive: true });
    for (const part of ["app", "next.config.mjs"])
      cpSync(join(source, part), join(folder, part), { recursive: true });
    await step(`Next ${version}, npm ci`, () => run("npm", ["ci"], folder));
    await run("npm", ["install", "--no-save", "--prefer-offline", tarball], folder);
    await visit(version, folder, simulator);
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function visit(version: string, folder: string, simulator: Simulator): Promise<void> {
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
  const shopper = await pay(simulator, purse);
  const variables = { ...variablesOf(simulator), PAYMENT_ID: shopper.paymentId };

  const requests = simulator.requests().length;
  await step(`Next ${version}, next build`, () =>
    run(node, ["node_modules/next/dist/bin/next", "build"], folder, variables),
  );
  expect("requests while Next builds", simulator.requests().length - requests, 0);

  const server = await serve(folder, () => variables);
  const { url } = server;
  try {
    await step(`Next ${version}, three visits and a new key`, async () => {
      for (const captured of [0, 1000, 2000]) {
        for (const path of [`/orders/${shopper.paymentId}`, "/built", "/built-route", ...shopper.returns])
          expect(path, await textOf(url + path), `captured ${String(captured)}`);
        await purse.payments.capture(shopper.paymentId, { amount: 1000 });
      }
      await simulator.rotateSigningKey({ retireAfterMs: 0 });
      const other = await pay(simulator, purse);
      for (const path of other.returns)
        expect("a return with the new key", await textOf(url + path), "captured 0");
      for (const path of shopper.returns)
        expect("a return with the old key", await textOf(url + path), "refused: key_unknown");
    });
  } finally {
    await server.stop();
  }
}

/** What a shopper pays, and the pages that show how it went. */
async function pay(
  simulator: Simulator,
  purse: Purse,
): Promise<{ paymentId: string; returns: readonly string[] }> {
  const session = await purse.clientSessions.create({
    amount: 4299,
    currency: "EUR",
    capture_mode: "MANUAL",
    shopper_redirection_url: "https://shop.example/return",
    order: { reference: crypto.randomUUID(), net_amount: 4299 },
  });
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  const { search, searchParams } = new URL(redirectUrl);
  const [token = ""] = searchParams.values();
  const { payment_id: paymentId = "" } = await purse.redirection.verify(token);
  return { paymentId, returns: [`/return/${token}`, `/return-route${search}`] };
}

async function textOf(address: string): Promise<string> {
  const answer = await fetch(address);
  const text = await answer.text();
  return /captured \d+|refused: \w+/.exec(text)?.[0] ?? `status ${String(answer.status)}`;
}

async function main(only: string | undefined): Promise<void> {
  const versions = readdirSync(source).filter(
    (name) => existsSync(join(source, name, "package.json")) && name === (only ?? name),
  );
  if (versions.length === 0) throw new Error(`${source} has no version ${String(only)}`);
  const folder = mkdtempSync(join(tmpdir(), "purse-payments-"));
  try {
    const { tarball } = await pack(folder);
    for (const version of versions) await check(version, tarball);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { help: { type: "boolean" }, only: { type: "string" } } });
if (values.help === true) console.log(help);
else await main(values.only);
