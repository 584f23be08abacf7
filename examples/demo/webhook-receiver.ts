import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Payment, Purse, Webhook } from "purse-payments";
import { createWebhookHandler, createWebhookSecretHeader } from "purse-payments/webhooks";
import { toNodeHandler } from "purse-payments/webhooks/node";
import { DemoRefusal } from "./refusal.js";

export interface WebhookReceiver {
  /** What to put into the session, so that Purse knows where to call and what to prove it with. */
  readonly registration: Webhook;
  /** The next reading of the payment that a webhook led to: the handler has read it back. */
  next(paymentId: string): Promise<Payment>;
  close(): void;
}

const longestWaitMs = 10_000;

/** A receiver on a free port of this machine. */
export async function startWebhookReceiver(purse: Purse): Promise<WebhookReceiver> {
  const secret = crypto.randomUUID();
  const received: Payment[] = [];
  const wakers = new Set<() => void>();
  const handler = createWebhookHandler(purse, {
    secrets: [secret],
    on: {
      fallback({ payment }) {
        received.push(payment);
        for (const wake of wakers) wake();
      },
    },
  });
  const handle = toNodeHandler(handler);
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.

  return {
    registration: {
      url: `http://127.0.0.1:${String(port)}/purse`,
      headers: [createWebhookSecretHeader({ secret })],
    },
    next(paymentId) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new DemoRefusal("no webhook came within 10 seconds."));
        }, longestWaitMs);
        const look = (): void => {
          const index = received.findIndex(({ id }) => id === paymentId);
          const [found] = index === -1 ? [] : received.splice(index, 1);
          if (found === undefined) return;
          clearTimeout(timer);
          wakers.delete(look);
          resolve(found);
        };
        wakers.add(look);
        look();
      });
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
