import { beforeEach, expect, test } from "vitest";
import { createWebhookHandler, createWebhookSecretHeader } from "../../../src/webhooks/index.js";
import { movedBy, simulate, smallOrder, type Simulated } from "../../support/simulated.js";
import { webhookSecret } from "../../support/webhooks.js";

/** What is told of a payment by a receiver that has forgotten it: after a deploy, with the store in memory. */

let simulated: Simulated;
let receive: (request: Request) => Promise<Response>;
let told: string[];

/** A process that has just started. */
function deploy(): void {
  const note = (name: string) => (): unknown => told.push(name);
  receive = createWebhookHandler(simulated.purse, {
    secrets: [webhookSecret],
    on: {
      authorized: note("ship"),
      captured: note("captured"),
      refunded: note("refunded"),
      voided: note("voided"),
      fallback: note("nothing"),
    },
  });
}

beforeEach(() => {
  told = [];
  simulated = simulate({}, { fetch: (url, init) => receive(new Request(url, init)) });
  deploy();
});

async function pay(): Promise<string> {
  const { purse, simulator } = simulated;
  const webhook = {
    url: "https://shop.example/purse",
    headers: [createWebhookSecretHeader({ secret: webhookSecret })],
  };
  const session = await purse.clientSessions.create({ ...smallOrder, webhook });
  await simulator.shopper.pay(session.id);
  await simulator.idle();
  return (await purse.clientSessions.retrieve(session.id)).payment_id ?? "";
}

test("a payment that was voided is not shipped once more after a deploy", async () => {
  const { purse, simulator } = simulated;
  const id = await pay();
  deploy();
  await purse.payments.void(id, { amount: 12_000 });
  await simulator.idle();
  expect(movedBy(simulator, id)["void"]).toEqual([12_000]);
  expect(told).toEqual(["ship", "voided"]);
});

test("a payment that was refunded is not shipped once more after a deploy", async () => {
  const { purse, simulator } = simulated;
  const id = await pay();
  await purse.payments.capture(id, { amount: 12_000 });
  await simulator.idle();
  deploy();
  await purse.payments.refund(id, { amount: 12_000 });
  await simulator.idle();
  expect(movedBy(simulator, id)["refund"]).toEqual([12_000]);
  expect(told).toEqual(["ship", "captured", "refunded"]);
});

test("a payment whose void is under way is not shipped after a deploy, but when the void has failed", async () => {
  const { purse, simulator } = simulated;
  const id = await pay();
  deploy();
  simulator.partners.next("undecided", { kind: "void" });
  const { voids } = await purse.payments.void(id, { amount: 12_000 });
  await simulator.idle();
  expect(told).toEqual(["ship", "nothing"]);
  simulator.partners.settle(voids[0]?.id ?? "", "refuse");
  await simulator.idle();
  expect(movedBy(simulator, id)["void"]).toBeUndefined();
  expect(told).toEqual(["ship", "nothing", "ship", "nothing"]); // The failed void has no handler here.
});
