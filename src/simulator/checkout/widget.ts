import { fields, suggestExpiry } from "./card-form.js";
import { toScript } from "./client-script.js";
import { isOpen, statusOf } from "../payments/client-sessions.js";
import type { Context } from "../context.js";
import { act, findPayable, leadsToWeb, toReturnAddress } from "./hosted-page.js";
import { chooseTexts } from "./hosted-page-texts.js";
import { formatAmount } from "./html.js";
import { badRequest, unknownResource } from "../protocol/problems.js";
import type { SessionRecord } from "../state/records.js";
import { approvedCard, testCards, type TestCardName } from "../partners/test-cards.js";
import { readBody } from "../protocol/validation.js";
import { widgetClient, type WidgetSession } from "./widget-client.js";
import { widgetStyle } from "./widget-style.js";

/** Shops are other origins: their pages may load the script and talk to these addresses, without cookies. */
const crossOrigin: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** The script that `widget.js_url` of a session names. */
export function answerWidgetScript(request: Request): Response {
  const { origin } = new URL(request.url);
  const script = toScript(widgetClient, { origin, style: widgetStyle, names: fields });
  return new Response(script, {
    headers: { ...crossOrigin, "content-type": "text/javascript; charset=utf-8" },
  });
}

export function answerWidgetPreflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...crossOrigin,
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "600",
    },
  });
}

/** What the widget shows of a session. */
export function answerWidgetSession(
  context: Context,
  request: Request,
  entityId: string,
  sessionId: string,
): Response {
  const session = find(context, entityId, sessionId);
  return Response.json(describe(context, request, session), { headers: crossOrigin });
}

/** The shopper has pressed "Pay" in the widget: where to go now, or what is wrong with the form. */
export async function answerWidgetForm(
  context: Context,
  request: Request,
  entityId: string,
  sessionId: string,
): Promise<Response> {
  const session = find(context, entityId, sessionId);
  const body = await readBody(request);
  if (body.mediaType !== "application/x-www-form-urlencoded") throw badRequest("Send the fields as a form.");
  // From here to the end of the payment nothing waits, so that of two clicks only one finds the session open.
  if (isOpen(context, session)) {
    const faults = act(context, session, new URLSearchParams(body.text));
    if (faults !== undefined) return Response.json({ faults }, { status: 422, headers: crossOrigin });
  } else if (session.paymentId === undefined) {
    return Response.json(describe(context, request, session), { status: 409, headers: crossOrigin });
  }
  const redirectUrl = await toReturnAddress(context, session);
  return Response.json({ redirect_url: redirectUrl }, { headers: crossOrigin });
}

function find(context: Context, entityId: string, sessionId: string): SessionRecord {
  const session = findPayable(context, { entityId, sessionId });
  if (session === undefined) throw unknownResource("client session");
  if (!leadsToWeb(session))
    throw badRequest("shopper_redirection_url has to begin with http:// or https://.");
  return session;
}

function describe(context: Context, request: Request, session: SessionRecord): WidgetSession {
  const { amount, currency, customer, order } = session.request;
  const texts = chooseTexts(customer?.locale, request.headers.get("accept-language"));
  return {
    state: isOpen(context, session) ? "open" : statusOf(context, session) === "EXPIRED" ? "expired" : "over",
    amount: formatAmount(amount, currency, texts.language),
    takesGiftCard: amount > 0,
    reference: order.reference,
    texts,
    suggested: {
      card: approvedCard.number,
      expiry: suggestExpiry(context.clock.nowMs()),
      code: "123",
      holder: [customer?.first_name, customer?.last_name].filter(Boolean).join(" ") || "Test Shopper",
    },
    // The names of the table itself.
    cards: Object.entries(testCards).map(([name, { number }]) => ({
      number,
      outcome: texts.cards[name as TestCardName],
    })),
  };
}
