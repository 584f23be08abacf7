import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as operationTable from "../../generated/operations.js";
import type { OperationEntry } from "../../generated/operations.js";
import { Purse, type CreateClientSessionParams, type CreatePaymentParams } from "../../src/index.js";
import { documentedExample } from "../support/documented-examples.js";
import { startPrismMock, type PrismMock } from "../support/prism.js";

const id = "9a14962c-bdcf-49d1-8673-e75dfb48013f";

interface Exchange {
  path: string;
  method: string;
  status: number;
  violations: string | null;
}

/** How each operation is reached through the client, and what its documented answer must show. */
const cases: Record<string, (purse: Purse) => Promise<void>> = {
  async createAccessToken(purse) {
    const token = await purse.accessTokens.retrieve();
    expect(token).toMatchObject({ token_type: "Bearer" });
    expect(token.expires_in).toBeGreaterThan(3500);
  },
  async createClientSession(purse) {
    const params = documentedExample("ClientSessionRequest") as unknown as CreateClientSessionParams;
    expect((await purse.clientSessions.create(params)).status).toBe("CREATED");
  },
  async getClientSession(purse) {
    expect((await purse.clientSessions.retrieve(id)).status).toBe("SUBMITTED");
  },
  async abortClientSession(purse) {
    expect((await purse.clientSessions.abort(id)).status).toBe("ABORTED_BY_MERCHANT");
  },
  async createPayment(purse) {
    const params = documentedExample("PaymentRequest") as unknown as CreatePaymentParams;
    expect((await purse.payments.create(params)).amounts.total_authorized).toBe(4299);
  },
  async getPayment(purse) {
    const payment = await purse.payments.retrieve(id, { maxAgeSeconds: 60 });
    expect(payment.amounts.available_to_capture).toBe(1299);
  },
  async capturePayment(purse) {
    const { data, operation } = await purse.payments
      .capture(id, { amount: 4299, merchant_reference: "CAP#1223445" })
      .withResponse();
    expect(data.captures).toHaveLength(1);
    expect(operation?.status).toBe("SUCCESS");
  },
  async refundPayment(purse) {
    expect((await purse.payments.refund(id, { amount: 10 })).refunds).toHaveLength(1);
  },
  async voidPayment(purse) {
    expect((await purse.payments.void(id, { amount: 10 })).voids).toHaveLength(1);
  },
  async getSigningJwks(purse) {
    expect((await purse.signingKeys.list()).keys[0]?.kty).toBe("RSA");
  },
};

function operationsOfTheSpec(): OperationEntry[] {
  return Object.values(operationTable).filter((entry): entry is OperationEntry => {
    return typeof entry === "object" && "operationId" in entry;
  });
}

describe("every operation against a Prism mock of the spec", () => {
  let mock: PrismMock;
  let exchanges: Exchange[];
  let purse: Purse;

  beforeAll(async () => {
    mock = await startPrismMock();
    exchanges = [];
    purse = new Purse({
      baseUrl: mock.url,
      clientId: "client",
      clientSecret: "secret",
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        const violations = response.headers.get("sl-violations");
        exchanges.push({
          path: new URL(url).pathname,
          method: String(init.method),
          status: response.status,
          violations,
        });
        return response;
      },
    });
  });

  afterAll(() => mock.close());

  it.each(operationsOfTheSpec())("$operationId", async (operation) => {
    const run = cases[operation.operationId];
    if (run === undefined)
      throw new Error(`${operation.operationId} stands in the spec, but has no case here`);
    const before = exchanges.length;
    await run(purse);
    const last = exchanges.at(-1);
    const pattern = new RegExp(`^${operation.path.replace("{id}", "[^/]+")}$`);
    expect(exchanges.length).toBeGreaterThan(before);
    expect(last).toMatchObject({ method: operation.method, status: 200, violations: null });
    expect(last?.path).toMatch(pattern);
  });

  it("refuses what the spec refuses, so that the cases above prove something", async () => {
    const response = await fetch(`${mock.url}/payment/v2/payments/${id}/captures`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer token" },
      body: JSON.stringify({ amount: 1.5 }),
    });
    expect(response.status).toBe(400);
  });
});
