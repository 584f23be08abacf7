import { beforeEach, expect, it } from "vitest";
import { PurseInvalidArgumentError, type CaptureParams } from "../../src/index.js";
import { failureAs } from "../support/failures.js";
import { movedBy, paidPayment, simulate, type Simulated } from "../support/simulated.js";

/** From a variable, TypeScript lets every one of these pass. A key that is ignored lets the money move at every call. */

let simulated: Simulated;
let id: string;

beforeEach(async () => {
  simulated = simulate();
  ({ id } = await paidPayment(simulated));
});

const misspelt: [string, CaptureParams, object | undefined][] = [
  ["in snake_case", { amount: 1000 }, { idempotency_key: "order-1" }],
  ["in lower case", { amount: 1000 }, { idempotencykey: "order-1" }],
  ["among the params", { amount: 1000, idempotencyKey: "order-1" } as CaptureParams, undefined],
  [
    "among the params, in snake_case",
    { amount: 1000, idempotency_key: "order-1" } as CaptureParams,
    undefined,
  ],
  ["in a header", { amount: 1000 }, { headers: { "Idempotency-Key": "order-1" } }],
  ["in a Map", { amount: 1000 }, new Map([["idempotencyKey", "order-1"]])],
  ["in Headers", { amount: 1000 }, { headers: new Headers({ "x-idempotency-key": "order-1" }) }],
];

it.each(misspelt)("a key %s moves nothing, however often the call is made", async (_, params, options) => {
  for (let call = 1; call <= 2; call++) {
    const capture = simulated.purse.payments.capture(id, params, options);
    await failureAs(PurseInvalidArgumentError, capture);
  }
  expect(movedBy(simulated.simulator, id)["capture"]).toBeUndefined();
  for (let call = 1; call <= 2; call++)
    await simulated.purse.payments.capture(id, { amount: 1000 }, { idempotencyKey: "order-1" });
  expect(movedBy(simulated.simulator, id)["capture"]).toEqual([1000]);
});
