import type { Payment } from "../../../generated/schema.js";
import type { Purse } from "../../client.js";
import { PurseConnectionError } from "../../errors/connection-error.js";
import { newIdempotencyKey } from "../../idempotency/key.js";
import { toMinorUnits } from "../../money/index.js";
import { createShopper } from "../../simulator/checkout/shopper.js";
import { UsageError, type Arguments } from "../arguments.js";
import { createClient, readUrl } from "../client.js";
import { deadlineOption, jsonOption, type Command, type CommandContext } from "../command.js";
import { exitCodes, type ExitCode } from "../exit-codes.js";
import { table, toJson } from "../presentation.js";
import { errorJson, interrupted } from "../report.js";
import { awaitWebhooks, requireSimulator } from "../trigger/local-simulator.js";
import { describePayment } from "./payment-get.js";
import { toWebhook } from "./session-create.js";
import { defaultPort } from "./webhook-listen.js";

const events = ["authorized", "refused", "captured", "refunded", "voided"] as const;
type Event = (typeof events)[number];

const defaultWebhookUrl = `http://127.0.0.1:${String(defaultPort)}/`;
const defaultReturnUrl = "http://127.0.0.1:3000/return";

export const trigger: Command = {
  name: "trigger",
  summary: "Makes a test payment on the simulator, so that it sends the webhooks of an event.",
  operands: ["EVENT"],
  options: {
    amount: { value: "42.99", help: "how much, as a decimal (default 42.99)" },
    currency: { value: "CODE", help: "ISO 4217 (default EUR)" },
    reference: { value: "TEXT", help: "the order's reference (default: a random one)" },
    "return-url": { value: "URL", help: `where the shopper returns to (default ${defaultReturnUrl})` },
    "webhook-url": {
      value: "URL",
      help: `where to notify (default ${defaultWebhookUrl}: purse webhook listen)`,
    },
    ...jsonOption,
    ...deadlineOption,
  },
  notes:
    `EVENT is one of: ${events.join(", ")}. The simulator's shopper pays a new session, or is\n` +
    "refused; captured, refunded and voided then capture, refund or void the whole amount. With PURSE_WEBHOOK_SECRET\n" +
    "set, the webhooks carry it. Works only with a simulator on this computer (npx --no-install purse-simulator).\n" +
    "Exit codes: 0 the receiver accepted every webhook, 1 it did not, or the payment took another course.",
  async run(context) {
    try {
      return await run(context);
    } catch (error) {
      if (!context.signal.aborted) throw error;
      if (context.args.has("json")) context.terminal.print(errorJson(interrupted));
      await context.terminal.tell("Interrupted.");
      return exitCodes.failed;
    }
  },
};

async function run({ args, terminal, signal }: CommandContext): Promise<ExitCode> {
  const event = readEvent(args.operands[0]);
  const order = readOrder(args);
  const baseUrl = await requireSimulator(signal);
  const purse = createClient(args);
  const { payment, redirectUrl } = await makePayment(purse, event, order, { baseUrl, signal });
  const webhook = await awaitWebhooks(baseUrl, payment.id, signal);
  const isReached = hasReached(payment, event);
  terminal.print(
    args.has("json")
      ? toJson({
          event,
          reached: isReached,
          webhook: { url: order.webhookUrl, ...webhook },
          redirect_url: redirectUrl,
          payment,
        })
      : describe(payment, redirectUrl, `${webhook.text}, ${order.webhookUrl}`),
  );
  if (!isReached)
    await terminal.tell(
      `The payment was not ${event}: ${baseUrl}/_simulator/ shows faults and partner answers.`,
    );
  if (!webhook.accepted) await terminal.tell(adviceOnWebhook(order.webhookUrl));
  return isReached && webhook.accepted ? exitCodes.ok : exitCodes.failed;
}

function readEvent(given: string | undefined): Event {
  const event = events.find((candidate) => candidate === given);
  if (event === undefined) throw new UsageError(`EVENT must be one of: ${events.join(", ")}.`);
  return event;
}

interface Order {
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
  readonly returnUrl: string;
  readonly webhookUrl: string;
}

function readOrder(args: Arguments): Order {
  const currency = args.text("currency")?.toUpperCase() ?? "EUR";
  const amount = toMinorUnits(args.text("amount") ?? "42.99", currency);
  if (amount === 0) throw new UsageError("--amount must be more than zero.");
  return {
    amount,
    currency,
    reference: args.text("reference") ?? `trigger-${newIdempotencyKey().slice(0, 8)}`,
    returnUrl: readUrl(args, "return-url") ?? defaultReturnUrl,
    webhookUrl: readUrl(args, "webhook-url") ?? defaultWebhookUrl,
  };
}

/** The way of a real payment: session, payment page, and the operation of the event. */
async function makePayment(
  purse: Purse,
  event: Event,
  { amount, currency, reference, returnUrl, webhookUrl }: Order,
  { baseUrl, signal }: { baseUrl: string; signal: AbortSignal },
): Promise<{ payment: Payment; redirectUrl: string }> {
  const params = {
    amount,
    currency,
    integration_mode: "HOSTED_PAGE",
    shopper_redirection_url: returnUrl,
    order: { reference, net_amount: amount },
    webhook: toWebhook(webhookUrl),
  } as const;
  const session = await purse.clientSessions.create(params, { signal });
  const shopper = createShopper({
    fetch: (url, init) => fetch(url, { ...init, signal }),
    baseUrl: () => baseUrl,
    entityId: session.entity_id,
    currencyOf: () => currency,
  });
  const { redirectUrl } = await shopper[event === "refused" ? "refuse" : "pay"](session.id);
  const { payment_id: id } = await purse.clientSessions.retrieve(session.id, { signal });
  if (id === undefined) throw new PurseConnectionError("The simulator made no payment for the session.");
  if (event === "captured" || event === "refunded") await purse.payments.capture(id, { amount }, { signal });
  if (event === "refunded") await purse.payments.refund(id, { amount }, { signal });
  if (event === "voided") await purse.payments.void(id, { amount }, { signal });
  return { payment: await purse.payments.retrieve(id, { signal }), redirectUrl };
}

function hasReached({ authorization, captures, refunds, voids }: Payment, event: Event): boolean {
  if (event === "authorized" || event === "refused") return authorization.status === event.toUpperCase();
  const operations = { captured: captures, refunded: refunds, voided: voids }[event];
  return operations.at(-1)?.status === "SUCCESS";
}

function describe(payment: Payment, redirectUrl: string, webhook: string): string {
  const rows = table([
    ["webhooks", webhook],
    ["returned to", redirectUrl],
  ]);
  return `${describePayment(payment)}\n\n${rows}`;
}

function adviceOnWebhook(url: string): string {
  const advice =
    url === defaultWebhookUrl
      ? "Run purse webhook listen in another terminal, or give --webhook-url."
      : "Look at the receiver's log.";
  return `The webhook was not accepted. ${advice}`;
}
