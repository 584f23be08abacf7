import { beforeEach, describe, expect, test } from "vitest";
import { changesOf, type WebhookChange } from "../../../src/webhooks/once/diff-states.js";
import { createStore } from "../../../src/webhooks/stores/memory-store.js";
import { summarize, type PaymentSummary } from "../../../src/webhooks/once/payment-state.js";
import { createReceivers, type Receivers } from "../../support/webhook-receiver.js";
import { statedPayment } from "../../support/webhooks.js";

type Members = Record<string, unknown>;

const authorized = { total_authorized: 1000, total_captured: 0, total_refunded: 0, total_voided: 0 };
const withAmounts = (amounts: Members, rest: Members = {}): Members => ({
  ...rest,
  amounts: { ...authorized, ...amounts },
});
const operation = (status: string, amount: number): Members[] => [{ id: `op-${status}`, status, amount }];
const pending = withAmounts({ total_authorized: 0 }, { authorization: { status: "PENDING" } });

const voided = withAmounts({ total_voided: 1000 }, { voids: operation("SUCCESS", 1000) });
const captured = withAmounts({ total_captured: 1000 }, { captures: operation("SUCCESS", 1000) });
const refunded = withAmounts(
  { total_captured: 1000, total_refunded: 1000 },
  { captures: operation("SUCCESS", 1000), refunds: operation("SUCCESS", 1000) },
);

/** What is told of each state in turn, when each is handled. */
async function toldOf(...states: Members[]): Promise<(readonly WebhookChange[])[]> {
  let previous: PaymentSummary | undefined;
  const told: (readonly WebhookChange[])[] = [];
  for (const state of states) {
    const now = await summarize(statedPayment(state), previous);
    told.push(changesOf(now, previous));
    previous = now;
  }
  return told;
}

describe("without an earlier state, `authorized` is not told of a payment that", () => {
  test.each<[string, Members, WebhookChange[]]>([
    ["is voided as a whole", voided, ["voided"]],
    ["is captured and refunded as a whole", refunded, ["refunded"]],
    [
      "has a part refunded and the rest voided",
      withAmounts({ total_captured: 600, total_refunded: 600, total_voided: 400 }),
      ["refunded", "voided"],
    ],
    ["is voided as a whole, while the totals lag behind", { voids: operation("SUCCESS", 1000) }, []],
    ["is being voided as a whole", { voids: operation("PENDING", 1000) }, []],
    ["may have been voided as a whole", { voids: operation("UNCERTAIN", 1000) }, []],
    ["is voided as a whole in a way of tomorrow", { voids: operation("SHINY", 1000) }, []],
    [
      "is being refunded as a whole",
      withAmounts({ total_captured: 1000 }, { refunds: operation("PENDING", 1000) }),
      ["captured"],
    ],
    [
      "is voided in part, and being voided for the rest",
      withAmounts({ total_voided: 300 }, { voids: operation("PENDING", 700) }),
      ["voided"],
    ],
  ])("%s", async (_, state, expected) => {
    expect(await toldOf(state)).toEqual([expected]);
  });
});

describe("without an earlier state, `authorized` is told of a payment that", () => {
  test.each<[string, Members, WebhookChange[]]>([
    ["is voided in part", withAmounts({ total_voided: 999 }), ["authorized", "voided"]],
    [
      "is refunded in part",
      withAmounts({ total_captured: 1000, total_refunded: 999 }),
      ["authorized", "captured", "refunded"],
    ],
    [
      "is refunded for what was captured, while more can be captured",
      withAmounts({ total_captured: 600, total_refunded: 600 }),
      ["authorized", "refunded"],
    ],
    ["is being captured", { captures: operation("PENDING", 1000) }, ["authorized"]],
    ["could not be voided", { voids: operation("FAILURE", 1000) }, ["authorized", "operationFailed"]],
    ["is for nothing, as a card check is", withAmounts({ total_authorized: 0 }), ["authorized"]],
  ])("%s", async (_, state, expected) => {
    expect(await toldOf(state)).toEqual([expected]);
  });
});

describe("with an earlier state", () => {
  test("`authorized` is not told of a payment that was voided between two readings", async () => {
    expect(await toldOf(pending, voided)).toEqual([[], ["voided"]]);
  });

  test("captures and refunds are told as they happened, though nothing is left of them", async () => {
    expect(await toldOf({}, refunded)).toEqual([["authorized"], ["captured", "refunded"]]);
  });

  test("`authorized` is told once a void that seemed to end the payment has failed", async () => {
    expect(
      await toldOf({ voids: operation("PENDING", 1000) }, { voids: operation("FAILURE", 1000) }),
    ).toEqual([[], ["authorized", "operationFailed"]]);
  });

  test("`authorized` is told once only, though a void of the whole came and failed in between", async () => {
    const told = await toldOf(
      {},
      { voids: operation("PENDING", 1000) },
      { voids: operation("FAILURE", 1000) },
    );
    expect(told).toEqual([["authorized"], [], ["operationFailed"]]);
  });
});

describe("the last handled state of a payment", () => {
  let receivers: Receivers;
  beforeEach(() => {
    receivers = createReceivers();
  });

  /** Handles one state after the other; gives what was told of the last. */
  async function lastTold(
    states: readonly Members[],
    options: Parameters<Receivers["create"]>[0] = {},
    betweenMs = 0,
  ): Promise<readonly WebhookChange[] | undefined> {
    const { clock, reader, handled, create, statusOf } = receivers;
    const receive = create(options);
    for (const [index, state] of states.entries()) {
      if (index > 0) await clock.advance(betweenMs);
      reader.answer = () => statedPayment({ version: index + 1, ...state });
      expect(await statusOf(receive())).toBe(200);
    }
    return handled.at(-1)?.event.changes;
  }

  const dayMs = 24 * 60 * 60_000;

  test("is still known a year later: a capture is told, and the authorization not once more", async () => {
    expect(await lastTold([{}, captured], {}, 366 * dayMs)).toEqual(["captured"]);
  });

  test("outlives the marks of what was done, however short these live", async () => {
    expect(await lastTold([{}, captured], { completedTtlMs: 1000 }, dayMs)).toEqual(["captured"]);
    await lastTold([{}, captured], { completedTtlMs: 1000 }, dayMs);
    expect(receivers.handled).toHaveLength(2);
  });

  test("is kept for summaryTtlMs, and forgotten after it", async () => {
    const options = { completedTtlMs: 1000, summaryTtlMs: 5000 };
    expect(await lastTold([{}, captured], options, 4999)).toEqual(["captured"]);
    receivers = createReceivers();
    expect(await lastTold([{}, captured], options, 5000)).toEqual(["authorized", "captured"]);
  });

  test("is not crowded out of the memory store by the marks of what was done", async () => {
    const store = createStore({ maxEntries: 20 }, receivers.clock);
    const { reader, handled, create, statusOf } = receivers;
    const receive = create({ store });
    expect(await statusOf(receive())).toBe(200);
    // Each state of another payment leaves a mark.
    for (let version = 1; version <= 30; version++) {
      reader.answer = (id) => statedPayment({ id, version });
      expect(await statusOf(receive({ body: { id: "payment-2" } }))).toBe(200);
    }
    reader.answer = () => statedPayment({ version: 2, ...captured });
    expect(await statusOf(receive())).toBe(200);
    expect(handled.at(-1)?.event.changes).toEqual(["captured"]);
  });
});
