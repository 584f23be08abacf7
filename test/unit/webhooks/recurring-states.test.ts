import { beforeEach, expect, test } from "vitest";
import { createReceivers, type Receivers } from "../../support/webhook-receiver.js";
import { statedPayment } from "../../support/webhooks.js";

let receivers: Receivers;
beforeEach(() => {
  receivers = createReceivers();
});

const states: Readonly<Record<string, Record<string, unknown>>> = {
  A: { captures: [{ id: "capture-1", amount: 1, status: "PENDING" }] },
  B: { captures: [{ id: "capture-1", amount: 1, status: "UNCERTAIN" }] },
  C: { captures: [{ id: "capture-1", amount: 1, status: "SUCCESS" }] },
};

/** Delivers states one after the other; gives those that were handled. */
async function handledOf(
  names: string,
  version: number | undefined,
  receive = receivers.create(),
): Promise<string> {
  const { reader, handled, statusOf } = receivers;
  let seen = "";
  for (const name of names) {
    reader.answer = () => statedPayment({ ...states[name], version });
    const before = handled.length;
    expect(await statusOf(receive())).toBe(200);
    if (handled.length > before) seen += name;
  }
  return seen;
}

test.each([
  ["ABA", "ABA"],
  ["ABABAB", "ABABAB"],
  ["AABBAAB", "ABAB"],
  ["ABCABC", "ABCABC"],
])(
  "without a version, the states %s are handled as %s: one that came back is news",
  async (given, expected) => {
    expect(await handledOf(given, undefined)).toBe(expected);
  },
);

test("so are states within one version", async () => {
  expect(await handledOf("ABA", 7)).toBe("ABA");
});

test("another process tells them alike", async () => {
  const { create } = receivers;
  expect(await handledOf("AB", undefined, create())).toBe("AB");
  expect(await handledOf("BA", undefined, create())).toBe("A");
  expect(await handledOf("AB", undefined, create())).toBe("B");
});

test("a store that could not remember the last one does not make a repetition look new", async () => {
  const { create, store } = receivers;
  expect(await handledOf("A", undefined)).toBe("A");
  const forgetful = { ...store, remember: () => Promise.reject(new Error("no")) };
  expect(await handledOf("BBB", undefined, create({ store: forgetful }))).toBe("B");
});

test("a store of three methods cannot tell, and handles each state once", async () => {
  const { claim, complete, release } = receivers.store;
  const receive = receivers.create({ store: { claim, complete, release } });
  expect(await handledOf("ABAB", undefined, receive)).toBe("AB");
});

test("what an earlier release has remembered is read all the same", async () => {
  const { store } = receivers;
  expect(await handledOf("A", undefined)).toBe("A");
  const { sequence, ...older } = JSON.parse((await store.recall("summary:payment-1")) ?? "") as {
    sequence: unknown;
  };
  expect(sequence).toBe(0);
  await store.remember("summary:payment-1", JSON.stringify(older), 60_000);
  expect(await handledOf("ABA", undefined)).toBe("BA");
});
