import { describe, expect, it } from "vitest";
import {
  distribute,
  prioritiesOf,
  type PriorityStep,
  type Source,
} from "../../../../src/simulator/payments/distribution.js";

const source = (partner: string, method: string, remaining: number): Source => ({
  id: partner,
  partner,
  method,
  remaining_amount: remaining,
});
const card = source("dalenys", "creditcard", 500);
const gift = source("illicado", "giftcard", 300);
const wallet = source("paypal", "wallet", 200);
const all = [card, gift, wallet];

const spread = (amount: number, priorities: readonly PriorityStep[]): [string, number][] =>
  distribute(amount, all, priorities).map((share) => [share.source.partner, share.amount]);

describe("by default", () => {
  it("captures use gift cards first, refunds cards first, voids the order of the parts", () => {
    expect(spread(1000, prioritiesOf("captures", { amount: 1000 })).map(([partner]) => partner)).toEqual([
      "illicado",
      "dalenys",
      "paypal",
    ]);
    const refundFirst = [gift, wallet, card];
    const shares = distribute(501, refundFirst, prioritiesOf("refunds", { amount: 501 }));
    expect(shares.map((share) => [share.source.partner, share.amount])).toEqual([
      ["dalenys", 500],
      ["illicado", 1],
    ]);
    expect(spread(501, prioritiesOf("voids", { amount: 501 }))).toEqual([
      ["dalenys", 500],
      ["illicado", 1],
    ]);
  });
});

describe("a priority list", () => {
  const any = { partner: "*", method: "*" };
  const anyCard = { partner: "*", method: "creditcard" };
  const illicado = { partner: "illicado", method: "*" };

  it("may place all other sources before its last step", () => {
    expect(spread(701, [anyCard, any, illicado])).toEqual([
      ["dalenys", 500],
      ["paypal", 200],
      ["illicado", 1],
    ]);
  });

  it("may omit sources, which then come last", () => {
    expect(spread(501, [{ partner: "paypal", method: "wallet" }, illicado])).toEqual([
      ["paypal", 200],
      ["illicado", 300],
      ["dalenys", 1],
    ]);
  });

  it("is found under any member name, if it is valid", () => {
    const amount = 1;
    const steps = [anyCard, any];
    expect(prioritiesOf("captures", { amount, ...{ whatever_it_is_called: steps } })).toBe(steps);
    const byDefault = prioritiesOf("captures", { amount });
    for (const other of [[], ["x"], [{ partner: "x" }], [null], { partner: "x", method: "y" }]) {
      expect(prioritiesOf("captures", { amount, ...{ priorities: other } })).toBe(byDefault);
    }
  });
});

it("takes nothing from used-up sources", () => {
  expect(distribute(100, [source("a", "b", 0), gift], [])).toEqual([{ source: gift, amount: 100 }]);
});
