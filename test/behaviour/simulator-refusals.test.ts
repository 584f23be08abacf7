import { beforeEach, describe, expect, it } from "vitest";
import * as table from "../../generated/operations.js";
import {
  abortClientSession,
  apiKeyHeader,
  capturePayment,
  createAccessToken,
  createClientSession,
  createPayment,
  getClientSession,
  getPayment,
  type OperationEntry,
  refundPayment,
  voidPayment,
} from "../../generated/operations.js";
import type { Problem } from "../../generated/schema.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { connect, requestToken, sessionRequest, type Caller } from "../unit/simulator/caller.js";
import { checkAnswer } from "../unit/simulator/contract.js";

const unknownId = "00000000-0000-4000-8000-000000000000";
const operations = Object.values(table).filter(
  (entry): entry is OperationEntry => typeof entry === "object" && "operationId" in entry,
);

let simulator: Simulator;
let caller: Caller;
let nowMs: number;
beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1);
  simulator = createSimulator({ clock: { nowMs: () => nowMs } });
  caller = await connect(simulator);
});

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({ type: expect.any(String) as string, status: response.status });
  expect(problem.title).toBeTruthy();
  expect(problem.detail).toBeTruthy();
  return problem;
}

describe("the token endpoint", () => {
  const form = createAccessToken.constantMembers;
  const basic = (id: string, secret: string): Record<string, string> => ({
    authorization: `Basic ${btoa(`${id}:${secret}`)}`,
  });

  async function ask(
    body: Record<string, string> | string,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const response = await simulator.fetch(simulator.baseUrl + createAccessToken.path, {
      method: "POST",
      body: typeof body === "string" ? body : new URLSearchParams(body),
      headers,
    });
    await checkAnswer(createAccessToken, response);
    const answer = (await response.json()) as { error?: string; token_type?: string };
    return [response.status, answer.error ?? answer.token_type];
  }

  it("accepts credentials from the header or the form, not both", async () => {
    const { clientId, clientSecret } = simulator;
    const inForm = { ...form, client_id: clientId, client_secret: clientSecret };
    expect(await ask(form, basic(clientId, clientSecret))).toEqual([200, "Bearer"]);
    expect(await ask(inForm)).toEqual([200, "Bearer"]);
    expect(await ask(inForm, basic(clientId, clientSecret))).toEqual([400, "invalid_request"]);
  });

  it("accepts special characters in the secret raw and form-encoded", async () => {
    simulator = createSimulator({ clientSecret: "a%2B+b&c:d" });
    expect(await ask(form, basic(simulator.clientId, "a%2B+b&c:d"))).toEqual([200, "Bearer"]);
    expect(await ask(form, basic(simulator.clientId, encodeURIComponent("a%2B+b&c:d")))).toEqual([
      200,
      "Bearer",
    ]);
  });

  it("refuses wrong and missing credentials", async () => {
    const { clientId, clientSecret } = simulator;
    for (const headers of [
      basic(clientId, "wrong"),
      basic("wrong", clientSecret),
      basic(clientId, ""),
      {},
      { authorization: "Basic %%%" },
      { authorization: "Bearer x" },
    ]) {
      expect(await ask(form, headers)).toEqual([401, "invalid_client"]);
    }
  });

  it("refuses other forms", async () => {
    const headers = basic(simulator.clientId, simulator.clientSecret);
    expect(await ask({ grant_type: "password" }, headers)).toEqual([400, "unsupported_grant_type"]);
    expect(await ask({}, headers)).toEqual([400, "invalid_request"]);
    expect(await ask({ ...form, scope: "all" }, headers)).toEqual([400, "invalid_request"]);
    expect(await ask("grant_type=client_credentials", headers)).toEqual([400, "invalid_request"]);
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const twice = "grant_type=client_credentials&grant_type=client_credentials";
    expect(await ask(twice, { ...headers, ...type })).toEqual([400, "invalid_request"]);
    expect(await ask(`a=${"x".repeat(2 ** 20)}`, { ...headers, ...type })).toEqual([400, "invalid_request"]);
  });
});

describe("access", () => {
  const guarded = operations.filter(({ authentication }) => authentication === "token");

  it.each(guarded.map((operation) => [operation.operationId, operation] as const))(
    "%s needs a token",
    async (_name, operation) => {
      for (const token of [undefined, "wrong", "constructor"]) {
        const response = await caller.call(operation, { id: unknownId, body: {}, token });
        expect(response.status).toBe(401);
        expect(response.headers.get("www-authenticate")).toBe("Bearer");
        await problemOf(response);
      }
    },
  );

  it("ends when the token expires", async () => {
    nowMs += 3600 * 1000 - 1;
    expect((await caller.call(getPayment, { id: unknownId })).status).toBe(404);
    nowMs += 1;
    expect((await caller.call(getPayment, { id: unknownId })).status).toBe(401);
    const token = await requestToken(simulator);
    expect((await caller.call(getPayment, { id: unknownId, token })).status).toBe(404);
  });

  it("can require the API key too", async () => {
    simulator = createSimulator({ requireApiKey: true });
    caller = await connect(simulator);
    expect((await caller.call(getPayment, { id: unknownId })).status).toBe(401);
    const headers = { [apiKeyHeader]: simulator.apiKey };
    expect((await caller.call(getPayment, { id: unknownId, headers })).status).toBe(404);
  });

  it("is denied for other entities", async () => {
    const body = sessionRequest(simulator, { entity_id: unknownId });
    expect((await problemOf(await caller.call(createClientSession, { body }))).status).toBe(403);
    const { entity_id, amount, currency, order } = body;
    const payment = { entity_id, amount, currency, order, split: [{ partner: "a", method: "b" }] };
    expect((await caller.call(createPayment, { body: payment })).status).toBe(403);
  });
});

