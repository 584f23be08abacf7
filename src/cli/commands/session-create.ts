import type { ClientSession, Webhook } from "../../../generated/schema.js";
import { checkIdempotencyKey, newIdempotencyKey } from "../../idempotency/key.js";
import { toMinorUnits } from "../../money/index.js";
import { createWebhookSecretHeader } from "../../webhooks/delivery/secret.js";
import { UsageError, type Arguments } from "../arguments.js";
import { createClient } from "../client.js";
import { deadlineOption, jsonOption, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { describePlace, readPlace } from "../environment.js";
import { amountText, table, toJson } from "../presentation.js";
import { readWebhookSecret } from "../webhook-secret.js";

export const sessionCreate: Command = {
  name: "session create",
  summary: "Opens a client session: a page or widget where a shopper can pay. Charges nothing by itself.",
  operands: [],
  options: {
    amount: { value: "19.99", help: "how much, as a decimal" },
    currency: { value: "CODE", help: "ISO 4217, for example EUR" },
    reference: { value: "TEXT", help: "your order's reference" },
    "return-url": { value: "URL", help: "where the shopper comes back to" },
    "hosted-page": { help: "pay on a page of Purse's instead of a widget; prints its address" },
    "entity-id": { value: "UUID", help: "instead of PURSE_ENTITY_ID" },
    "webhook-url": { value: "URL", help: "where to notify; with PURSE_WEBHOOK_SECRET in a header, if set" },
    "idempotency-key": { value: "KEY", help: "names this one session (default: a new one)" },
    ...jsonOption,
    ...deadlineOption,
  },
  notes:
    "If the answer is lost (exit code 3), open another session: whether Purse honours the key here is not documented,\n" +
    "and a session alone charges nothing.",
  async run({ args, terminal, signal }) {
    const [decimal, currency] = [args.required("amount"), args.required("currency")];
    const amount = toMinorUnits(decimal, currency);
    if (amount === 0) throw new UsageError("--amount must be more than zero.");
    const params = {
      amount,
      currency,
      shopper_redirection_url: args.required("return-url"),
      order: { reference: args.required("reference"), net_amount: amount },
      integration_mode: args.has("hosted-page") ? ("HOSTED_PAGE" as const) : ("EMBEDDED" as const),
      ...entityOf(args),
      ...webhookOf(args),
    };
    const key = checkIdempotencyKey(args.text("idempotency-key") ?? newIdempotencyKey());
    const purse = createClient(args);
    await terminal.tell(`where  ${describePlace(readPlace())}\nkey    ${key}`);
    const session = await purse.clientSessions.create(params, { idempotencyKey: key, signal });
    terminal.print(args.has("json") ? toJson(session) : describeSession(session));
    return exitCodes.ok;
  },
};

function entityOf(args: Arguments): { entity_id?: string } {
  const id = args.text("entity-id");
  return id === undefined ? {} : { entity_id: id };
}

function webhookOf(args: Arguments): { webhook?: Webhook } {
  const url = args.text("webhook-url");
  if (url === undefined) return {};
  const secret = readWebhookSecret();
  if (secret === undefined) return { webhook: { url } };
  return { webhook: { url, headers: [createWebhookSecretHeader({ secret })] } };
}

/** Answers are not validated, so members may be missing. */
function describeSession(session: Partial<ClientSession>): string {
  const page = session.links?.hosted_page?.href;
  return table([
    ["session", session.id ?? "?"],
    ["status", session.status ?? "?"],
    ["amount", amountText(session.amount, session.currency)],
    ["expires", session.expires_at ?? "?"],
    ...(page === undefined ? [] : [["page", page] as const]),
  ]);
}
