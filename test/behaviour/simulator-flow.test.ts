import { importJWK } from "jose/key/import";
import { compactVerify } from "jose/jws/compact/verify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  abortClientSession,
  capturePayment,
  createClientSession,
  getClientSession,
  getPayment,
  getSigningJwks,
  maxAgeHeader,
  refundPayment,
  voidPayment,
} from "../../generated/operations.js";
import { redirectionParameter } from "../../generated/redirection.js";
import type { ClientSession, PurseJsonWebKeySet, Payment } from "../../generated/schema.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { connect, sessionRequest, type Caller, type Send } from "../unit/simulator/caller.js";

const transports: Record<string, (simulator: Simulator) => Promise<Send>> = {
  "without a port": (simulator) => Promise.resolve(simulator.fetch),
  "over a real port": async (simulator) => {
    await simulator.listen();
    return fetch;
  },
};

describe.each(Object.keys(transports))("the simulator %s", (transport) => {
  let simulator: Simulator;
  let send: Send;
  let caller: Caller;
  beforeEach(async () => {
    simulator = createSimulator();
    send = (await transports[transport]?.(simulator)) ?? simulator.fetch;
    caller = await connect(simulator, send);
  });
  afterEach(() => simulator.close());

  it("takes a payment from session to refund", async () => {
    const session = await caller.createSession({ integration_mode: "HOSTED_PAGE" });
    expect(session).toMatchObject({ status: "CREATED", capture_mode: "MANUAL", allow_future_usage: false });
    expect(session.links.hosted_page?.href).toBe(
      `${simulator.baseUrl}/entities/${simulator.entityId}/sessions/${session.id}`,
    );

    const page = await send(session.links.hosted_page?.href ?? "", { redirect: "manual" });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("50.00");
    const form = new URLSearchParams({
      card_number: "4111 1111 1111 1111",
      holder_name: "Ada",
      action: "pay",
    });
    const paid = await send(session.links.hosted_page?.href ?? "", {
      method: "POST",
      body: form,
      redirect: "manual",
    });
    expect(paid.status).toBe(303);
    const location = new URL(paid.headers.get("location") ?? "");
    expect(location.href).toMatch(
      /^https:\/\/shop\.example\/return\?order=1&purse-redirection-data=[^#]+#top$/,
    );

    const keySet = (await (
      await caller.call(getSigningJwks, { token: undefined })
    ).json()) as PurseJsonWebKeySet;
    const jws = await compactVerify(
      location.searchParams.get(redirectionParameter) ?? "",
      async ({ kid }) => {
        const jwk = keySet.keys.find((key) => key.kid === kid);
        return importJWK({ ...jwk, kid: String(jwk?.kid) }, "RS256");
      },
    );
    expect(jws.protectedHeader).toEqual({ alg: "RS256", kid: keySet.keys[0]?.kid });
    const claims = JSON.parse(new TextDecoder().decode(jws.payload)) as Record<string, string>;
    const submitted = (await (
      await caller.call(getClientSession, { id: session.id })
    ).json()) as ClientSession;
    expect(submitted.status).toBe("SUBMITTED");
    expect(claims).toEqual({
      client_session_id: session.id,
      client_session_status: "SUBMITTED",
      payment_id: submitted.payment_id,
      authorization_status: "AUTHORIZED",
    });

    const id = submitted.payment_id ?? "";
    const authorized = await caller.read(id);
    expect(authorized).toMatchObject({
      version: 1,
      client_session_id: session.id,
      order_reference: "order-1",
    });
    expect(authorized.authorization.partner_transactions[0]?.card).toMatchObject({
      bin: "411111",
      last_four_digits: "1111",
      holder_name: "Ada",
    });
    await caller.operate(capturePayment, id, 3000, "c1");
    await caller.operate(capturePayment, id, 500, "c2");
    await caller.operate(voidPayment, id, 1500, "v1");
    const done = await caller.operate(refundPayment, id, 1000, "r1");
    expect(done.amounts).toEqual({
      authorize_pending: 0,
      total_authorized: 5000,
      total_voided: 1500,
      available_to_void: 0,
      total_captured: 3500,
      available_to_capture: 0,
      total_refunded: 1000,
      available_to_refund: 2500,
    });
    expect(done.overview).toEqual({
      consumed: "TOTALLY",
      captured: "PARTIALLY",
      voided: "PARTIALLY",
      refunded: "PARTIALLY",
    });
    expect(done.version).toBe(5);
    expect(Object.keys(done.links)).toEqual(["self", "refund"]);
    expect(
      simulator.ledger.entries(id).map(({ kind, amount, idempotencyKey }) => [kind, amount, idempotencyKey]),
    ).toEqual([
      ["authorization", 5000, undefined],
      ["capture", 3000, "c1"],
      ["capture", 500, "c2"],
      ["void", 1500, "v1"],
      ["refund", 1000, "r1"],
    ]);
    expect(simulator.ledger.entries().map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  it("keeps the amounts consistent over many operations", async () => {
    const { id } = await caller.pay();
    let payment: Payment | undefined;
    for (const [operation, amount] of [
      [capturePayment, 1],
      [voidPayment, 2],
      [refundPayment, 1],
      [capturePayment, 4000],
      [refundPayment, 3999],
      [voidPayment, 997],
      [refundPayment, 1],
    ] as const) {
      payment = await caller.operate(operation, id, amount);
      const { amounts } = payment;
      const unused = amounts.total_authorized - amounts.total_captured - amounts.total_voided;
      expect([amounts.available_to_capture, amounts.available_to_void]).toEqual([unused, unused]);
      expect(amounts.available_to_refund).toBe(amounts.total_captured - amounts.total_refunded);
    }
    expect(payment?.overview).toMatchObject({ consumed: "TOTALLY", refunded: "TOTALLY" });
    expect(Object.keys(payment?.links ?? {})).toEqual(["self"]);
    const moved = (kind: string): number =>
      simulator.ledger.entries(id).reduce((sum, entry) => sum + (entry.kind === kind ? entry.amount : 0), 0);
    expect([moved("capture"), moved("void"), moved("refund")]).toEqual([4001, 999, 4001]);
  });

  it("aborts a session once, after which it cannot be paid", async () => {
    const { id, links } = await caller.createSession();
    expect(links.abort?.href).toBe(`/v2/client-sessions/${id}/abort`);
    const body = { status: "ABORTED_BY_MERCHANT" };
    const aborted = (await (await caller.call(abortClientSession, { id, body })).json()) as ClientSession;
    expect(aborted.status).toBe("ABORTED_BY_MERCHANT");
    expect((await caller.call(abortClientSession, { id, body })).status).toBe(400);
    await simulator.shopper.pay(id);
    expect(simulator.ledger.entries()).toEqual([]);
  });

  it("refuses to abort a session that was paid", async () => {
    const { client_session_id: id = "" } = await caller.pay();
    const response = await caller.call(abortClientSession, { id, body: { status: "ABORTED_BY_MERCHANT" } });
    expect(response.status).toBe(400);
    expect((await response.json()) as unknown).toMatchObject({
      detail: expect.stringContaining("SUBMITTED") as unknown,
    });
  });

  it("accepts a max-age on reading a payment", async () => {
    const { id } = await caller.pay();
    expect((await caller.call(getPayment, { id, headers: { [maxAgeHeader]: "max-age=60" } })).status).toBe(
      200,
    );
  });

  it("logs every request in order", async () => {
    const { id } = await caller.pay();
    await caller.operate(capturePayment, id, 1, "key-1");
    const requests = simulator.requests();
    const tokenRequests = requests.filter(({ path }) => path === "/oauth/token");
    expect(tokenRequests).toMatchObject([{ method: "POST", operation: "createAccessToken", status: 200 }]);
    expect(tokenRequests[0]).not.toHaveProperty("idempotencyKey");
    expect(requests.at(-1)).toMatchObject({
      method: "POST",
      path: `/payment/v2/payments/${id}/captures`,
      template: "/payment/v2/payments/{id}/captures",
      operation: "capturePayment",
      status: 200,
      idempotencyKey: "key-1",
    });
  });

  it("returns copies of its state", async () => {
    const { id } = await caller.pay();
    const entry = simulator.ledger.entries(id)[0] as { amount: number };
    entry.amount = 1;
    expect(simulator.ledger.entries(id)[0]?.amount).toBe(5000);
  });

  it("echoes the session exactly as requested", async () => {
    const request = sessionRequest(simulator, {
      allow_future_usage: true,
      amount: 0,
      capture_mode: "AUTOMATIC",
      customer: { first_name: "Zoë", locale: "fr_FR" },
    });
    const session = (await (
      await caller.call(createClientSession, { body: request })
    ).json()) as ClientSession;
    expect(session).toMatchObject(request);
    expect(JSON.parse(atob(session.widget.data))).toEqual({
      client_session_id: session.id,
      entity_id: simulator.entityId,
    });
    expect((await send(session.widget.js_url)).status).toBe(200);
  });
});