describe("unknown resources", () => {
  it.each([getClientSession, abortClientSession, getPayment, capturePayment, refundPayment, voidPayment])(
    "$operationId answers 404 for an unknown id",
    async (operation) => {
      for (const id of [unknownId, "constructor", "__proto__", "é|%"]) {
        const response = await caller.call(operation, {
          id,
          body: { status: "ABORTED_BY_MERCHANT", amount: 1 },
        });
        expect(response.status).toBe(404);
        await problemOf(response);
      }
    },
  );

  it("reports the unknown path without the gateway prefix", async () => {
    const response = await simulator.fetch(`${simulator.baseUrl}/payment/v2/nothing`);
    expect(await problemOf(response)).toMatchObject({ status: 404, instance: "/v2/nothing" });
    expect((await simulator.fetch(simulator.baseUrl + getPayment.path, { method: "DELETE" })).status).toBe(
      404,
    );
  });
});

describe("bodies", () => {
  const pointers = async (response: Response): Promise<unknown> =>
    (await problemOf(response)).errors?.map(({ pointer }) => pointer);

  it("reports every invalid member once", async () => {
    const body = {
      amount: 1.5,
      currency: "EUR",
      order: { net_amount: 1 },
      "a/b~c": 1,
      shopper_redirection_url: "?",
    };
    const response = await caller.call(createClientSession, { body });
    expect(response.status).toBe(400);
    const { errors = [] } = (await response.json()) as Problem;
    expect(errors).toContainEqual({ detail: "is required", pointer: "/entity_id" });
    expect(errors).toContainEqual({ detail: "is required", pointer: "/order/reference" });
    expect(errors).toContainEqual({ detail: "is not known", pointer: "/a~1b~0c" });
    expect(
      errors.filter(({ pointer, detail }) => pointer === "/amount" && detail === "must be integer"),
    ).toHaveLength(1);
  });

  it.each(["{", "", "nonsense", "\u0000"])("refuses %j, which is not JSON", async (text) => {
    expect((await problemOf(await caller.call(createClientSession, { text }))).status).toBe(400);
  });

  it.each(["[]", "null", "1", '"text"'])("refuses %s, which is not an object", async (text) => {
    expect(await pointers(await caller.call(createClientSession, { text }))).toEqual([""]);
  });

  it("refuses other content types", async () => {
    const body = sessionRequest(simulator);
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const response = await caller.call(createClientSession, { body, headers: { "content-type": type } });
      expect(response.status).toBe(400);
    }
    const headers = { "content-type": "Application/JSON; charset=utf-8" };
    expect((await caller.call(createClientSession, { body, headers })).status).toBe(200);
  });

  it("refuses more than 1 MiB, in process and over HTTP", async () => {
    const text = JSON.stringify({ ...sessionRequest(simulator), filler: "x".repeat(2 ** 20) });
    expect((await caller.call(createClientSession, { text })).status).toBe(400);
    await simulator.listen();
    const overHttp = await connect(simulator, fetch);
    expect((await overHttp.call(createClientSession, { text })).status).toBe(400);
    await simulator.close();
  });

  it("refuses amounts above the order's net amount", async () => {
    const order = { reference: "o", net_amount: 100 };
    const create = (amount: number, more = {}): Promise<Response> =>
      caller.call(createClientSession, { body: sessionRequest(simulator, { amount, order, ...more }) });
    expect((await create(100)).status).toBe(200);
    expect(await pointers(await create(101))).toEqual(["/amount"]);
    expect(await pointers(await create(0))).toEqual(["/amount"]);
    expect((await create(0, { allow_future_usage: true })).status).toBe(200);
  });

  it.each([
    [capturePayment, 5000],
    [voidPayment, 5000],
    [refundPayment, 0],
  ] as const)("$operationId: says how much is available", async (operation, available) => {
    const { id } = await caller.pay();
    const response = await caller.call(operation, { id, body: { amount: available + 1 } });
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.detail).toContain(String(available));
    expect(problem.errors?.[0]?.pointer).toBe("/amount");
    expect(simulator.ledger.entries(id)).toHaveLength(1);
  });

  it.each([0, -1, 1.5, "1", null])("refuses the amount %j", async (amount) => {
    const { id } = await caller.pay();
    expect((await caller.call(capturePayment, { id, body: { amount } })).status).toBe(400);
    expect(simulator.ledger.entries(id)).toHaveLength(1);
  });

  it("refuses an abort to another status", async () => {
    const { id } = await caller.createSession();
    expect((await caller.call(abortClientSession, { id, body: { status: "SUBMITTED" } })).status).toBe(400);
  });
});
