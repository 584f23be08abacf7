import { expect, test } from "vitest";
import { findOperation } from "../../../src/resources/find-operation.js";
import type { Payment } from "../../../src/index.js";
import { operation, payment } from "../../support/test-client.js";

const holding = (members: Record<string, unknown>): Payment => payment(members) as unknown as Payment;

test("the one operation that matches is found, by each member", () => {
  const wanted = operation({ id: "op-2", amount: 5, merchant_reference: "ref-2" });
  const held = holding({ captures: [operation({ merchant_reference: "ref-1" }), wanted] });
  expect(findOperation(held, { list: "captures", id: "op-2" })).toBe(wanted);
  expect(findOperation(held, { list: "captures", amount: 5 })).toBe(wanted);
  expect(findOperation(held, { list: "captures", merchant_reference: "ref-2" })).toBe(wanted);
  expect(findOperation(held, { list: "captures", id: "op-2", amount: 6 })).toBeUndefined();
  expect(findOperation(held, { list: "refunds", id: "op-2" })).toBeUndefined();
});

test("of several that fit none is found", () => {
  const held = holding({ captures: [operation(), operation({ id: "op-2" })] });
  expect(findOperation(held, { list: "captures" })).toBeUndefined();
});

test.each([[undefined], [null], ["none"], [[null, 5]], [{}]])(
  "a list that is %j holds nothing",
  (captures) => {
    expect(findOperation(holding({ captures }), { list: "captures" })).toBeUndefined();
  },
);
