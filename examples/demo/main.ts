import { isPurseError } from "purse-payments";
import { chooseEnvironment, type Environment } from "./environment.js";
import { captureAndRefund, openSession, payAndAwaitWebhook, voidAll } from "./purchase.js";
import { DemoError } from "./demo-error.js";
import { printNote, printStep } from "./output.js";
import { startWebhookReceiver } from "./webhook-receiver.js";

/** One purchase from token to refund, and a second one that is voided. */
async function withTestShopper(environment: Environment): Promise<void> {
  const { purse, simulator } = environment;
  const receiver = await startWebhookReceiver(purse);
  try {
    const session = await openSession(purse, "123456789", receiver);
    const payment = await payAndAwaitWebhook(purse, session, receiver);
    await captureAndRefund(purse, payment);

    console.log("\nA second order, paid but never captured:\n");
    const other = await openSession(purse, "123456790", receiver);
    await voidAll(purse, await payAndAwaitWebhook(purse, other, receiver));
  } finally {
    receiver.close();
  }
  if (simulator === undefined) return;
  await simulator.idle();
  const tokenRequests = simulator.requests().filter(({ path }) => path === "/oauth/token").length;
  console.log(`\nThe simulator's ledger (${String(tokenRequests)} token request in total):\n`);
  for (const entry of simulator.ledger.entries()) {
    console.log(
      `     ${entry.kind.padEnd(14)} ${String(entry.amount).padStart(6)} ${entry.currency}  payment ${entry.paymentId}`,
    );
  }
}

/** Stops before payment, because the sandbox's payment page needs a person. */
async function withoutShopper({ purse }: Environment): Promise<void> {
  const session = await openSession(purse, `demo-${String(Date.now())}`);
  const read = await purse.clientSessions.retrieve(session.id);
  printStep("Read back", `${read.id}, ${read.status}`);
  const { keys } = await purse.signingKeys.list();
  printStep("Signing keys", `${String(keys.length)} listed`);
  printStep(
    "Needs a shopper",
    `to pay on ${session.links.hosted_page?.href ?? "a page with the session's widget"}`,
  );
  printNote(
    "then: verify the redirect, read the payment, capture, refund, void. The simulator shows all of it.",
  );
  const aborted = await purse.clientSessions.abort(session.id);
  printStep("Abort", `the session is ${aborted.status}, so nothing is left open`);
}

async function main(): Promise<number> {
  let environment: Environment | undefined;
  try {
    environment = await chooseEnvironment(process.env);
    console.log(`\nA purchase on ${environment.name}\n`);
    const token = await environment.purse.accessTokens.retrieve();
    printStep(
      "Token",
      `${token.token_type}, valid for ${String(token.expires_in)} s, shared by all following calls`,
    );
    await (environment.hasTestShopper ? withTestShopper(environment) : withoutShopper(environment));
    console.log("\nDone.");
    return 0;
  } catch (error) {
    if (!(error instanceof DemoError) && !isPurseError(error)) throw error;
    console.error(`demo: ${error.message}`);
    if ("detail" in error && error.detail !== undefined) console.error(`      ${error.detail}`);
    return 1;
  } finally {
    await environment?.close();
  }
}

process.exitCode = await main();
