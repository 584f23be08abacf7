import { expect, it } from "vitest";
import type { WebhookDelivery } from "../../../../src/simulator/state/records.js";
import { addDelivery } from "../../../../src/simulator/webhooks/deliveries.js";
import { createState } from "../../../../src/simulator/state/state.js";

function delivery(version: number, status: WebhookDelivery["status"]): WebhookDelivery {
  const base = { paymentId: "p", url: "", headers: [], body: "", createdAtMs: 0, attempts: [] };
  return { ...base, id: String(version), version, status };
}

it("keeps the last 1 000 webhooks, and all that are still to be sent", () => {
  const state = createState();
  addDelivery(state, delivery(0, "waiting"));
  for (let version = 1; version <= 1005; version++) addDelivery(state, delivery(version, "delivered"));
  expect(state.deliveries.map(({ version }) => version)).toEqual([
    0,
    ...Array.from({ length: 999 }, (_, index) => index + 7),
  ]);
});
