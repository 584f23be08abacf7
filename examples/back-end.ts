import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import {
  deriveIdempotencyKey,
  isPurseError,
  Purse,
  PurseOutcomeUnknownError,
  PurseRedirectionError,
  type Payment,
} from "purse-payments";
import { createSimulator } from "purse-payments/simulator";
import { createWebhookHandler, createWebhookSecretHeader } from "purse-payments/webhooks";

/**
 * What a shop's back end does with payments, whichever framework serves it: `examples/express`, `examples/fastify` and
 * `examples/hono` are routes around this. Copy this file and one of those.
 */
export interface BackEnd {
  /** Makes an order and a session to pay it with. Gives the address of the hosted page to send the shopper to. */
  checkout(): Promise<string>;
  /** The page that the shopper comes back to. @param address the request's, with its query as it came. */
  returnPage(address: string): Promise<{ status: 200 | 400 | 404 | 503; html: string }>;
  /** Serves `webhook.url`. */
  readonly receiveWebhook: (request: Request) => Promise<Response>;
  /** Takes the money of an order, once, however often it is asked to. For staff. */
  capture(reference: string): Promise<{ status: 200 | 202 | 404 | 409; body: { state: string } }>;
  /** For staff. */
  order(reference: string): Order | undefined;
  /** Whether an authorization header is that of staff. A real shop has a login for this. */
  isStaff(authorization: string | undefined): boolean;
}

export interface Order {
  readonly reference: string;
  /** In minor units. */
  readonly amount: number;
  readonly currency: string;
  state: "open" | "pending" | "authorized" | "partly_captured" | "captured" | "not_paid";
  sessionId?: string;
  paymentId?: string;
  /** Version of the payment that `state` is taken from. */
  paymentVersion: number;
  /** How many captures have failed for certain. Each may be followed by another, under a key of its own. */
  failedCaptures: number;
}

export interface Settings {
  /** Under which this back end is reached from outside. */
  readonly publicUrl: string;
  /** Purse sends it along with each webhook. */
  readonly webhookSecret: string;
  /** Idempotency keys are derived with it. Must stay the same over restarts. */
  readonly keySecret: string;
  readonly staffToken: string;
}

/** Purse as the environment says; without any PURSE_* variable, and not in production, a simulator inside this process. */
export async function connect(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ purse: Purse; where: string }> {
  // Reads PURSE_ENVIRONMENT, PURSE_CLIENT_ID and so on, and says what is missing.
  const isMeant = Object.keys(env).some((name) => name.startsWith("PURSE_"));
  if (isMeant || env["NODE_ENV"] === "production") return { purse: new Purse(), where: "Purse" };
  const simulator = createSimulator();
  await simulator.listen();
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  return {
    purse: new Purse({ baseUrl, clientId, clientSecret, entityId }),
    where: `a simulator, ${baseUrl}`,
  };
}

