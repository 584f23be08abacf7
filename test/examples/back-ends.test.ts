import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { payOnHostedPage } from "../../examples/demo/shopper.js";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { startGate } from "./gate.js";
import { startProgram, type Program } from "./program.js";

const staffToken = "token-of-the-staff";
const webhookSecret = "a-secret-between-shop-and-purse";

let simulator: Simulator;
let program: Program | undefined;

beforeEach(async () => {
  simulator = createSimulator();
  await simulator.listen();
});
afterEach(async () => {
  await program?.stop();
  program = undefined;
  await simulator.close();
});

async function start(name: string, env: Readonly<Record<string, string>> = {}): Promise<Program> {
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  program = await startProgram(`examples/${name}/main.ts`, {
    PURSE_BASE_URL: baseUrl,
    PURSE_CLIENT_ID: clientId,
    PURSE_CLIENT_SECRET: clientSecret,
    PURSE_ENTITY_ID: entityId,
    STAFF_TOKEN: staffToken,
    WEBHOOK_SECRET: webhookSecret,
    KEY_SECRET: "secret-for-idempotency-keys",
    ...env,
  });
  return program;
}

/** Buys as a browser does, up to the hosted page. */
async function checkOut({ url }: Program): Promise<string> {
  const response = await fetch(`${url}/checkout`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "",
    redirect: "manual",
  });
  expect(response.status).toBe(303);
  return response.headers.get("location") ?? "";
}

interface Purchase {
  /** Where the shopper was sent back to. */
  back: string;
  reference: string;
}

async function buy(shop: Program): Promise<Purchase> {
  const back = await payOnHostedPage(await checkOut(shop));
  return { back, reference: new URL(back).searchParams.get("order") ?? "" };
}

