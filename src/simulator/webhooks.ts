import type { KnownWebhookEventType } from "../../generated/enums.js";
import type { Payment, Webhook } from "../../generated/schema.js";
import type { LedgerKind } from "./ledger.js";

const pausesMs = [200, 1000];
const timeoutMs = 5000;

/** Headers that describe the connection or the body; setting them would break the message. */
const unsettable =
  /^(?:connection|content-length|content-type|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** No event type is documented for authorizations, so a list of types never asks for them. */
const eventTypes: Readonly<Record<LedgerKind, KnownWebhookEventType | undefined>> = {
  authorization: undefined,
  capture: "PAYMENT_CAPTURE",
  refund: "PAYMENT_REFUND",
  void: "PAYMENT_VOID",
};

export interface WebhookSender {
  /** Sends a copy of the payment as it is now, soon, if it asked to be notified of this. */
  notify(payment: Payment, event: LedgerKind): void;
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface WebhookSenderOptions {
  /** Looked up anew for each delivery, so that a replaced global `fetch` is seen. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  log(line: string): void;
}

interface Delivery {
  readonly paymentId: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const closing = new AbortController();
  /** The last delivery of each payment; the next one waits for it, so versions arrive in order. */
  const queues = new Map<string, Promise<void>>();

  async function deliver(delivery: Delivery): Promise<void> {
    // Lets the answer to the call that caused the change go out first.
    await pause(0, closing.signal);
    for (const pauseMs of [...pausesMs, undefined]) {
      if (closing.signal.aborted) return;
      const outcome = await attempt(delivery);
      options.log(`webhook ${delivery.paymentId} ${outcome}`);
      if (outcome === "delivered") return;
      if (pauseMs !== undefined) await pause(pauseMs, closing.signal);
    }
  }

  async function attempt({ url, headers, body }: Delivery): Promise<string> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const answer = await options.fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
      await answer.body?.cancel();
      return answer.ok ? "delivered" : `answered with ${String(answer.status)}`;
    } catch (error) {
      return `failed (${error instanceof Error ? error.name : "unknown"})`;
    }
  }

  return {
    notify(payment, event) {
      const { webhook, id } = payment;
      if (webhook === undefined || closing.signal.aborted || !isWanted(webhook, event)) return;
      const body = JSON.stringify(payment);
      const delivery = { paymentId: id, url: webhook.url, headers: toHeaders(webhook), body };
      const last = (queues.get(id) ?? Promise.resolve())
        .then(() => deliver(delivery))
        .then(() => {
          if (queues.get(id) === last) queues.delete(id);
        });
      queues.set(id, last);
    },
    async idle() {
      while (queues.size > 0) await Promise.all(queues.values());
    },
    async close() {
      closing.abort();
      await Promise.all(queues.values());
    },
  };
}

function isWanted({ url, event_types: types }: Webhook, event: LedgerKind): boolean {
  if (!URL.canParse(url) || !["http:", "https:"].includes(new URL(url).protocol)) return false;
  if (types === undefined || types.length === 0) return true;
  return types.some((type) => type === eventTypes[event]);
}

function toHeaders({ headers = [] }: Webhook): Headers {
  const result = new Headers({ "content-type": "application/json" });
  for (const { name, values } of headers.filter((header) => !unsettable.test(header.name))) {
    for (const value of values) {
      try {
        result.append(name, value);
      } catch {
        // Not a header that HTTP can carry: the notification goes out without it.
      }
    }
  }
  return result;
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, delayMs);
    signal.addEventListener("abort", finish);
  });
}
