import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Payment, Purse, Webhook } from "purse-payments";
import { createWebhookHandler, createWebhookSecretHeader } from "purse-payments/webhooks";
import { toNodeHandler } from "purse-payments/webhooks/node";
import { DemoError } from "./demo-error.js";

export interface WebhookReceiver {
  /** The `webhook` of a session: address and secret header. */
  readonly registration: Webhook;
  /** The payment as read by the next webhook for it. */
  next(paymentId: string): Promise<Payment>;
  close(): void;
}

const timeoutMs = 10_000;

/** Starts a receiver on a free local port. */
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
  const receive = toNodeHandler(handler);
  const server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not a pipe.

  return {
    registration: {
      url: `http://127.0.0.1:${String(port)}/purse`,
      headers: [createWebhookSecretHeader({ secret })],
    },
    next(paymentId) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new DemoError("no webhook arrived within 10 seconds."));
        }, timeoutMs);
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
