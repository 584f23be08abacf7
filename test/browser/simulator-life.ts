import { testCards } from "purse-payments/simulator";
import type { SimulatorStage } from "./simulator-stage.js";

/** Stands in for the receivers of webhooks: the one of the last payment fails. */
export function answerWebhook(url: string): Promise<Response> {
  return Promise.resolve(new Response(null, { status: url.includes("failing") ? 500 : 200 }));
}

/** Fills the simulator with payments in every state, webhooks, faults and requests, for a dashboard worth looking at. */
export async function liveThroughADay({ simulator, purse }: SimulatorStage): Promise<void> {
  let count = 0;
  async function open(amount = 4299, webhook = "https://shop.example/webhooks"): Promise<string> {
    count += 1;
    const { id } = await purse.clientSessions.create({
      amount,
      currency: "EUR",
      shopper_redirection_url: "https://shop.example/return",
      webhook: { url: webhook },
      order: { reference: `order-${String(count)}`, net_amount: amount },
    });
    return id;
  }
  async function pay(card = testCards.approved.number, giftCardAmount = 0): Promise<string> {
    const sessionId = await open();
    await simulator.shopper.pay(sessionId, { card, giftCardAmount });
    return simulator.dump().state.sessions[sessionId]?.paymentId ?? "";
  }

  await Promise.all([open(), open(119_900), open()]);
  await simulator.shopper.cancel(await open());
  await pay(testCards.refused.number);
  await pay(testCards.error.number);
  const captured = await pay();
  await purse.payments.capture(captured, { amount: 4299 });
  const mixed = await pay(testCards.approvedMastercard.number, 2000);
  await purse.payments.capture(mixed, { amount: 3000 });
  await purse.payments.refund(mixed, { amount: 500 });
  await purse.payments.void(mixed, { amount: 299 });
  const open1 = await pay();
  simulator.partners.next("undecided", { kind: "capture" });
  await purse.payments.capture(open1, { amount: 1000 });
  simulator.partners.next("refuse", { kind: "capture" });
  await purse.payments.capture(open1, { amount: 1299 });
  await pay(testCards.undecided.number);
  await simulator.shopper.pay(await open(4299, "https://shop.example/failing"));
  await simulator.idle();
  simulator.faults.add({ kind: "stale_read", operation: "getPayment", times: "always" });
  simulator.faults.add({ kind: "webhook_duplicate", times: 3 });
  simulator.partners.next("pending_then_refuse", { kind: "refund" });
  await simulator.rotateSigningKey({ retireAfterMs: 3_600_000 });
}