/** Secrets that are not given are made up, which is good for trying out and for nothing else. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, port: number): Settings {
  return {
    publicUrl: env["PUBLIC_URL"] ?? `http://127.0.0.1:${String(port)}`,
    webhookSecret: env["WEBHOOK_SECRET"] ?? randomUUID(),
    keySecret: env["KEY_SECRET"] ?? randomUUID(),
    staffToken: env["STAFF_TOKEN"] ?? randomUUID(),
  };
}

export function createBackEnd(purse: Purse, settings: Settings): BackEnd {
  const { publicUrl, webhookSecret, keySecret, staffToken } = settings;
  const orders = new Map<string, Order>(); // Stands for your database.

  /**
   * The one place where a payment meets an order. Return page, webhook and captures all end here, in whatever order
   * they come; it sets and never adds, so it may run again.
   */
  function book(payment: Payment): Order | undefined {
    const order = orders.get(payment.order_reference);
    if (order === undefined || !isFor(order, payment)) {
      console.error(`payment ${payment.id} fits no order`);
      return undefined;
    }
    const { id, version = 0 } = payment;
    const state = stateOf(payment);
    const isKnown = order.paymentId === id;
    if (isKnown && version < order.paymentVersion) return order; // Older than what is known.
    // The shopper may have tried again after a refusal. News of the first try must not undo the second.
    if (!isKnown && (isPaid(order) || (order.state === "pending" && state === "not_paid"))) return order;
    order.paymentId = id;
    order.paymentVersion = version;
    order.state = state;
    return order;
  }

  /** The same question under the same key, also after a restart: Purse answers it once. */
  function keyFor(order: Order, ...parts: readonly string[]): Promise<string> {
    return deriveIdempotencyKey({ secret: keySecret, parts: [order.reference, ...parts] });
  }

  const receiveWebhook = createWebhookHandler(purse, {
    secrets: [webhookSecret],
    on: {
      authorized: ({ payment }) => {
        const order = book(payment);
        if (order?.state === "authorized") console.log(`${order.reference} can be shipped`);
      },
      operationFailed: ({ payment, event }) => {
        book(payment);
        for (const { id, status } of event.failedOperations) console.error(`operation ${id} is ${status}`);
      },
      fallback: ({ payment }) => {
        book(payment);
      },
    },
    onError: (error, { status, paymentId }) => {
      console.error(`webhook for ${paymentId ?? "no payment"} answered with ${String(status)}:`, error);
    },
  });

  return {
    receiveWebhook,
    order: (reference) => orders.get(reference),

    isStaff(authorization) {
      const [given, expected] = [authorization ?? "", `Bearer ${staffToken}`].map((text) =>
        createHash("sha256").update(text).digest(),
      );
      return given !== undefined && expected !== undefined && timingSafeEqual(given, expected);
    },

    async checkout() {
      // Random, because whoever knows it may look at the outcome. A real shop looks orders up by who is signed in.
      const reference = `order-${randomUUID()}`;
      const order: Order = {
        reference,
        amount: 4299,
        currency: "EUR",
        state: "open",
        paymentVersion: 0,
        failedCaptures: 0,
      };
      orders.set(reference, order);
      // Should this fail, for certain or not, no money has moved and nobody has been sent to the session.
      const session = await purse.clientSessions.create(
        {
          amount: order.amount,
          currency: order.currency,
          capture_mode: "MANUAL",
          integration_mode: "HOSTED_PAGE",
          shopper_redirection_url: `${publicUrl}/return?order=${reference}`,
          order: { reference, net_amount: order.amount },
          webhook: {
            url: `${publicUrl}/webhooks/purse`,
            headers: [createWebhookSecretHeader({ secret: webhookSecret })],
          },
        },
        { idempotencyKey: await keyFor(order, "session") },
      );
      order.sessionId = session.id;
      const page = session.links.hosted_page?.href;
      if (page === undefined) throw new Error("the session has no hosted page");
      return page;
    },

    async returnPage(address) {
      const order = orders.get(new URL(address, publicUrl).searchParams.get("order") ?? "");
      if (order?.sessionId === undefined) return { status: 404, html: page("There is no such order.") };
      try {
        const claims = await purse.redirection.verify(address, { clientSessionId: order.sessionId });
        // Not the token: the payment is the proof.
        if (claims.payment_id !== undefined) book(await purse.payments.retrieve(claims.payment_id));
        else if (order.state === "open") order.state = "not_paid";
      } catch (error) {
        if (!(error instanceof PurseRedirectionError)) throw error;
        // Without keys nothing is said about the token: neither paid nor forged.
        if (error.reason === "keys_unavailable") return { status: 503, html: page(outcomes.pending) };
        return { status: 400, html: page("This is not how the payment page sends people back.") };
      }
      return { status: 200, html: page(outcomes[order.state]) };
    },

    async capture(reference) {
      const order = orders.get(reference);
      if (order === undefined) return { status: 404, body: { state: "unknown order" } };
      if (order.paymentId === undefined || !isPaid(order))
        return { status: 409, body: { state: order.state } };
      const attempt = order.failedCaptures;
      const params = { amount: order.amount, merchant_reference: `capture-${String(attempt + 1)}` };
      const idempotencyKey = await keyFor(order, "capture", String(attempt));
      try {
        const call = purse.payments.capture(order.paymentId, params, { idempotencyKey });
        const { data, operation } = await call.withResponse();
        book(data);
        // 200 from the API says that it was accepted, not that it was captured.
        if (operation?.status === "SUCCESS") return { status: 200, body: { state: order.state } };
        // Final: a part was done, the rest was not. Another capture, under whatever key, is no way out.
        if (operation?.status === "CONFLICT")
          return { status: 409, body: { state: lookAt("capture conflict") } };
        // Only what has failed for certain may be tried again under another key.
        if (operation?.status === "FAILURE") order.failedCaptures = attempt + 1;
        const state = `capture ${operation?.status ?? "accepted"}`.toLowerCase();
        return { status: operation?.status === "FAILURE" ? 409 : 202, body: { state } };
      } catch (error) {
        if (isPurseError(error) && refusals.includes(error.code)) {
          console.error(`capture of ${reference}: ${error.message}`);
          return { status: 409, body: { state: lookAt(`capture refused: ${error.code}`) } };
        }
        if (!(error instanceof PurseOutcomeUnknownError)) throw error;
        // Perhaps captured. Asking again asks under the same key, and so captures once; a webhook may tell before.
        console.error(`capture of ${reference}: ${error.message}`);
        return { status: 202, body: { state: "capture unknown" } };
      }
    },
  };
}

/** Whoever knows the secret header cannot make one payment pass for another. */
function isFor(order: Order, payment: Payment): boolean {
  return (
    payment.client_session_id === order.sessionId &&
    payment.amount === order.amount &&
    payment.currency === order.currency
  );
}

function stateOf(payment: Payment): Order["state"] {
  const { authorization, overview, amounts } = payment;
  if (["REFUSED", "ERROR", "ABORTED"].includes(authorization.status)) return "not_paid";
  // Whatever else there is or will be is no decision yet.
  if (authorization.status !== "AUTHORIZED") return "pending";
  if (overview.voided === "TOTALLY" || overview.refunded === "TOTALLY") return "not_paid";
  if (amounts.total_captured === 0) return "authorized";
  return amounts.total_captured < payment.amount ? "partly_captured" : "captured";
}

function isPaid({ state }: Order): boolean {
  return state === "authorized" || state === "partly_captured" || state === "captured";
}

/** With these the service has answered: this request moves nothing, now or later. Trying again will not help. */
const refusals: readonly string[] = ["bad_request", "conflict", "idempotency_conflict", "not_found"];

function lookAt(what: string): string {
  return `${what}, a person must look`;
}

const outcomes: Readonly<Record<Order["state"], string>> = {
  open: "We are checking your payment. Please look again in a moment.",
  pending: "We are checking your payment. Please look again in a moment.",
  authorized: "Thank you, your order is paid.",
  partly_captured: "Thank you, your order is paid.",
  captured: "Thank you, your order is paid.",
  not_paid: "Your order was not paid.",
};

/** A page of ours alone: nothing of what the request says goes into it. */
export function page(text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><p>${text}</p></html>`;
}

export const cartPage: string = page(
  'One teapot, 42.99 EUR.</p><form method="post" action="/checkout"><button>Buy</button></form><p>',
);

/** An outcome is for the shopper alone, and its address for no other site. */
export const pageHeaders = { "cache-control": "no-store", "referrer-policy": "no-referrer" } as const;
