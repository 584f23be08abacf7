import type { CreatePaymentRequest } from "../../../generated/schema.js";
import type { Context } from "../../../src/simulator/context.js";
import { jobHandlers } from "../../../src/simulator/jobs.js";
import { createRandom } from "../../../src/simulator/state/random.js";
import type { SigningKeys } from "../../../src/simulator/state/redirection-signing.js";
import { toSettings } from "../../../src/simulator/state/settings.js";
import { createState } from "../../../src/simulator/state/state.js";
import type { WebhookSender } from "../../../src/simulator/webhooks/webhooks.js";

export interface TestContext {
  readonly context: Context;
  /** Payment versions for which webhooks would have been sent. */
  readonly notified: [string, number | undefined][];
  readonly moveTo: (timeMs: number) => void;
}

/** A context without server, client or network, with the time frozen at 0. */
export function createContext(): TestContext {
  const notified: TestContext["notified"] = [];
  let nowMs = 0;
  const state = createState();
  const unused = (): never => {
    throw new Error("not used by the domain");
  };
  const webhooks: WebhookSender = {
    notify: (payment, event) => void notified.push([event, payment.version]),
    deliver: unused,
    redeliver: unused,
    list: unused,
    settled: unused,
    close: unused,
  };
  const signingKeys: SigningKeys = { list: unused, sign: unused, rotate: unused };
  const context: Context = {
    settings: toSettings({ settlementDelayMs: 1000 }),
    state,
    clock: { nowMs: () => nowMs },
    random: createRandom("test", state),
    jobs: jobHandlers,
    signingKeys,
    webhooks,
    baseUrl: () => "http://127.0.0.1",
  };
  return { context, notified, moveTo: (timeMs) => (nowMs = timeMs) };
}

export const cardPart = { partner: "dalenys", method: "creditcard" };
export const giftPart = { partner: "illicado", method: "giftcard" };

/** A gift card of 300 and a card of 700. */
export function splitRequest(
  { settings }: Context,
  changes: Partial<CreatePaymentRequest> = {},
): CreatePaymentRequest {
  return {
    entity_id: settings.entityId,
    amount: 1000,
    currency: "EUR",
    order: { reference: "order-1", net_amount: 1000 },
    split: [{ ...giftPart, amount: 300 }, cardPart],
    ...changes,
  };
}
