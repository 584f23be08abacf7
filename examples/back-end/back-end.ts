import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { deriveIdempotencyKey, type Payment, type Purse } from "purse-payments";
import { decideReturn, hostedPageUrl } from "purse-payments/checkout";
import { createJournal, createMemoryStore } from "purse-payments/journal";
import { createWebhookHandler, createWebhookSecretHeader } from "purse-payments/webhooks";
import { captureOrder, type CaptureAnswer } from "./capture.js";
import { bookPayment, isFor, isPaid, type Order } from "./order.js";
import { outcomes, page } from "./pages.js";
import type { Settings } from "./settings.js";

/**
 * The payment part of a shop's back end, independent of the framework: `examples/express`, `examples/fastify` and
 * `examples/hono` are routes around it. Copy this folder and one of those.
 */
export interface BackEnd {
  /** Creates an order and a session to pay it. Returns the address of the hosted page to send the shopper to. */
  checkout(): Promise<string>;
  /** The page that the shopper returns to. @param address the URL of the request, with its query unchanged. */
  returnPage(address: string): Promise<{ status: 200 | 400 | 404 | 503; html: string }>;
  /** Serves `webhook.url`. */
  readonly receiveWebhook: (request: Request) => Promise<Response>;
  /** Captures the money of an order once, no matter how often it is called. For staff. */
  capture(reference: string): Promise<CaptureAnswer>;
  /** Settles captures whose responses were lost, and sessions whose webhooks never came, until `signal` aborts. */
  work(signal: AbortSignal): Promise<void>;
  /** For staff. */
  order(reference: string): Order | undefined;
  /** Whether an authorization header belongs to staff. A real shop has a login for this. */
  isStaff(authorization: string | undefined): boolean;
}

export function createBackEnd(purse: Purse, settings: Settings): BackEnd {
  const { publicUrl, webhookSecret, keySecret, staffToken } = settings;
  const orders = new Map<string, Order>(); // Use your database instead.

  /** The one place where a payment meets its order. Return page, webhook and captures all end here, in any order. */
  function book(payment: Payment): Order | undefined {
    const order = orders.get(payment.order_reference);
    // A webhook can arrive before the session is stored with the order. After an error it is retried.
    if (order !== undefined && order.sessionId === undefined)
      throw new Error("the session is not stored yet");
    if (order === undefined || !isFor(order, payment)) {
      console.error(`payment ${payment.id} matches no order, a person must check`);
      return undefined;
    }
    bookPayment(order, payment);
    return order;
  }

  function release(order: Order | undefined): void {
    // Decide by the order's own state: a payment can be reported more than once.
    if (order === undefined || !isPaid(order) || order.isReleased) return;
    order.isReleased = true;
    console.log(`${order.reference} can be shipped`);
  }

  const journal = createJournal(purse, {
    store: createMemoryStore(), // Use createSqlStore over your database instead: this one forgets.
    onPayment: (payment) => {
      release(book(payment));
    },
    onChange: ({ id, state, operationStatus }, payment) => {
      const order = payment === undefined ? undefined : book(payment);
      if (order === undefined || state !== "failed" || operationStatus !== "FAILURE") return;
      // Sets and never adds, because it may be called again.
      order.failedCaptures = Number(id.split("/").at(-1));
    },
    logger: { warn: console.warn, error: console.error },
  });

  /** Books a payment that was read, and lets the journal call onPayment and onChange for what is new. */
  async function learn(payment: Payment): Promise<void> {
    book(payment);
    await journal.observe(payment);
  }

  /** The same key for the same operation, even after a restart. */
  function keyFor(order: Order, ...parts: readonly string[]): Promise<string> {
    return deriveIdempotencyKey({ secret: keySecret, parts: [order.reference, ...parts] });
  }

  const receiveWebhook = createWebhookHandler(purse, {
    secrets: [webhookSecret],
    on: {
      operationFailed: ({ payment, event }) => {
        for (const { id, status } of event.failedOperations) console.error(`operation ${id} is ${status}`);
        return learn(payment);
      },
      fallback: ({ payment }) => learn(payment),
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
      // Random, because the reference alone gives access to the outcome. A real shop checks who is signed in.
      const reference = `order-${randomUUID()}`;
      const order: Order = {
        reference,
        amount: 4299,
        currency: "EUR",
        state: "open",
        isReleased: false,
        paymentVersion: 0,
        failedCaptures: 0,
      };
      orders.set(reference, order);
      // If this fails, or may have failed, no money has moved: the shopper was not sent to the session.
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
      await journal.expect({ clientSessionId: session.id }); // In case no webhook comes.
      return hostedPageUrl(session);
    },

    async returnPage(address) {
      const order = orders.get(new URL(address, publicUrl).searchParams.get("order") ?? "");
      if (order?.sessionId === undefined) return { status: 404, html: page("Order not found.") };
      const { sessionId: clientSessionId, amount, currency } = order;
      const decision = await decideReturn(purse, address, { clientSessionId, amount, currency });
      if (decision.outcome === "try_again") return { status: 503, html: page(outcomes.pending) };
      if (decision.reason === "token_refused") return { status: 400, html: page("This link is not valid.") };
      if (decision.payment !== undefined) await learn(decision.payment);
      else if (order.state === "open") order.state = "not_paid";
      return { status: 200, html: page(outcomes[order.state]) };
    },

    async capture(reference) {
      const order = orders.get(reference);
      if (order === undefined) return { status: 404, body: { state: "unknown order" } };
      return captureOrder(journal, order);
    },

    work: (signal) => journal.run({ signal }),
  };
}