async function staff(
  { url }: Program,
  path: string,
  method = "GET",
  token = staffToken,
): Promise<{ status: number; state: unknown }> {
  const response = await fetch(`${url}/orders/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  const body = text.startsWith("{") ? (JSON.parse(text) as { state?: unknown }) : {};
  return { status: response.status, state: body.state };
}

const captures = (): number[] =>
  simulator.ledger
    .entries()
    .filter(({ kind }) => kind === "capture")
    .map(({ amount }) => amount);

describe.each(["express", "fastify", "hono"])("examples/%s", (name) => {
  test("a purchase: session, hosted page, return, webhook, capture", async () => {
    const shop = await start(name);
    expect(await (await fetch(shop.url)).text()).toContain("/checkout");
    const { back, reference } = await buy(shop);

    // The webhook alone: the shopper may close the browser.
    await simulator.idle();
    expect(await staff(shop, reference)).toEqual({ status: 200, state: "authorized" });
    expect(shop.output()).toContain(`${reference} can be shipped`);

    const page = await fetch(back);
    expect([page.status, page.headers.get("cache-control"), page.headers.get("referrer-policy")]).toEqual([
      200,
      "no-store",
      "no-referrer",
    ]);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).toContain("your order is paid");

    const answers = await Promise.all([1, 2, 3].map(() => staff(shop, `${reference}/capture`, "POST")));
    // One of them asks. The others are told how far that is.
    expect(answers).toContainEqual({ status: 200, state: "captured" });
    for (const { status } of answers) expect([200, 202]).toContain(status);
    expect(await staff(shop, `${reference}/capture`, "POST")).toEqual({ status: 200, state: "captured" });
    expect(captures()).toEqual([4299]);
    await simulator.idle();
    expect(await staff(shop, reference)).toEqual({ status: 200, state: "captured" });
  });

  test("what is not genuine is not believed", async () => {
    const shop = await start(name);
    const { back, reference } = await buy(shop);
    const other = await buy(shop);
    const wrong = new URL(back);
    wrong.searchParams.set("order", other.reference);
    const forged = `${shop.url}/return?order=${reference}&redirection_token=a.b.c`;
    expect((await fetch(wrong)).status).toBe(400);
    expect((await fetch(forged)).status).toBe(400);
    expect((await fetch(`${shop.url}/return?order=nobodys`)).status).toBe(404);
    expect((await staff(shop, reference, "GET", "guessed")).status).toBe(401);
    expect((await staff(shop, `${reference}/capture`, "POST", "guessed")).status).toBe(401);
    expect((await staff(shop, "nobodys/capture", "POST")).status).toBe(404);
    const headers = {
      "content-type": "application/json",
      "x-purse-webhook-secret": "a-secret-that-was-guessed",
    };
    const webhook = await fetch(`${shop.url}/webhooks/purse`, { method: "POST", headers, body: "{}" });
    expect(webhook.status).toBe(401);
    expect(captures()).toEqual([]);
  });

  test("a refused payment is told to the shopper, and cannot be captured", async () => {
    const shop = await start(name);
    const page = await checkOut(shop);
    const sessionId = new URL(page).pathname.split("/").at(-1) ?? "";
    const { redirectUrl } = await simulator.shopper.refuse(sessionId);
    const answer = await fetch(redirectUrl);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("was not paid")]);
    const reference = new URL(redirectUrl).searchParams.get("order") ?? "";
    expect(await staff(shop, `${reference}/capture`, "POST")).toEqual({ status: 409, state: "not_paid" });
    expect(captures()).toEqual([]);
  });

  test("a service that is away while capturing leaves the order as it is, and captures once when it is back", async () => {
    const gate = await startGate(simulator.baseUrl);
    const shop = await start(name, { PURSE_BASE_URL: gate.url });
    const { reference } = await buy(shop);
    await simulator.idle();
    gate.loseAnswers = true; // Captures arrive, but their answers are lost.
    const lost = await staff(shop, `${reference}/capture`, "POST");
    // The webhook may tell of it before the last attempt has ended.
    expect([
      { status: 202, state: "capture unknown" },
      { status: 200, state: "captured" },
    ]).toContainEqual(lost);
    expect(captures()).toEqual([4299]);
    gate.loseAnswers = false;
    // The journal asks again by itself.
    await expect
      .poll(() => staff(shop, `${reference}/capture`, "POST"), { timeout: 20_000 })
      .toEqual({ status: 200, state: "captured" });
    expect(captures()).toEqual([4299]);
    await gate.close();
  }, 60_000);

  test("a capture that the service refuses for certain is a conflict in JSON, not a fault of the shop", async () => {
    const shop = await start(name);
    const { reference } = await buy(shop);
    await simulator.idle();
    // Another client releases a part, so that there is less than the order's amount to capture.
    const { baseUrl, clientId, clientSecret, entityId } = simulator;
    const purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
    const [paid] = simulator.ledger.entries();
    await purse.payments.void(paid?.paymentId ?? "", { amount: 99 });
    expect(await staff(shop, `${reference}/capture`, "POST")).toEqual({
      status: 409,
      state: "capture refused: bad_request, a person must check",
    });
    expect(captures()).toEqual([]);
  });

  test("in production no simulator stands in for settings that are missing", async () => {
    const started = startProgram(`examples/${name}/main.ts`, { NODE_ENV: "production" });
    await expect(started).rejects.toThrow("PURSE_");
  });

  test("it runs without any settings, on a simulator of its own", async () => {
    program = await startProgram(`examples/${name}/main.ts`, {});
    expect(program.output()).toContain("payments by a simulator, http://127.0.0.1:");
    const token = /Bearer (\S+)/.exec(program.output())?.[1] ?? "";
    const { back, reference } = await buy(program);
    expect(await (await fetch(back)).text()).toContain("your order is paid");
    expect(await staff(program, `${reference}/capture`, "POST", token)).toEqual({
      status: 200,
      state: "captured",
    });
  });

  test("half of the settings are refused with a word about what is missing", async () => {
    const started = startProgram(`examples/${name}/main.ts`, { PURSE_ENVIRONMENT: "sandbox" });
    await expect(started).rejects.toThrow("PURSE_CLIENT_ID");
  });
});
