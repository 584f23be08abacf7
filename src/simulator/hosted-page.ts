import { redirectionParameter } from "../../generated/operations.js";
import type { RedirectionClaims } from "../../generated/schema.js";
import { abortedByShopper, abortSession, isOpen, statusOf } from "./client-sessions.js";
import type { Context } from "./context.js";
import { fields, renderHostedPage, type HostedPageAction } from "./hosted-page-html.js";
import { chooseTexts } from "./hosted-page-texts.js";
import { paySession } from "./payments.js";
import { badRequest, unknownResource } from "./problems.js";
import type { SessionRecord } from "./state.js";
import { findTestCard, refusedCard } from "./test-cards.js";
import { readBody } from "./validation.js";

const headers: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  // No form-action: browsers apply it to the redirect that follows the form, which leads to the merchant.
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

interface HostedPageAddress {
  readonly entityId: string;
  readonly sessionId: string;
}

export async function answerHostedPage(
  context: Context,
  request: Request,
  address: HostedPageAddress,
): Promise<Response> {
  const session = find(context, address);
  return isOpen(context, session) ? showPage(request, session, 200) : sendBack(context, session);
}

export async function answerHostedPageForm(
  context: Context,
  request: Request,
  address: HostedPageAddress,
): Promise<Response> {
  const session = find(context, address);
  const form = new URLSearchParams((await readBody(request)).text);
  // From here to the redirect nothing waits, so that of two clicks on "Pay" only one finds the session open.
  if (isOpen(context, session)) {
    const action = readAction(form);
    const card = action === "refuse" ? refusedCard : findTestCard(form.get(fields.card) ?? "");
    if (action === "cancel") abortSession(context, session, abortedByShopper);
    else if (card === undefined) return showPage(request, session, 422);
    else paySession(context, session, card, (form.get(fields.holder) ?? "").slice(0, 100));
  }
  return sendBack(context, session);
}

function find({ state }: Context, { entityId, sessionId }: HostedPageAddress): SessionRecord {
  const session = state.sessions[sessionId];
  if (session?.request.entity_id.toLowerCase() !== entityId.toLowerCase()) {
    throw unknownResource("payment page");
  }
  return session;
}

function readAction(form: URLSearchParams): HostedPageAction {
  const action = form.get(fields.action) ?? "pay";
  if (action !== "pay" && action !== "refuse" && action !== "cancel") throw badRequest("Unknown action.");
  return action;
}

function showPage(request: Request, session: SessionRecord, status: 200 | 422): Response {
  const texts = chooseTexts(session.request.customer?.locale, request.headers.get("accept-language"));
  const page = renderHostedPage({ request: session.request, texts, showUnknownCard: status === 422 });
  return new Response(page, { status, headers });
}

async function sendBack(context: Context, session: SessionRecord): Promise<Response> {
  const token = await context.signingKeys.sign(claimsOf(context, session));
  const location = addParameter(session.request.shopper_redirection_url, redirectionParameter, token);
  return new Response(null, { status: 303, headers: { ...headers, location } });
}

function claimsOf(context: Context, session: SessionRecord): RedirectionClaims {
  const payment = session.paymentId === undefined ? undefined : context.state.payments[session.paymentId];
  return {
    client_session_id: session.id,
    client_session_status: statusOf(context, session),
    ...(payment === undefined
      ? {}
      : { payment_id: payment.id, authorization_status: payment.authorization.status }),
  };
}

/** Not through `URLSearchParams`, which would spell the merchant's own query anew. */
function addParameter(url: string, name: string, value: string): string {
  const [address = "", ...fragment] = url.split("#");
  const separator = address.includes("?") ? "&" : "?";
  return [`${address}${separator}${name}=${value}`, ...fragment].join("#");
}
