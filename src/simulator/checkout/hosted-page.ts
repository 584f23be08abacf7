import { redirectionParameter } from "../../../generated/redirection.js";
import type { RedirectionClaims } from "../../../generated/schema.js";
import { toHostedPagePath } from "../protocol/addresses.js";
import { fields, isComplete, readCardForm, type CardFormAction, type CardFormFaults } from "./card-form.js";
import { abortedByShopper, abortSession, isOpen, statusOf } from "../payments/client-sessions.js";
import type { Context } from "../context.js";
import { renderHostedPage, renderMessage } from "./hosted-page-html.js";
import { chooseTexts } from "./hosted-page-texts.js";
import { openPaymentLink } from "../payments/payment-links.js";
import { paySession } from "../payments/payments.js";
import { badRequest, Refusal } from "../protocol/problems.js";
import type { SessionRecord } from "../state/records.js";
import { readBody } from "../protocol/validation.js";

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
  const session = findPayable(context, address);
  if (session === undefined) return answerUnknown(request);
  if (!leadsToWeb(session)) return answerNoWayBack(request, session);
  return isOpen(context, session) ? showPage(context, request, session) : sendBack(context, session);
}

export async function answerHostedPageForm(
  context: Context,
  request: Request,
  address: HostedPageAddress,
): Promise<Response> {
  const session = findPayable(context, address);
  if (session === undefined) return answerUnknown(request);
  if (!leadsToWeb(session)) return answerNoWayBack(request, session);
  const form = new URLSearchParams((await readBody(request)).text);
  // From here to the redirect nothing waits, so that of two clicks on "Pay" only one finds the session open.
  if (isOpen(context, session)) {
    const faults = act(context, session, form);
    if (faults !== undefined) return showPage(context, request, session, faults);
  }
  return sendBack(context, session);
}

/** A payment link leads to the payment page of the session that it opens, as long as there is something to pay. */
export function answerPaymentLink(context: Context, request: Request, id: string): Response {
  let session: SessionRecord | undefined;
  try {
    session = openPaymentLink(context, id);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return answerUnknown(request);
    throw error;
  }
  if (session !== undefined) {
    const location = context.baseUrl() + toHostedPagePath(session.request.entity_id, session.id);
    return new Response(null, { status: 303, headers: { ...headers, location } });
  }
  const texts = chooseTexts(undefined, request.headers.get("accept-language"));
  return new Response(renderMessage(texts, texts.linkOver, texts.linkOverText), { status: 410, headers });
}

/** The session that a payment page or widget is about. */
export function findPayable(
  { state }: Context,
  { entityId, sessionId }: HostedPageAddress,
): SessionRecord | undefined {
  const session = state.sessions[sessionId];
  return session?.request.entity_id.toLowerCase() === entityId.toLowerCase() ? session : undefined;
}

/** Whether the shop's address is one for browsers to be sent to: `javascript:` and `data:` would run in a page of ours or the shop's. */
export function leadsToWeb({ request: { shopper_redirection_url: url } }: SessionRecord): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

/** Does what the shopper pressed; gives what is wrong with the form instead, if something is. */
export function act(
  context: Context,
  session: SessionRecord,
  form: URLSearchParams,
): CardFormFaults | undefined {
  const action = readAction(form);
  if (action === "cancel") {
    abortSession(context, session, abortedByShopper);
    return undefined;
  }
  const { amount, currency } = session.request;
  const read = readCardForm(form, { amount, currency, nowMs: context.clock.nowMs() });
  if (!isComplete(read)) return read;
  paySession(context, session, read.card, read.holderName, read.giftCardAmount);
  return undefined;
}

/** The shop's own address with the signed token, for the shopper to go back to; it {@link leadsToWeb}. */
export async function toReturnAddress(context: Context, session: SessionRecord): Promise<string> {
  const token = await context.signingKeys.sign(claimsOf(context, session));
  return addParameter(session.request.shopper_redirection_url, redirectionParameter, token);
}

function answerUnknown(request: Request): Response {
  const texts = chooseTexts(undefined, request.headers.get("accept-language"));
  return new Response(renderMessage(texts, texts.unknownPage, texts.unknownPageText), {
    status: 404,
    headers,
  });
}

/** Before anything is paid: a payment whose shopper cannot come back is of no use to try things with. */
function answerNoWayBack(request: Request, session: SessionRecord): Response {
  const texts = chooseTexts(session.request.customer?.locale, request.headers.get("accept-language"));
  return new Response(renderMessage(texts, texts.noWayBack, texts.noWayBackText), { status: 422, headers });
}

function readAction(form: URLSearchParams): CardFormAction {
  const action = form.get(fields.action) ?? "pay";
  if (action !== "pay" && action !== "refuse" && action !== "cancel") throw badRequest("Unknown action.");
  return action;
}

function showPage(
  context: Context,
  request: Request,
  session: SessionRecord,
  faults?: CardFormFaults,
): Response {
  const page = renderHostedPage({
    request: session.request,
    texts: chooseTexts(session.request.customer?.locale, request.headers.get("accept-language")),
    nowMs: context.clock.nowMs(),
    ...(faults === undefined ? {} : { faults }),
  });
  return new Response(page, { status: faults === undefined ? 200 : 422, headers });
}

async function sendBack(context: Context, session: SessionRecord): Promise<Response> {
  const location = await toReturnAddress(context, session);
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
