import { expect, test } from "vitest";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { failureAs } from "../../support/failures.js";
import { simulate, type Simulated } from "../../support/simulated.js";

/** A client of the simulator: payments are created, and their answers fail as `fetch` fails, with this cause. */
function failsAfterCreating(cause: unknown): Simulated {
  const simulated: Simulated = simulate({
    fetch: async (url, init) => {
      const response = await simulated.simulator.fetch(url, init);
      if (url.endsWith("/payments")) throw new TypeError("fetch failed", { cause });
      return response;
    },
  });
  return simulated;
}

const order = { reference: "order-1", net_amount: 700 };
const split = [{ partner: "illicado", method: "giftcard", amount: 700 }];

test.each([
  ["ECONNREFUSED", "read"],
  ["ECONNREFUSED", "write"],
  ["ENOTFOUND", "read"],
  ["ETIMEDOUT", "read"],
  ["EMFILE", "accept"],
  ["EADDRNOTAVAIL", undefined],
])("a payment whose answer is lost with %s at %s is created once, and unknown", async (code, syscall) => {
  const { simulator, purse } = failsAfterCreating(Object.assign(new Error("failed"), { code, syscall }));
  const call = purse.payments.create({ amount: 700, currency: "EUR", order, split });
  expect((await failureAs(PurseOutcomeUnknownError, call)).attempts).toBe(1);
  expect(simulator.ledger.entries().map(({ kind, amount }) => [kind, amount])).toEqual([
    ["authorization", 700],
  ]);
});
