import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Webhook } from "purse-payments";
import { DemoRefusal } from "./refusal.js";

export interface WebhookReceiver {
  /** What to put into the session, so that Purse knows where to call and what to prove it with. */
  readonly registration: Webhook;
  /** The id and version of the next payment that a webhook names; the body is no proof, so read the payment back. */
  next(paymentId: string): Promise<{ id: string; version: number | undefined }>;
  close(): void;
}

const secretHeader = "x-demo-webhook-secret";
const patienceMs = 10_000;

/** A receiver on a free port of this machine. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const secret = crypto.randomUUID();
  const received: { id: string; version: number | undefined }[] = [];
  const wakers = new Set<() => void>();
  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      const isGenuine = request.headers[secretHeader] === secret && typeof body["id"] === "string";
      response.writeHead(isGenuine ? 204 : 401).end();
      if (!isGenuine) return;
      received.push({
        id: String(body["id"]),
        version: typeof body["version"] === "number" ? body["version"] : undefined,
      });
      for (const wake of wakers) wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.

  return {
    registration: {
      url: `http://127.0.0.1:${String(port)}/purse`,
      headers: [{ name: secretHeader, values: [secret] }],
    },
    next(paymentId) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new DemoRefusal("no webhook came within 10 seconds."));
        }, patienceMs);
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

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
