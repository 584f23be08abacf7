import { closeSync, openSync } from "node:fs";
import { Purse } from "../../../src/index.js";

/** Creates a payment while it has no file descriptor left for a connection, and gets them back before the next attempt. */
const [baseUrl = "", tokenUrl = "", clientId = "", clientSecret = "", entityId = ""] = process.argv.slice(2);

const held: number[] = [];
const reasons: string[] = [];
const purse = new Purse({
  baseUrl,
  tokenUrl,
  clientId,
  clientSecret,
  entityId,
  hooks: {
    onAttemptEnd: ({ outcome, failure = "" }) => reasons.push(`${outcome} ${failure}`.trim()),
    onRetry() {
      for (const descriptor of held.splice(0)) closeSync(descriptor);
    },
  },
});
await purse.accessTokens.retrieve();
try {
  for (;;) held.push(openSync("/dev/null", "r"));
} catch {
  // None is left.
}
const payment = await purse.payments.create({
  amount: 700,
  currency: "EUR",
  order: { reference: "order-1", net_amount: 700 },
  split: [{ partner: "illicado", method: "giftcard", amount: 700 }],
});
process.stdout.write(JSON.stringify({ id: payment.id, reasons }), () => process.exit(0));
