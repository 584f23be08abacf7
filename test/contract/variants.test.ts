import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PurseBadRequestError, type CreatePaymentParams, type SplitRequest } from "../../src/index.js";
import { schemaId } from "../../scripts/spec/validator.js";
import { documentedExample } from "../support/documented-examples.js";
import { failureAs } from "../support/failures.js";
import { startPrismMock, type PrismMock } from "../support/prism.js";
import { ajv } from "./judge.js";
import { record } from "./recording.js";

const part = { amount: 4299, partner: "dalenys", method: "creditcard" };
const options = {
  save_token: true,
  three_ds_server_trans_id: "id",
  three_ds_authentication_options: { challenge_indicator: "NO_CHALLENGE_REQUESTED" },
};

/** Whole and as short as guides show them. */
const good: Readonly<Record<string, SplitRequest>> = {
  "earlier payment": { amount: 3299, parent_payment_id: "id" },
  "earlier transaction": { amount: 3299, parent_partner_transaction_id: "id" },
  "partner token": { ...part, parent_partner_token: "token", parent_partner_reference: "reference" },
  "named solution": part,
  "new card": { ...part, ...options, vault_form_token: "token" },
  "new card, short": { vault_form_token: "token" },
  "saved card": { ...part, ...options, vault_form_token: "token", wallet_token: "id" },
  "saved card, short": { vault_form_token: "token", wallet_token: "id" },
  "saved card without its form": { wallet_token: "id" },
  // What no sample of a request shows, and an answer does or nothing rules out.
  "everything that an answer shows in one part": {
    ...part,
    ...{ parent_payment_id: "id", parent_partner_transaction_id: "id" },
    ...{ parent_partner_token: "token", parent_partner_reference: "reference" },
  },
  "a parent and a card": { parent_payment_id: "id", vault_form_token: "token" },
};

const bad: Readonly<Record<string, unknown>> = {
  nothing: {},
  "an amount alone": { amount: 1 },
  "a partner without a method": { amount: 1, partner: "dalenys" },
  "a misspelt member alone": { amount: 1, parent_payment: "id" },
  "an empty token": { vault_form_token: "" },
};

describe("the parts of a new payment", () => {
  let mock: PrismMock;
  beforeAll(async () => {
    mock = await startPrismMock();
  });
  afterAll(() => mock.close());

  function create(split: unknown): Promise<unknown> {
    const { purse } = record(mock.url, { method: "POST", path: "/none", prefer: "" });
    const params = { ...documentedExample("PaymentRequest"), split: [split] };
    return purse.payments.create(params as unknown as CreatePaymentParams); // Untyped callers send anything.
  }

  it.each(Object.entries(good))("%s is accepted, by Prism and by Ajv", async (_name, split) => {
    await expect(create(split)).resolves.toBeDefined();
    expect(ajv.getSchema(schemaId("#/components/schemas/SplitRequest"))?.(split)).toBe(true);
  });

  it("are at least one", async () => {
    const { purse } = record(mock.url, { method: "POST", path: "/none", prefer: "" });
    const params = { ...documentedExample("PaymentRequest"), split: [] };
    await failureAs(PurseBadRequestError, purse.payments.create(params as unknown as CreatePaymentParams));
  });

  it.each(Object.entries(bad))("%s is refused, by Prism and by Ajv", async (_name, split) => {
    await failureAs(PurseBadRequestError, create(split));
    expect(ajv.getSchema(schemaId("#/components/schemas/SplitRequest"))?.(split)).toBe(false);
  });
});

describe("a redirection", () => {
  const validate = ajv.getSchema(schemaId("#/components/schemas/PaymentRedirection"));

  it.each([
    ["an address", { href: "https://pay.example/", method: "GET" }],
    [
      "an address to post to",
      { href: "https://pay.example/", method: "POST", body: "a=1", media_type: "x/y" },
    ],
    ["a form", { form: "<form></form>" }],
    ["an unknown method", { href: "https://pay.example/", method: "QUERY" }],
    ["unknown members", { href: "https://pay.example/", new_member: 1 }],
    ["all at once", { href: "https://pay.example/", method: "POST", body: "{}", form: "<form></form>" }],
  ])("may be %s", (_name, redirection) => {
    expect(validate?.(redirection)).toBe(true);
  });

  it("says in some way where to go", () => {
    expect(validate?.({ method: "GET" })).toBe(false);
  });
});
