// What a CommonJS program does: require() of an ES module, as Node 20.19 and newer have it.
const assert = require("node:assert/strict");
const { Purse, PurseBadRequestError, isPurseError } = require("purse-payments");
const { formatMoney, toMinorUnits } = require("purse-payments/money");
const { createSimulator } = require("purse-payments/simulator");

async function main() {
  const { Purse: imported } = await import("purse-payments");
  assert.equal(imported, Purse, "one copy, however it is loaded");
  const simulator = createSimulator();
  const { baseUrl, fetch, clientId, clientSecret, entityId } = simulator;
  const purse = new Purse({ baseUrl, fetch, clientId, clientSecret, entityId });
  const amount = toMinorUnits("42.99", "EUR");
  const session = await purse.clientSessions.create({
    amount,
    currency: "EUR",
    shopper_redirection_url: "https://shop.example/return",
    order: { reference: "order-1", net_amount: amount },
  });
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  const { payment_id: id } = await purse.redirection.verify(redirectUrl);
  const refused = await purse.payments.capture(id, { amount: amount + 1 }).catch((error) => error);
  assert.ok(isPurseError(refused) && refused instanceof PurseBadRequestError);
  assert.equal((await purse.payments.capture(id, { amount })).amounts.total_captured, amount);
  console.log(`captured ${formatMoney(amount, "EUR", "en-IE")}`);
}

void main();
