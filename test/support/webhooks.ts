import { setTimeout } from "node:timers/promises";
import type { Payment } from "../../src/index.js";
import type { PaymentReader } from "../../src/webhooks/delivery/read-payment.js";
import type { ManualClock } from "./manual-clock.js";

export const webhookSecret = "secret-of-the-test-suite";

export interface DeliveryParts {
  body?: unknown;
  method?: string;
  headers?: Record<string, string>;
}

/** A delivery as a web framework hands it out: right in every way, but for the parts that are given. */
export function delivery({
  body = { id: "payment-1" },
  method = "POST",
  headers,
}: DeliveryParts = {}): Request {
  const content = typeof body === "object" && body !== null ? JSON.stringify(body) : (body as string | null);
  return new Request("https://shop.example/purse", {
    method,
    headers: { "content-type": "application/json", "x-purse-webhook-secret": webhookSecret, ...headers },
    ...(method === "GET" ? {} : { body: content }),
  });
}

/** A payment of which only what the receiver looks at is there. */
export function statedPayment(members: Record<string, unknown> = {}): Payment {
  const payment = {
    id: "payment-1",
    version: 1,
    authorization: { status: "AUTHORIZED", partner_transactions: [] },
    amounts: { total_authorized: 1000, total_captured: 0, total_refunded: 0, total_voided: 0 },
    captures: [],
    refunds: [],
    voids: [],
    ...members,
  };
  return payment as unknown as Payment; // As an answer may be: nothing guarantees the rest.
}

export interface StubReader extends PaymentReader {
  /** How often each payment was read. */
  readonly reads: string[];
  /** What the service knows; replaced by tests. */
  answer: (id: string) => Payment | Promise<Payment>;
}

export function stubReader(answer: StubReader["answer"] = (id) => statedPayment({ id })): StubReader {
  const reader: StubReader = {
    reads: [],
    answer,
    async retrieve(id) {
      reader.reads.push(id);
      return reader.answer(id);
    },
  };
  return reader;
}

/**
 * As `runToEnd`, for work that is also done outside the event loop: hashing takes its own time, so that no timer being
 * set does not mean that none will be.
 */
export async function runToAnswer<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  const progress = { isSettled: false };
  const note = (): void => {
    progress.isSettled = true;
  };
  promise.then(note, note);
  for (;;) {
    await setTimeout(2);
    if (progress.isSettled) return promise;
    const waitMs = clock.nextTimerInMs();
    if (waitMs !== undefined) await clock.advance(waitMs);
  }
}
