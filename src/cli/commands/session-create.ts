import { captureModeValues } from "../../../generated/enums.js";
import type { ClientSession, Webhook } from "../../../generated/schema.js";
import { checkIdempotencyKey, newIdempotencyKey } from "../../idempotency/key.js";
import { toMinorUnits } from "../../money/index.js";
import type { CreateClientSessionParams } from "../../resources/request-types.js";
import { createWebhookSecretHeader } from "../../webhooks/delivery/secret.js";
import { UsageError, type Arguments } from "../arguments.js";
import { createClient } from "../client.js";
import { deadlineOption, jsonOption, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { describeEnvironment, readEnvironment } from "../environment.js";
import { amountText, table, toJson } from "../presentation.js";
import { readWebhookSecret } from "../webhook-secret.js";

export const sessionCreate: Command = {
  name: "session create",
  summary: "Opens a client session: a page or widget where a shopper can pay. Charges nothing by itself.",
  operands: [],
  options: {
    amount: {
      value: "19.99",
      help: "how much, as a decimal; 0 only with --future-usage",
      required: "always",
    },
    currency: { value: "CODE", help: "ISO 4217, for example EUR", required: "always" },
    reference: { value: "TEXT", help: "your order's reference", required: "always" },
    "return-url": { value: "URL", help: "where the shopper returns to", required: "always" },
    "hosted-page": { help: "pay on a page of Purse instead of a widget; prints its address" },
    "capture-mode": {
      value: "MODE",
      help: "manual: you capture (default); automatic: Purse captures",
    },
    "future-usage": { help: "allow later payments without the shopper; cards are always challenged" },
    "entity-id": { value: "UUID", help: "instead of PURSE_ENTITY_ID" },
    "webhook-url": { value: "URL", help: "where to notify; with PURSE_WEBHOOK_SECRET in a header, if set" },
    "idempotency-key": { value: "KEY", help: "identifies this one session (default: a new one)" },
    ...jsonOption,
    ...deadlineOption,
  },
  notes:
    "Without --hosted-page it prints the HTML that shows the widget: save it as a page and open it. An amount of 0 checks\n" +
    "a card for later use and charges nothing. If the answer is lost (exit code 3), open another session: whether Purse\n" +
    "honours the key here is not documented, and a session alone charges nothing.",
  async run({ args, terminal, signal }) {
    const params = readParams(args);
    const key = checkIdempotencyKey(args.text("idempotency-key") ?? newIdempotencyKey());
    const purse = createClient(args);
    await terminal.tell(`where  ${describeEnvironment(readEnvironment())}\nkey    ${key}`);
    const session = await purse.clientSessions.create(params, { idempotencyKey: key, signal });
    terminal.print(args.has("json") ? toJson(session) : describeSession(session));
    return exitCodes.ok;
  },
};

function readParams(args: Arguments): CreateClientSessionParams {
  const currency = args.required("currency").toUpperCase();
  const amount = toMinorUnits(args.required("amount"), currency);
  const isReusable = args.has("future-usage");
  if (amount === 0 && !isReusable)
    throw new UsageError(
      "--amount must be more than zero, or 0 together with --future-usage, which checks a card and charges nothing.",
    );
  return {
    amount,
    currency,
    shopper_redirection_url: args.required("return-url"),
    order: { reference: args.required("reference"), net_amount: amount },
    integration_mode: args.has("hosted-page") ? "HOSTED_PAGE" : "EMBEDDED",
    ...captureModeOf(args),
    ...(isReusable ? futureUsage : {}),
    ...entityOf(args),
    ...webhookOf(args),
  };
}

/** With the challenge that the documentation asks for with cards. */
const futureUsage: Pick<CreateClientSessionParams, "allow_future_usage" | "three_ds_authentication_options"> =
  {
    allow_future_usage: true,
    three_ds_authentication_options: { challenge_indicator: "CHALLENGE_REQUESTED_BY_MERCHANT" },
  };

function captureModeOf(args: Arguments): Pick<CreateClientSessionParams, "capture_mode"> {
  const given = args.text("capture-mode");
  if (given === undefined) return {};
  const mode = captureModeValues.find((value) => value === given.toUpperCase());
  if (mode !== undefined) return { capture_mode: mode };
  throw new UsageError(`--capture-mode must be one of: ${captureModeValues.join(", ").toLowerCase()}.`);
}

function entityOf(args: Arguments): { entity_id?: string } {
  const id = args.text("entity-id");
  return id === undefined ? {} : { entity_id: id };
}

function webhookOf(args: Arguments): { webhook?: Webhook } {
  const url = args.text("webhook-url");
  return url === undefined ? {} : { webhook: toWebhook(url) };
}

/** With the secret in a header, if it is set. */
export function toWebhook(url: string): Webhook {
  const secret = readWebhookSecret();
  return secret === undefined ? { url } : { url, headers: [createWebhookSecretHeader({ secret })] };
}

/** Answers are not validated, so members may be missing. */
function describeSession(session: Partial<ClientSession>): string {
  const page = session.links?.hosted_page?.href;
  const mode = session.capture_mode;
  const shown = table([
    ["session", session.id ?? "?"],
    ["status", session.status ?? "?"],
    ["amount", amountText(session.amount, session.currency)],
    ...(mode === undefined ? [] : [["capture", mode] as const]),
    ...(session.allow_future_usage === true ? [["future use", "allowed"] as const] : []),
    ["expires", session.expires_at ?? "?"],
    ...(page === undefined ? [] : [["page", page] as const]),
  ]);
  const { js_url: script, data } = session.widget ?? {};
  if (page !== undefined || script === undefined || data === undefined) return shown;
  return `${shown}\n\n${widgetHtml(script, data)}`;
}

/** The widget as the vendor documents it, ready to be pasted into a page. */
function widgetHtml(script: string, data: string): string {
  const address = script.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const session = JSON.stringify(data).replaceAll("<", String.raw`\u003c`);
  return `<!doctype html>
<script src="${address}"></script>
<div id="purse"></div>
<script type="module">
  const checkout = await Purse.createDropinCheckout({ session: ${session} });
  await checkout.mount(document.querySelector("#purse"));
</script>`;
}
