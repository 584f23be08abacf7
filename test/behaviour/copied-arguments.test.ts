import { beforeEach, describe, expect, it } from "vitest";
import { deriveIdempotencyKey, PurseInvalidArgumentError } from "../../src/index.js";
import { createRedirectionVerifier, type RedirectionInput } from "../../src/redirection/index.js";
import { failureAs } from "../support/failures.js";
import { movedBy, paidPayment, simulate, smallOrder, type Simulated } from "../support/simulated.js";
import { goodClaims, signingKey, signToken } from "../support/signed-tokens.js";
import { answers, grants } from "../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../support/test-client.js";

/** A program may reuse its objects as soon as a call has returned its promise. */

const captures = "/payment/v2/payments/{id}/captures";

let simulated: Simulated;
let id: string;

beforeEach(async () => {
  simulated = simulate();
  ({ id } = await paidPayment(simulated));
});

const captured = (): number[] => (movedBy(simulated.simulator, id)["capture"] ?? []).sort((a, b) => a - b);

describe("one object reused for three captures at once captures three amounts", () => {
  it("as the body of purse.api.POST", async () => {
    const body = { amount: 0 };
    const params = { path: { id }, header: { "x-idempotency-key": "" } };
    const calls = [1000, 2000, 3000].map((amount) => {
      body.amount = amount;
      params.header["x-idempotency-key"] = `key-${String(amount)}`;
      return simulated.purse.api.POST(captures, { params, body });
    });
    body.amount = 5;
    params.path.id = "elsewhere";
    const answered = await Promise.all(calls);
    expect(captured()).toEqual([1000, 2000, 3000]);
    expect(answered.map(({ response }) => response.idempotencyKey)).toEqual([
      "key-1000",
      "key-2000",
      "key-3000",
    ]);
  });

  it("as the params and options of payments.capture", async () => {
    const params = { amount: 0 };
    const options = { idempotencyKey: "" };
    const calls = [1000, 2000, 3000].map((amount) => {
      params.amount = amount;
      options.idempotencyKey = `key-${String(amount)}`;
      return simulated.purse.payments.capture(id, params, options).withResponse();
    });
    params.amount = 5;
    const answered = await Promise.all(calls);
    expect(captured()).toEqual([1000, 2000, 3000]);
    expect(answered.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
      "key-1000",
      "key-2000",
      "key-3000",
    ]);
  });
});

describe("purse.api sends what it was given, even if it is changed afterwards", () => {
  it("members of members included", async () => {
    const order = { reference: "order-1", net_amount: 700 };
    const webhook = { url: "https://shop.example/hook", headers: [{ name: "x-shop", values: ["1"] }] };
    const body = { ...smallOrder, entity_id: simulated.simulator.entityId, amount: 700, order, webhook };
    const call = simulated.purse.api.POST("/payment/v2/client-sessions", { body });
    order.reference = "order-2";
    webhook.headers.length = 0;
    const { data } = await call;
    expect(data?.order.reference).toBe("order-1");
  });

  it("with the same address and headers on every attempt", async () => {
    const client = testClient([answers(503), answers(503), answers(200, payment())]);
    const query = { filter: "a", list: ["b"], deep: { c: "d" } };
    const headers: Record<string, string> = { "x-trace": "trace-1" };
    const header: Record<string, string> = { "Cache-Control": "max-age=60" };
    const init = { params: { path: { id: paymentId }, query, header }, headers };
    const call = client.api.GET("/payment/v2/payments/{id}", init as never);
    for (let attempt = 1; attempt <= 3; attempt++) {
      query.filter = `changed ${String(attempt)}`;
      query.list.push("e");
      query.deep.c = "f";
      headers["x-trace"] = "changed";
      header["Cache-Control"] = "changed";
      await client.clock.advance(60_000);
    }
    await call;
    expect(client.sent.map(({ url }) => new URL(url).search)).toEqual(
      Array(3).fill("?filter=a&list=b&deep[c]=d"),
    );
    expect(client.sent.map(({ headers: sent }) => [sent.get("x-trace"), sent.get("cache-control")])).toEqual(
      Array(3).fill(["trace-1", "max-age=60"]),
    );
  });

  it("asking each getter once", async () => {
    const client = testClient([answers(200, payment())]);
    const asked: string[] = [];
    const told = <T extends object>(place: string, members: T): T => {
      const object = {};
      for (const [name, value] of Object.entries(members) as [string, unknown][]) {
        const get = (): unknown => (asked.push(`${place}.${name}`), value);
        Object.defineProperty(object, name, { enumerable: true, get });
      }
      return object as T;
    };
    const params = told("params", {
      path: told("path", { id: paymentId }),
      query: told("query", { a: "b" }),
      header: told("header", { "x-idempotency-key": "key-1" }),
    });
    const body = told("body", { amount: 1, nested: told("nested", { c: 1 }) });
    const headers = told("headers", { "x-shop": "1" });
    await client.api.POST(captures, told("init", { params, body, headers, maxRetries: 0 }) as never);
    expect(client.sent).toHaveLength(1);
    expect([...asked].sort()).toEqual([...new Set(asked)].sort());
    expect(asked).toContain("nested.c");
  });

  it.each<[string, () => unknown, string]>([
    ["a function in a body", () => ({ body: { amount: 1, then: () => 1 } }), "body.then"],
    ["a Map as a query", () => ({ params: { query: new Map([["a", "b"]]) } }), "params.query"],
    ["URLSearchParams as a query", () => ({ params: { query: new URLSearchParams("a=b") } }), "params.query"],
    ["Headers as headers", () => ({ headers: new Headers({ "x-shop": "1" }) }), "headers"],
    [
      "a promise as a path parameter",
      () => ({ params: { path: { id: Promise.resolve("a") } } }),
      "params.path.id",
    ],
    [
      "what throws when it is read",
      () =>
        Object.defineProperty({}, "body", {
          enumerable: true,
          get() {
            throw new RangeError("mine");
          },
        }),
      "init",
    ],
    [
      "what throws deep inside when it is read",
      () => ({
        body: {
          get amount() {
            throw new RangeError("mine");
          },
        },
      }),
      "init",
    ],
    ["a revoked proxy", () => revoked(), "init"],
  ])("refusing %s by a rejected promise", async (_, init, argument) => {
    const client = testClient([]);
    const call = client.api.POST(captures, init() as never);
    expect(call).toBeInstanceOf(Promise);
    expect((await failureAs(PurseInvalidArgumentError, call)).argument).toContain(argument);
    expect(client.tokenRequests).toHaveLength(0);
  });
});

