import { redirectionParameter } from "../../../generated/redirection.js";
import type { RedirectionClaims } from "../../../generated/schema.js";
import { toHostedPagePath } from "../protocol/addresses.js";
import {
  fields,
  isComplete,
  readCardForm,
  readTyped,
  testCardField,
  type CardFormAction,
  type CardFormFaults,
} from "./card-form.js";
import { abortedByShopper, abortSession, isOpen, statusOf } from "../payments/client-sessions.js";
import type { Context } from "../context.js";
import { renderHostedPage, renderMessage, type HostedPageInput } from "./hosted-page-html.js";
import { chooseTexts } from "./hosted-page-texts.js";
import { openPaymentLink } from "../payments/payment-links.js";
import { paySession } from "../payments/payments.js";
import { badRequest, Refusal } from "../protocol/problems.js";
import type { SessionRecord } from "../state/records.js";
import { testCards, type TestCardName } from "../partners/test-cards.js";
import { readBody } from "../protocol/validation.js";

const headers: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  // No form-action, because browsers would apply it to the redirect to the shop.
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
  if (session === undefined) return answerNotFound(request);
  if (!hasWebReturnUrl(session)) return answerBadReturnUrl(request, session);
  return isOpen(context, session) ? showPage(context, request, session) : sendBack(context, session);
}

export async function answerHostedPageForm(
  context: Context,
  request: Request,
  address: HostedPageAddress,
): Promise<Response> {
  const session = findPayable(context, address);
  if (session === undefined) return answerNotFound(request);
  if (!hasWebReturnUrl(session)) return answerBadReturnUrl(request, session);
  const form = new URLSearchParams((await readBody(request)).text);
  // Synchronous from here until the payment is made, so that only one of two clicks finds the session open.
  if (isOpen(context, session)) {
    const chosen = readChosenCard(form);
    if (chosen !== undefined) return showPage(context, request, session, { typed: readTyped(form), chosen });
    const faults = submitForm(context, session, form);
    if (faults !== undefined) return showPage(context, request, session, { typed: readTyped(form), faults });
  }
  return sendBack(context, session);
}

/** Redirects to the payment page of the link's session, or shows that the link is no longer valid. */
export function answerPaymentLink(context: Context, request: Request, id: string): Response {
  let session: SessionRecord | undefined;
  try {
    session = openPaymentLink(context, id);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return answerNotFound(request);
    throw error;
  }
  if (session !== undefined) {
    const location = context.baseUrl() + toHostedPagePath(session.request.entity_id, session.id);
    return new Response(null, { status: 303, headers: { ...headers, location } });
  }
  const texts = chooseTexts(undefined, request.headers.get("accept-language"));
  return new Response(renderMessage(texts, texts.linkExpired, texts.linkExpiredText), {
    status: 410,
    headers,
  });
}

/** The session of a payment page or widget. */
export function findPayable(
  { state }: Context,
  { entityId, sessionId }: HostedPageAddress,
): SessionRecord | undefined {
  const session = state.sessions[sessionId];
  return session?.request.entity_id.toLowerCase() === entityId.toLowerCase() ? session : undefined;
}

/** Whether the return URL is safe to redirect to: `javascript:` and `data:` would run in this page or the shop's. */
export function hasWebReturnUrl({ request: { shopper_redirection_url: url } }: SessionRecord): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

/** Carries out the submitted action, or returns the invalid fields. */
export function submitForm(
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

/** The shop's return URL with the signed token. */
export async function toReturnUrl(context: Context, session: SessionRecord): Promise<string> {
  const token = await context.signingKeys.sign(claimsOf(context, session));
  return addParameter(session.request.shopper_redirection_url, redirectionParameter, token);
}

function answerNotFound(request: Request): Response {
  const texts = chooseTexts(undefined, request.headers.get("accept-language"));
  return new Response(renderMessage(texts, texts.unknownPage, texts.unknownPageText), {
    status: 404,
    headers,
  });
}

/** Answered before anything is paid, because the shopper could not return. */
function answerBadReturnUrl(request: Request, session: SessionRecord): Response {
  const texts = chooseTexts(session.request.customer?.locale, request.headers.get("accept-language"));
  return new Response(renderMessage(texts, texts.badReturnUrl, texts.badReturnUrlText), {
    status: 422,
    headers,
  });
}

function readAction(form: URLSearchParams): CardFormAction {
  const action = form.get(fields.action) ?? "pay";
  if (action !== "pay" && action !== "refuse" && action !== "cancel") throw badRequest("Unknown action.");
  return action;
}

function readChosenCard(form: URLSearchParams): TestCardName | undefined {
  const name = form.get(testCardField);
  if (name === null) return undefined;
  if (!Object.hasOwn(testCards, name)) throw badRequest("Unknown test card.");
  return name as TestCardName; // Checked by `hasOwn`.
}

/** The configured name, otherwise the host that the shopper returns to. */
function merchantOf({ settings }: Context, { request }: SessionRecord): string {
  return settings.merchantName || new URL(request.shopper_redirection_url).host;
}

function showPage(
  context: Context,
  request: Request,
  session: SessionRecord,
  input: HostedPageInput = {},
): Response {
  const page = renderHostedPage({
    request: session.request,
    merchant: merchantOf(context, session),
    texts: chooseTexts(session.request.customer?.locale, request.headers.get("accept-language")),
    nowMs: context.clock.nowMs(),
    input,
  });
  return new Response(page, { status: input.faults === undefined ? 200 : 422, headers });
}

async function sendBack(context: Context, session: SessionRecord): Promise<Response> {
  const location = await toReturnUrl(context, session);
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

/** Does not use `URLSearchParams`, which would re-encode the merchant's own query. */
function addParameter(url: string, name: string, value: string): string {
  const [address = "", ...fragment] = url.split("#");
  const separator = address.includes("?") ? "&" : "?";
  return [`${address}${separator}${name}=${value}`, ...fragment].join("#");
}
