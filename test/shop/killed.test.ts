import { serve, type ServerType } from "@hono/node-server";
import Database from "libsql";
import { createSimulator } from "purse-payments/simulator";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createCustomer, officeRequest, placeOrder } from "./customer.js";
import { buildShop, findPort, startShop, type BuiltShop, type RunningShop } from "./shop-process.js";

/** Few for every change; `.ci/run` asks for 50. */
const rounds = Number(process.env["SHOP_KILLS"] ?? 10);

/** When the shop's process dies, seen from the payment service. */
const moments = ["at random", "request arrived", "money moved", "answer under way"] as const;
type Moment = (typeof moments)[number];

const simulator = createSimulator();
let shop: BuiltShop;
let server: ServerType;
let purse: Record<string, string>;
/** Called while a capture passes through the payment service. */
let onMoment: (moment: Moment) => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  shop = await buildShop();
  const port = await findPort();
  server = serve({ port, hostname: "127.0.0.1", fetch: serveSlowly });
  purse = {
    PURSE_BASE_URL: `http://127.0.0.1:${String(port)}`,
    PURSE_CLIENT_ID: simulator.clientId,
    PURSE_CLIENT_SECRET: simulator.clientSecret,
    PURSE_ENTITY_ID: simulator.entityId,
    // Called as it is, not through the server.
    SHOP_PAYMENT_PAGE: simulator.baseUrl,
  };
});

afterAll(async () => {
  server.close();
  await simulator.close();
  shop.remove();
});

/** The payment service, with stops on the way at which a test can end the shop's process. */
async function serveSlowly(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = request.method === "GET" ? undefined : await request.text();
  const isCapture = pathname.endsWith("/captures");
  if (isCapture) await onMoment("request arrived");
  const answer = await simulator.fetch(`${simulator.baseUrl}${pathname}${search}`, {
    method: request.method,
    headers: request.headers,
    ...(body === undefined ? {} : { body }),
  });
  if (isCapture) await onMoment("money moved");
  const text = await answer.text();
  if (!isCapture) return new Response(text, answer);
  return new Response(slowly(text), {
    status: answer.status,
    headers: { "content-type": "application/json" },
  });
}

function slowly(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes.subarray(0, bytes.length / 2));
      await onMoment("answer under way");
      controller.enqueue(bytes.subarray(bytes.length / 2));
      controller.close();
    },
  });
}

describe("a shop that is killed while it captures", () => {
  it(
    `has captured once, and says so, after each of ${String(rounds)} deaths`,
    { timeout: 30_000 + rounds * 3000 },
    async () => {
      const port = await findPort();
      let running: RunningShop = await startShop(shop, port, purse);
      const customer = createCustomer(running.baseUrl);
      const { orderId, sessionId } = await placeOrder(customer, { oolong: "20" });
      const { redirectUrl } = await simulator.shopper.pay(sessionId);
      await customer.get(new URL(redirectUrl).pathname + new URL(redirectUrl).search);
      const office = `/office/orders/${orderId}`;
      const paymentId = simulator.ledger.entries()[0]?.paymentId ?? "";
      let inDoubt = 0;

      for (let round = 1; round <= rounds; round += 1) {
        const moment = moments[round % moments.length] ?? "at random";
        const shown = await (await officeRequest(running.baseUrl, office)).text();
        const version = /name="version" value="(\d+)"/.exec(shown)?.[1] ?? "";
        const form = {
          number: String(round),
          kind: "capture",
          payment: paymentId,
          version,
          amount: "1.00",
        };
        await dieWhile(running, moment, () => officeRequest(running.baseUrl, office, form));

        inDoubt += countOpen();
        running = await startShop(shop, port, purse);
        // The people of the shop press "send again" in their browser: the same form, so the same key.
        await officeRequest(running.baseUrl, office, form);
        await vi.waitFor(
          async () => {
            const page = await (await officeRequest(running.baseUrl, office)).text();
            expect(page).not.toContain('data-movement="open"');
            expect(page.match(/data-movement="succeeded"/g)).toHaveLength(round);
            expect(page).toContain(`€${String(round)}.00`);
          },
          { timeout: 10_000, interval: 20 },
        );
        const captures = simulator.ledger.entries(paymentId).filter(({ kind }) => kind === "capture");
        expect(captures).toHaveLength(round);
        expect(new Set(captures.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(round);
      }
      await running.stop();
      console.log(
        `${String(rounds)} deaths, ${String(inDoubt)} captures in doubt when the shop came back, 0 doubled, 0 lost`,
      );
    },
  );
});

/** The movements that the dead process has left without an end. */
function countOpen(): number {
  const database = new Database(shop.databaseFile);
  const rows = database.prepare("select id from purse_journal where state = 'open'").all();
  database.close();
  return rows.length;
}

/** Sends the form, and ends the process at the moment wanted. */
async function dieWhile(running: RunningShop, moment: Moment, send: () => Promise<unknown>): Promise<void> {
  let killed: Promise<void> | undefined;
  const kill = (): Promise<void> => (killed ??= running.kill());
  onMoment = async (now) => {
    if (now === moment) await kill();
  };
  const sent = send().catch(() => undefined); // Its connection dies with the process.
  if (moment === "at random") {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    await kill();
  }
  await sent;
  await kill();
  onMoment = () => Promise.resolve();
}
