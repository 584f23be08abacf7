import { beforeEach, describe, expect, it } from "vitest";
import { createPaymentLink, listEligibleSolutions } from "../../generated/operations.js";
import type { ListEligibleSolutionsRequest, PaymentLink, Problem } from "../../generated/schema.js";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { connect, type Caller } from "../unit/simulator/caller.js";

let simulator: Simulator;
let caller: Caller;
let purse: Purse;
beforeEach(async () => {
  simulator = createSimulator();
  caller = await connect(simulator);
  const { baseUrl, fetch, clientId, clientSecret, entityId } = simulator;
  purse = new Purse({ baseUrl, fetch, clientId, clientSecret, entityId });
});

const order = { amount: 5000, currency: "EUR", order: { reference: "order-1", net_amount: 5000 } };
const link = { ...order, shopper_redirection_url: "https://shop.example/return" };

describe("eligible solutions", () => {
  it("are the same as for a session", async () => {
    const session = await caller.createSession();
    expect(await purse.eligibleSolutions.list(order)).toEqual({
      amount: 5000,
      currency: "EUR",
      eligible_solutions: session.eligible_solutions,
    });
  });

  it("create nothing", async () => {
    await purse.eligibleSolutions.list(order);
    expect(simulator.ledger.entries()).toEqual([]);
  });
});

describe("a payment link", () => {
  it("is open and has a URL", async () => {
    const { id, status, url } = await purse.paymentLinks.create(link);
    expect(status).toBe("OPENED");
    expect(url).toBe(`${simulator.baseUrl}/links/${id ?? ""}`);
  });

  it("is created again when the key is repeated, because no key is documented here", async () => {
    const body = { ...link, entity_id: simulator.entityId };
    const answers = [
      await caller.call(createPaymentLink, { body, key: "same-key" }),
      await caller.call(createPaymentLink, { body, key: "same-key" }),
    ];
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as PaymentLink).id));
    expect(new Set(ids).size).toBe(2);
  });
});

describe.each([
  ["listEligibleSolutions", listEligibleSolutions, order],
  ["createPaymentLink", createPaymentLink, link],
] as const)("%s refuses", (_name, operation, valid) => {
  async function refusal(changes: Record<string, unknown>): Promise<Problem> {
    const body = { entity_id: simulator.entityId, ...valid, ...changes };
    const response = await caller.call(operation, { body });
    expect(response.ok).toBe(false);
    return (await response.json()) as Problem;
  }

  it("other entities", async () => {
    const entity: Pick<ListEligibleSolutionsRequest, "entity_id"> = {
      entity_id: "00000000-0000-4000-8000-000000000000",
    };
    expect((await refusal({ ...entity })).status).toBe(403);
  });

  it.each([
    ["an amount of zero", { amount: 0 }, "/amount"],
    ["more than the order", { amount: 5001 }, "/amount"],
    ["unknown members", { typo: 1 }, "/typo"],
    ["a missing order", { order: undefined }, "/order"],
  ])("%s", async (_what, changes, pointer) => {
    const { status, errors } = await refusal(changes);
    expect(status).toBe(400);
    expect(errors?.[0]?.pointer).toBe(pointer);
  });
});
