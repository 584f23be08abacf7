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
 * What a shop's back end does with payments, whichever framework serves it: `examples/express`, `examples/fastify` and
 * `examples/hono` are routes around this. Copy this folder and one of those.
 */
export interface BackEnd {
  /** Makes an order and a session to pay it with. Gives the address of the hosted page to send the shopper to. */
  checkout(): Promise<string>;
  /** The page that the shopper comes back to. @param address the request's, with its query as it came. */
  returnPage(address: string): Promise<{ status: 200 | 400 | 404 | 503; html: string }>;
  /** Serves `webhook.url`. */
  readonly receiveWebhook: (request: Request) => Promise<Response>;
  /** Takes the money of an order, once, however often it is asked to. For staff. */
  capture(reference: string): Promise<CaptureAnswer>;
  /** Finds out what became of captures whose answers were lost, and of sessions whose webhooks never came, until it is told to stop. */
  work(signal: AbortSignal): Promise<void>;
  /** For staff. */
  order(reference: string): Order | undefined;
  /** Whether an authorization header is that of staff. A real shop has a login for this. */
  isStaff(authorization: string | undefined): boolean;
}

export function createBackEnd(purse: Purse, settings: Settings): BackEnd {
  const { publicUrl, webhookSecret, keySecret, staffToken } = settings;
  const orders = new Map<string, Order>(); // Stands for your database.

  /**
   * The one place where a payment meets an order. Return page, webhook and captures all end here, in whatever order
   * they come.
   */
  function book(payment: Payment): Order | undefined {
    const order = orders.get(payment.order_reference);
    // A webhook that is quicker than what stores the session with the order comes again after an error.
    if (order !== undefined && order.sessionId === undefined)
      throw new Error("the session is not stored yet");
    if (order === undefined || !isFor(order, payment)) {
      console.error(`payment ${payment.id} fits no order, a person must look`);
      return undefined;
    }
    bookPayment(order, payment);
    return order;
  }

  function release(order: Order | undefined): void {
    // By the order's own state: a payment that was forgotten, or changed meanwhile, may be told of again.
    if (order === undefined || !isPaid(order) || order.isReleased) return;
    order.isReleased = true;
    console.log(`${order.reference} can be shipped`);
  }

  const journal = createJournal(purse, {
    store: createMemoryStore(), // Stands for createSqlStore over your database: this one forgets.
    onPayment: (payment) => {
      release(book(payment));
    },
    onChange: ({ id, state, operationStatus }, payment) => {
      const order = payment === undefined ? undefined : book(payment);
      if (order === undefined || state !== "failed" || operationStatus !== "FAILURE") return;
      // It sets and never adds, because it may be told again.
      order.failedCaptures = Number(id.split("/").at(-1));
    },
    logger: { warn: console.warn, error: console.error },
  });

  /** Books a payment that was read, and lets the journal tell onPayment and onChange of what is new in it. */
  async function learn(payment: Payment): Promise<void> {
    book(payment);
    await journal.observe(payment);
  }

  /** The same question under the same key, also after a restart: Purse answers it once. */
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
      // Random, because whoever knows it may look at the outcome. A real shop looks orders up by who is signed in.
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
      await journal.expect({ clientSessionId: session.id }); // Should no webhook come.
      return hostedPageUrl(session);
    },

    async returnPage(address) {
      const order = orders.get(new URL(address, publicUrl).searchParams.get("order") ?? "");
      if (order?.sessionId === undefined) return { status: 404, html: page("There is no such order.") };
      const { sessionId: clientSessionId, amount, currency } = order;
      const decision = await decideReturn(purse, address, { clientSessionId, amount, currency });
      if (decision.outcome === "try_again") return { status: 503, html: page(outcomes.pending) };
      if (decision.reason === "token_refused")
        return { status: 400, html: page("This is not how the payment page sends people back.") };
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
