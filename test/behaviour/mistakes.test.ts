import { createServer } from "node:net";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { isPurseError, Purse, type AnyPurseError, type CreateClientSessionParams } from "../../src/index.js";
import { paidPayment, simulate, smallOrder } from "../support/simulated.js";

async function errorOf(run: () => Promise<unknown>): Promise<AnyPurseError> {
  try {
    await run();
  } catch (error) {
    if (isPurseError(error)) return error;
    throw error;
  }
  throw new Error("there was no error");
}

/** A port of this machine on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("a user's mistake gets one typed error", () => {
  it("wrong secret", async () => {
    const clientSecret = "certainly-not-the-secret";
    const { purse, simulator } = simulate({ clientSecret });
    const error = await errorOf(() => purse.payments.retrieve("any"));
    expect(error).toMatchObject({ code: "token", reason: "credentials_refused", status: 401, attempts: 0 });
    expect(error.message).toContain("client id and secret");
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(clientSecret);
    // Asking again with a secret that was refused would only lock the account.
    expect(simulator.requests()).toHaveLength(1);
  });

  it("unknown payment", async () => {
    const { purse } = simulate();
    const error = await errorOf(() =>
      purse.payments.capture("9a14962c-bdcf-49d1-8673-e75dfb48013f", { amount: 1 }),
    );
    expect(error).toMatchObject({ code: "not_found", status: 404 });
  });

  it("amount too high", async () => {
    const simulated = simulate();
    const { id } = await paidPayment(simulated);
    const error = await errorOf(() => simulated.purse.payments.capture(id, { amount: 12001 }));
    expect(error).toMatchObject({ code: "bad_request", status: 400 });
    expect(error.code === "bad_request" && error.detail).toContain("12000");
    expect(simulated.simulator.ledger.entries(id)).toHaveLength(1);
  });

  it("missing field, found before anything is sent", async () => {
    const { purse, simulator } = simulate();
    const { amount, currency, shopper_redirection_url } = smallOrder;
    const params = { amount, currency, shopper_redirection_url } as CreateClientSessionParams;
    const error = await errorOf(() => purse.clientSessions.create(params));
    expect(error).toMatchObject({ code: "invalid_argument", argument: "params.order" });
    expect(simulator.requests()).toHaveLength(0);
  });

  it("missing field deeper down, found by the service", async () => {
    const { purse } = simulate();
    const order = { net_amount: 12000 } as CreateClientSessionParams["order"];
    const error = await errorOf(() => purse.clientSessions.create({ ...smallOrder, order }));
    expect(error).toMatchObject({ code: "bad_request", status: 400 });
    expect(error.code === "bad_request" && error.problems).toContainEqual(
      expect.objectContaining({ pointer: "/order/reference" }),
    );
  });

  it("nothing listens there", async () => {
    const baseUrl = `http://127.0.0.1:${String(await closedPort())}`;
    const purse = new Purse({ baseUrl, clientId: "a", clientSecret: "b", maxRetries: 0 });
    const error = await errorOf(() => purse.payments.retrieve("any"));
    expect(error).toMatchObject({ code: "token", reason: "unavailable" });
    expect(error.message).toContain("ECONNREFUSED");
  });

  it("unset variables", () => {
    expect(() => new Purse()).toThrow(/PURSE_ENVIRONMENT/);
    expect(() => new Purse({ environment: "sandbox" })).toThrow(/PURSE_CLIENT_ID/);
    expect(() => new Purse({ environment: "sandbox", clientId: "a" })).toThrow(/PURSE_CLIENT_SECRET/);
  });
});
