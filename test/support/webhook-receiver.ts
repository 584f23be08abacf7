import { createHandler, type WebhookHandlerOptions } from "../../src/webhooks/handler.js";
import type { WebhookContext, WebhookErrorContext, WebhookStore } from "../../src/webhooks/index.js";
import { createStore } from "../../src/webhooks/stores/memory-store.js";
import { manualClock, type ManualClock } from "./manual-clock.js";
import {
  delivery,
  runToAnswer,
  stubReader,
  webhookSecret,
  type DeliveryParts,
  type StubReader,
} from "./webhooks.js";

/** Handlers that share a store, a reader and a time, as processes of a fleet do. */
export interface Receivers {
  readonly clock: ManualClock;
  readonly reader: StubReader;
  readonly store: Required<WebhookStore>;
  readonly handled: WebhookContext[];
  readonly told: [unknown, WebhookErrorContext][];
  /** A handler of its own; gives the response to a delivery, for which time does not move by itself. */
  readonly create: (options?: Partial<WebhookHandlerOptions>) => (parts?: DeliveryParts) => Promise<Response>;
  /** Lets time run until the answer is there; gives its status. */
  readonly statusOf: (response: Promise<Response>) => Promise<number>;
}

export function createReceivers(): Receivers {
  const clock = manualClock();
  const reader = stubReader();
  const store = createStore({}, clock);
  const handled: WebhookContext[] = [];
  const told: [unknown, WebhookErrorContext][] = [];
  return {
    clock,
    reader,
    store,
    handled,
    told,
    create(options) {
      const onError = (error: unknown, context: WebhookErrorContext): unknown => told.push([error, context]);
      const on = { fallback: (context: WebhookContext): unknown => handled.push(context) };
      const handler = createHandler(
        reader,
        { secrets: [webhookSecret], store, on, onError, ...options },
        clock,
      );
      return (parts) => handler(delivery(parts));
    },
    async statusOf(response) {
      return (await runToAnswer(clock, response)).status;
    },
  };
}
