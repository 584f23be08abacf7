import { connect } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startWebhookReceiver, type WebhookReceiver } from "../../examples/demo/webhook-receiver.js";
import { simulate, smallOrder, type Simulated } from "../support/simulated.js";

let simulated: Simulated;
let receiver: WebhookReceiver;

beforeEach(async () => {
  simulated = simulate();
  receiver = await startWebhookReceiver(simulated.purse);
});

afterEach(async () => {
  receiver.close();
  await simulated.simulator.close();
});

/** Pays, and gives what the receiver hears of it. */
async function payAndHear(): Promise<{ paymentId: string; heard: string }> {
  const { simulator, purse } = simulated;
  const session = await purse.clientSessions.create({ ...smallOrder, webhook: receiver.registration });
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  const { payment_id: paymentId = "" } = await purse.redirection.verify(redirectUrl);
  return { paymentId, heard: (await receiver.next(paymentId)).id };
}

/** Sends the beginning of a delivery and goes away. */
async function cut(headers: readonly string[]): Promise<void> {
  const { port } = new URL(receiver.registration.url);
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1", () => {
      const lines = ["POST /purse HTTP/1.1", "host: 127.0.0.1", "content-type: application/json", ...headers];
      socket.write(`${lines.join("\r\n")}\r\ncontent-length: 1000\r\n\r\n{"id":`, () => {
        socket.destroy();
      });
    });
    socket.on("close", () => {
      resolve();
    });
    socket.on("error", reject);
  });
}

it("hears of a payment, after a body that was cut off and one of a stranger", async () => {
  await cut([]);
  const [secret] = receiver.registration.headers ?? [];
  await cut([`${secret?.name ?? ""}: ${secret?.values[0] ?? ""}`]);
  const stranger = await fetch(receiver.registration.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id: "any", version: 1 }),
  });
  expect(stranger.status).toBe(401);
  const { paymentId, heard } = await payAndHear();
  expect(heard).toBe(paymentId);
});

it("gives the payment as it was read back, not as the delivery said", async () => {
  const { simulator } = simulated;
  const { paymentId } = await payAndHear();
  const [secret] = receiver.registration.headers ?? [];
  const reads = simulator.requests().filter(({ operation }) => operation === "getPayment");
  expect(reads.map(({ path }) => path.endsWith(paymentId))).toEqual([true]);
  const forged = await fetch(receiver.registration.url, {
    method: "POST",
    headers: { "content-type": "application/json", [secret?.name ?? ""]: secret?.values[0] ?? "" },
    body: JSON.stringify({ id: crypto.randomUUID(), version: 1 }),
  });
  expect(forged.status).toBe(400);
});
