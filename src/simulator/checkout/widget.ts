import { fields, groupCardNumber, suggestExpiry } from "./card-form.js";
import { toScriptOfParts } from "./client-script.js";
import { toHostedPagePath } from "../protocol/addresses.js";
import { isOpen, statusOf } from "../payments/client-sessions.js";
import type { Context } from "../context.js";
import { findPayable, hasWebReturnUrl, submitForm, toReturnUrl } from "./hosted-page.js";
import { chooseTexts } from "./hosted-page-texts.js";
import { formatAmount } from "./html.js";
import { badRequest, unknownResource } from "../protocol/problems.js";
import type { SessionRecord } from "../state/records.js";
import { approvedCard, testCards, type TestCardName } from "../partners/test-cards.js";
import { readBody } from "../protocol/validation.js";
import { widgetClient } from "./widget-client.js";
import { widgetForm, type WidgetSession } from "./widget-form.js";
import { widgetStyle } from "./widget-style.js";

/** Lets shop pages, which are of other origins, load the script and call its endpoints without cookies. */
const crossOrigin: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/** Serves the script at a session's `widget.js_url`. */
export function answerWidgetScript(request: Request): Response {
  const { origin } = new URL(request.url);
  const script = toScriptOfParts(
    widgetClient,
    { origin, style: widgetStyle, names: fields },
    { groupCardNumber, widgetForm },
  );
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

export function answerWidgetSession(
  context: Context,
  request: Request,
  entityId: string,
  sessionId: string,
): Response {
  const session = find(context, entityId, sessionId);
  return Response.json(describe(context, request, session), { headers: crossOrigin });
}

/** Handles "Pay" in the widget: answers with the redirect or the invalid fields. */
export async function answerWidgetForm(
  context: Context,
  request: Request,
  entityId: string,
  sessionId: string,
): Promise<Response> {
  const session = find(context, entityId, sessionId);
  const body = await readBody(request);
  if (body.mediaType !== "application/x-www-form-urlencoded")
    throw badRequest("The content type must be application/x-www-form-urlencoded.");
  // Synchronous from here until the payment is made, so that only one of two clicks finds the session open.
  if (isOpen(context, session)) {
    const faults = submitForm(context, session, new URLSearchParams(body.text));
    if (faults !== undefined) return Response.json({ faults }, { status: 422, headers: crossOrigin });
  } else if (session.paymentId === undefined) {
    return Response.json(describe(context, request, session), { status: 409, headers: crossOrigin });
  }
  const redirectUrl = await toReturnUrl(context, session);
  return Response.json({ redirect_url: redirectUrl }, { headers: crossOrigin });
}

function find(context: Context, entityId: string, sessionId: string): SessionRecord {
  const session = findPayable(context, { entityId, sessionId });
  if (session === undefined) throw unknownResource("client session");
  if (!hasWebReturnUrl(session))
    throw badRequest("shopper_redirection_url must begin with http:// or https://.");
  return session;
}

function describe(context: Context, request: Request, session: SessionRecord): WidgetSession {
  const { amount, currency, customer, order } = session.request;
  const texts = chooseTexts(customer?.locale, request.headers.get("accept-language"));
  return {
    state: isOpen(context, session)
      ? "open"
      : statusOf(context, session) === "EXPIRED"
        ? "expired"
        : "closed",
    amount: formatAmount(amount, currency, texts.language),
    takesGiftCard: amount > 0,
    pageUrl: context.baseUrl() + toHostedPagePath(session.request.entity_id, session.id),
    reference: order.reference,
    texts,
    suggested: {
      card: groupCardNumber(approvedCard.number),
      expiry: suggestExpiry(context.clock.nowMs()),
      code: "123",
      holder: [customer?.first_name, customer?.last_name].filter(Boolean).join(" ") || "Test Shopper",
    },
    // The keys of `testCards`.
    cards: Object.entries(testCards).map(([name, { number }]) => ({
      number: groupCardNumber(number),
      outcome: texts.cards[name as TestCardName],
    })),
  };
}