function mutable(input: object, member: string): [object, () => unknown] {
  return [input, () => Reflect.set(input, member, undefined)];
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe("other entries copy what they were given as well", () => {
  it("redirection.verify: an expectation and an address that change meanwhile", async () => {
    const key = await signingKey("key-1");
    const token = await signToken(key);
    const client = testClient([answers(200, { keys: [key.entry] }), answers(200, { keys: [key.entry] })]);
    const expected = { clientSessionId: "another-session" };
    const refused = client.redirection.verify(token, expected);
    expected.clientSessionId = goodClaims.client_session_id;
    await expect(refused).rejects.toMatchObject({ reason: "other_session" });

    for (const input of [
      new URL(`https://shop.example/?purse-redirection-data=${token}`),
      new URLSearchParams({ "purse-redirection-data": token }),
    ]) {
      const search = input instanceof URL ? input.searchParams : input;
      const call = client.redirection.verify(input);
      search.delete("purse-redirection-data");
      expect(await call).toEqual(goodClaims);
    }
    const request = { url: `/?purse-redirection-data=${token}` };
    const call = client.redirection.verify(request);
    request.url = "/";
    expect(await call).toEqual(goodClaims);

    // As frameworks have them, of their own classes.
    const href = `https://shop.example/?purse-redirection-data=${token}`;
    const params = new URLSearchParams({ "purse-redirection-data": token });
    const search = { getAll: (name: string) => params.getAll(name) };
    const found = [token];
    for (const [input, change] of [
      mutable({ href }, "href"),
      mutable({ url: { href } }, "url"),
      mutable({ searchParams: search }, "searchParams"),
      [
        search,
        () => {
          params.delete("purse-redirection-data");
        },
      ],
      [{ getAll: () => found }, () => (found.length = 0)],
    ] as const) {
      const verified = client.redirection.verify(input as RedirectionInput);
      change();
      expect(await verified).toEqual(goodClaims);
    }
  });

  it("createRedirectionVerifier: keys that change after it was made", async () => {
    const [key, stranger] = [await signingKey("key-1"), await signingKey("key-1")];
    const keys = { keys: [{ ...key.entry }] };
    const verifier = createRedirectionVerifier({ keys });
    Object.assign(keys.keys[0] ?? {}, stranger.entry);
    keys.keys.push(stranger.entry);
    expect(await verifier.verify(await signToken(key))).toEqual(goodClaims);
    await expect(verifier.verify(await signToken(stranger))).rejects.toMatchObject({ code: "redirection" });
  });

  it("webhooks.receive: secrets that change meanwhile", async () => {
    const client = testClient([answers(200, payment())]);
    const secrets = ["a-secret-of-16-characters"];
    const options = { secrets, headerName: "x-shop-secret" };
    const headers = { "content-type": "application/json", "x-shop-secret": "a-secret-of-16-characters" };
    const init = { method: "POST", headers, body: JSON.stringify({ id: paymentId }) };
    const call = client.webhooks.receive(new Request("https://shop.example/hook", init), options);
    secrets[0] = "another-secret-of-the-shop";
    options.headerName = "x-other";
    expect((await call).id).toBe(paymentId);
  });

  it("deriveIdempotencyKey: parts and secret bytes that change meanwhile", async () => {
    const secret = new TextEncoder().encode("0123456789abcdef");
    const parts = ["order-1", "capture", "1"];
    const wanted = await deriveIdempotencyKey({ secret, parts });
    const call = deriveIdempotencyKey({ secret, parts });
    parts[2] = "2";
    secret.fill(0);
    expect(await call).toBe(wanted);
  });

  it("payments.waitFor and accessTokens.retrieve: limits that change meanwhile", async () => {
    const client = testClient([answers(200, payment())], { tokenSteps: [grants("token")] });
    const options = { deadlineMs: 1000 };
    const waiting = client.payments.waitFor(paymentId, () => true, options);
    const asking = client.accessTokens.retrieve(options);
    options.deadlineMs = Number.NaN;
    expect((await waiting).id).toBe(paymentId);
    expect((await asking).access_token).toBe("token");
  });
});
