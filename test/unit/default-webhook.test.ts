import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Purse, PurseConfigurationError, type PurseOptions, type WebhookRequest } from "../../src/index.js";
import { rejectionOf, thrownBy } from "../support/failures.js";
import { simulate, smallOrder } from "../support/simulated.js";

const webhook: WebhookRequest = {
  url: "https://shop.example/webhooks/purse",
  headers: [{ name: "x-purse-webhook-secret", values: ["secret-of-the-test-suite"] }],
};
const own = { url: "https://shop.example/other" };

/** What each call sent as its webhook. */
function record(options: PurseOptions): { purse: Purse; sent: unknown[] } {
  const sent: unknown[] = [];
  const { simulator } = simulate();
  const { purse } = simulate({
    ...options,
    fetch: (url, init) => {
      const text = typeof init.body === "string" ? init.body : "";
      if (text.startsWith("{")) sent.push((JSON.parse(text) as { webhook?: unknown }).webhook);
      return simulator.fetch(url, init);
    },
  });
  return { purse, sent };
}

const order = { amount: smallOrder.amount, currency: smallOrder.currency, order: smallOrder.order };
const payment = { ...order, split: [{ amount: order.amount, partner: "aci", method: "creditcard" }] };

test("sessions and payments have the client's webhook, unless they have one of their own", async () => {
  const { purse, sent } = record({ webhook });
  await purse.clientSessions.create(smallOrder);
  await purse.clientSessions.create({ ...smallOrder, webhook: own });
  await purse.payments.create(payment);
  await purse.payments.create({ ...payment, webhook: own });
  expect(sent).toEqual([webhook, own, webhook, own]);
});

test("nothing else has it", async () => {
  const { purse, sent } = record({ webhook });
  const session = await purse.clientSessions.create(smallOrder);
  await purse.clientSessions.abort(session.id);
  await purse.paymentLinks.create(smallOrder);
  await purse.eligibleSolutions.list(order);
  expect(sent).toEqual([webhook, undefined, undefined, undefined]);
});

test("a client without one sends none", async () => {
  const { purse, sent } = record({ webhook: undefined });
  await purse.clientSessions.create(smallOrder);
  expect(sent).toEqual([undefined]);
});

test("it is as it was when the client was made, and what is sent is no way to it", async () => {
  const mine = structuredClone(webhook);
  const { purse, sent } = record({ webhook: mine });
  mine.url = "https://evil.example/";
  mine.headers?.pop();
  const params = { ...smallOrder };
  await purse.clientSessions.create(params);
  expect(params).not.toHaveProperty("webhook");
  expect(sent).toEqual([webhook]);
});

test("an answer that quotes its secret is masked, whichever call it answers", async () => {
  const title = "callback header x-purse-webhook-secret: secret-of-the-test-suite was refused";
  const { purse } = simulate({
    webhook,
    fetch: (url, init) =>
      url.endsWith("/oauth/token")
        ? simulate().simulator.fetch(url, init)
        : Promise.resolve(Response.json({ title, status: 400 }, { status: 400 })),
  });
  const error = await rejectionOf(
    purse.payments.capture("3f0c3f3e-7a3e-4d0e-8f3e-1d2c3b4a5f60", { amount: 1 }),
  );
  expect(String(error)).toContain("callback header");
  expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain("secret-of-the-test-suite");
});

test.each<[string, unknown, RegExp]>([
  ["null", null, /^webhook must be an object/],
  ["an address alone", "https://shop.example/", /^webhook must be an object/],
  ["a list", [webhook], /^webhook must be an object/],
  ["a map", new Map([["url", webhook.url]]), /^webhook/],
  ["no address", { headers: webhook.headers }, /^webhook\.url must be an absolute URL/],
  ["an address that is no text", { url: new URL(webhook.url) }, /^webhook\.url/],
  ["a misspelt member", { ...webhook, header: [] }, /^webhook\.header is not known\. Did you mean headers/],
  ["a path", { url: "/webhooks/purse" }, /^webhook\.url must be an absolute URL/],
  ["a script", { url: "javascript:1" }, /^webhook\.url must start with https/],
  ["a line break in the address", { url: `${webhook.url}\n` }, /^webhook\.url must not contain control/],
  [
    "a function",
    { ...webhook, headers: [{ name: "a", values: [() => "secret"] }] },
    /^webhook\.headers\[0\]\.values\[0\] cannot/,
  ],
  ["a secret that was forgotten", { ...webhook, headers: [undefined] }, /^webhook\.headers\[0\] is missing/],
  [
    "a value that was forgotten",
    { ...webhook, headers: [{ name: "a", values: [undefined] }] },
    /^webhook\.headers\[0\]\.values\[0\] is missing/,
  ],
  [
    "a getter that throws",
    {
      get url() {
        throw new Error("x");
      },
    },
    /^webhook cannot be read/,
  ],
])("%s is refused when the client is made", (_name, given, message) => {
  const { simulator } = simulate();
  const { baseUrl, clientId, clientSecret } = simulator;
  const options = { baseUrl, clientId, clientSecret, webhook: given } as PurseOptions;
  const error = thrownBy(() => new Purse(options));
  expect(error).toBeInstanceOf(PurseConfigurationError);
  expect((error as Error).message).toMatch(message);
});
