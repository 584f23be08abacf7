import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/index.js";
import type { WebhookChange, WebhookEvent, WebhookHandlers } from "../../../src/webhooks/index.js";
import { checkHandlers, route } from "../../../src/webhooks/router.js";
import { rejectionOf, thrownBy } from "../../support/failures.js";
import { statedPayment } from "../../support/webhooks.js";

const eventOf = (...changes: WebhookChange[]): WebhookEvent => {
  return { id: "payment-1", payment: statedPayment(), changes, failedOperations: [] };
};

const { signal } = new AbortController();

function recording(...names: (keyof WebhookHandlers)[]): { called: string[]; on: WebhookHandlers } {
  const called: string[] = [];
  const handlers = [...names, "fallback"].map((name) => [name, () => called.push(name)] as const);
  // Built from its own names.
  return { called, on: Object.fromEntries(handlers) as unknown as WebhookHandlers };
}

const cases: readonly [string, (keyof WebhookHandlers)[], WebhookChange[], string[]][] = [
  ["a change with a handler", ["captured"], ["captured"], ["captured"]],
  ["a change without a handler", ["captured"], ["voided"], ["fallback"]],
  [
    "several with handlers",
    ["captured", "authorized"],
    ["authorized", "captured"],
    ["authorized", "captured"],
  ],
  ["several, not all with handlers", ["captured"], ["authorized", "captured"], ["captured", "fallback"]],
  ["several without handlers", [], ["authorized", "captured"], ["fallback"]],
  ["no change that has a name", ["authorized", "captured"], [], ["fallback"]],
];

test.each(cases)("%s", async (_, names, changes, expected) => {
  const { called, on } = recording(...names);
  await route(on, eventOf(...changes), signal);
  expect(called).toEqual(expected);
});

test("handlers get the payment and the event", async () => {
  const event = eventOf("refunded");
  const seen: unknown[] = [];
  await route({ refunded: (context) => seen.push(context), fallback: () => undefined }, event, signal);
  expect(seen).toEqual([{ payment: event.payment, event, signal }]);
});

test("one handler is done before the next begins, and none begins after one that fails", async () => {
  const steps: string[] = [];
  const on: WebhookHandlers = {
    authorized: async () => {
      await Promise.resolve();
      steps.push("authorized is done");
    },
    captured: () => {
      steps.push("captured");
      throw new Error("no");
    },
    refunded: () => steps.push("refunded"),
    fallback: () => steps.push("fallback"),
  };
  await rejectionOf(route(on, eventOf("authorized", "captured", "refunded", "voided"), signal));
  expect(steps).toEqual(["authorized is done", "captured"]);
});

test("none begins when the time is up", async () => {
  const controller = new AbortController();
  const { called, on } = recording("captured");
  const late = {
    ...on,
    authorized: () => {
      controller.abort(new Error("the time is up"));
    },
  };
  expect(await rejectionOf(route(late, eventOf("authorized", "captured"), controller.signal))).toEqual(
    new Error("the time is up"),
  );
  expect(called).toEqual([]);
});

test("without a fallback it does not compile, and does not start", () => {
  // @ts-expect-error the fallback is mandatory
  const without: WebhookHandlers = { captured: () => undefined };
  // @ts-expect-error and so are names that exist
  const misspelt: WebhookHandlers = { capture: () => undefined, fallback: () => undefined };
  expect(misspelt).toBeDefined();
  for (const on of [without, undefined, null, "x", { fallback: 5 }, { captured: 5, fallback: () => 1 }]) {
    expect(thrownBy(() => checkHandlers(on))).toBeInstanceOf(PurseInvalidArgumentError);
  }
});
