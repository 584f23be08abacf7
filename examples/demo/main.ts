import { isPurseError } from "purse-payments";
import { choosePlace, type Place } from "./place.js";
import { captureAndRefund, openSession, payAndHear, voidAll } from "./purchase.js";
import { DemoRefusal } from "./refusal.js";
import { note, tell } from "./telling.js";
import { startWebhookReceiver } from "./webhook-receiver.js";

/** One purchase from token to refund, and a second one that is voided. */
async function withTestShopper(place: Place): Promise<void> {
  const { purse, simulator } = place;
  const receiver = await startWebhookReceiver(purse);
  try {
    const session = await openSession(purse, "123456789", receiver);
    const payment = await payAndHear(purse, session, receiver);
    await captureAndRefund(purse, payment);

    console.log("\nA second order, paid but never captured:\n");
    const other = await openSession(purse, "123456790", receiver);
    await voidAll(purse, await payAndHear(purse, other, receiver));
  } finally {
    receiver.close();
  }
  if (simulator === undefined) return;
  await simulator.idle();
  const tokenRequests = simulator.requests().filter(({ path }) => path === "/oauth/token").length;
  console.log(`\nThe simulator's ledger (${String(tokenRequests)} token request in all):\n`);
  for (const entry of simulator.ledger.entries()) {
    console.log(
      `     ${entry.kind.padEnd(14)} ${String(entry.amount).padStart(6)} ${entry.currency}  payment ${entry.paymentId}`,
    );
  }
}

/** As far as it goes without a person: the payment page of the sandbox is not ours to click through. */
async function withoutShopper({ purse }: Place): Promise<void> {
  const session = await openSession(purse, `demo-${String(Date.now())}`);
  const read = await purse.clientSessions.retrieve(session.id);
  tell("Read back", `${read.id}, ${read.status}`);
  const { keys } = await purse.signingKeys.list();
  tell("Signing keys", `${String(keys.length)} listed`);
  tell(
    "Needs a shopper",
    `to pay on ${session.links.hosted_page?.href ?? "the page made from the session's widget"}`,
  );
  note("then: verify the redirect, read the payment, capture, refund, void. The simulator shows all of it.");
  const aborted = await purse.clientSessions.abort(session.id);
  tell("Abort", `the session is ${aborted.status}, so that nothing stays open`);
}

async function main(): Promise<number> {
  let place: Place | undefined;
  try {
    place = await choosePlace(process.env);
    console.log(`\nA purchase on ${place.name}\n`);
    const token = await place.purse.accessTokens.retrieve();
    tell(
      "Token",
      `${token.token_type}, good for ${String(token.expires_in)} s, shared by all calls that follow`,
    );
    await (place.hasTestShopper ? withTestShopper(place) : withoutShopper(place));
    console.log("\nDone.");
    return 0;
  } catch (error) {
    if (!(error instanceof DemoRefusal) && !isPurseError(error)) throw error;
    console.error(`demo: ${error.message}`);
    if ("detail" in error && error.detail !== undefined) console.error(`      ${error.detail}`);
    return 1;
  } finally {
    await place?.close();
  }
}

process.exitCode = await main();
