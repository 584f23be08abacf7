import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import * as operations from "../../../generated/operations.js";
import { capturePayment } from "../../../generated/operations.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { serializeBody } from "../../../src/call/request-body.js";
import { requestOptionNames, type RequestOptions } from "../../../src/options.js";
import { failureAs, thrownBy } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, paymentParams, sessionId, testClient } from "../../support/test-client.js";

/** A key that is ignored is a random key, and a repeated call moves the money again. */

type Client = ReturnType<typeof testClient>;

const params = { amount: 1 };
const init = { params: { path: { id: paymentId } }, body: params };

async function refusalBy(run: (client: Client) => Promise<unknown>): Promise<PurseInvalidArgumentError> {
  const client = testClient([answers(200, payment())]);
  const error = await failureAs(PurseInvalidArgumentError, run(client));
  expect(client.sent).toHaveLength(0);
  expect(client.tokenRequests).toHaveLength(0);
  return error;
}

const refusalOf = (options: unknown): Promise<PurseInvalidArgumentError> =>
  refusalBy(({ payments }) => payments.capture(paymentId, params, options as RequestOptions));

describe("an option that is not known is refused by name, with the nearest one that is", () => {
  test.each<[unknown, string, string]>([
    [{ idempotency_key: "key-1" }, "idempotency_key", "idempotencyKey"],
    [{ idempotencykey: "key-1" }, "idempotencykey", "idempotencyKey"],
    [{ IdempotencyKey: "key-1" }, "IdempotencyKey", "idempotencyKey"],
    [{ "idempotency-key": "key-1" }, "idempotency-key", "idempotencyKey"],
    [{ idempotencyKye: "key-1" }, "idempotencyKye", "idempotencyKey"],
    [{ idempotenceKey: "key-1" }, "idempotenceKey", "idempotencyKey"],
    [{ idempotency: "key-1" }, "idempotency", "idempotencyKey"],
    [{ idempotency_key: undefined }, "idempotency_key", "idempotencyKey"],
    [{ timeout: 3 }, "timeout", "timeoutMs"],
    [{ timeout_ms: 3 }, "timeout_ms", "timeoutMs"],
    [{ requestTimeout: 3 }, "requestTimeout", "timeoutMs"],
    [{ deadline: 3 }, "deadline", "deadlineMs"],
    [{ retries: 0 }, "retries", "maxRetries"],
    [{ maxNetworkRetries: 0 }, "maxNetworkRetries", "maxRetries"],
    [{ abortSignal: AbortSignal.abort() }, "abortSignal", "signal"],
    [{ header: {} }, "header", "headers"],
    [{ assumeKeyHonored: false }, "assumeKeyHonored", "assumeKeyHonoured"],
    [{ idempotencyKey: "key-1", Timeoutms: 3 }, "Timeoutms", "timeoutMs"],
  ])("%j", async (options, name, near) => {
    const error = await refusalOf(options);
    expect(error.argument).toBe(`options.${name}`);
    expect(error.message).toBe(`options.${name} is not known. Did you mean ${near}?`);
  });

  test("where none is near, all are named", async () => {
    const { message } = await refusalOf({ query: {} });
    expect(message).toBe(
      "options.query is not known; there are idempotencyKey, assumeKeyHonoured, signal, timeoutMs, deadlineMs, " +
        "maxRetries, headers.",
    );
  });

  test("a key that is there without a value is refused: it was lost on the way", async () => {
    const error = await refusalOf({ idempotencyKey: undefined });
    expect(error.message).toBe("options.idempotencyKey must be a string, or left out.");
    await refusalBy((c) => c.payments.create(paymentParams, { idempotencyKey: undefined } as never));
  });

  test("hidden, inherited and odd names do not slip through", async () => {
    const hidden = Object.defineProperty({}, "idempotency_key", { value: "key-1" });
    expect((await refusalOf(hidden)).argument).toBe("options.idempotency_key");
    const odd = JSON.parse('{"__proto__":{"idempotencyKey":"key-1"}}') as object;
    expect((await refusalOf(odd)).argument).toBe("options.__proto__");
    // Not printed: it may be anything.
    expect((await refusalOf({ "4111 1111 1111 1111": 1 })).argument).toBe("options.?");
    expect((await refusalOf({ ["x".repeat(100_000)]: 1 })).message.length).toBeLessThan(300);
    expect((await refusalOf(Object.create({ idempotencyKey: "key-1" }))).argument).toBe("options");
  });

  test.each<[string, (client: Client) => Promise<unknown>, string]>([
    [
      "a creation",
      (c) => c.payments.create(paymentParams, { idempotency_key: "k" } as never),
      "idempotency_key",
    ],
    ["a refund", (c) => c.payments.refund(paymentId, params, { timeout: 3 } as never), "timeout"],
    ["a void", (c) => c.payments.void(paymentId, params, { timeout: 3 } as never), "timeout"],
    ["a reading", (c) => c.payments.retrieve(paymentId, { maxAge: 3 } as never), "maxAge"],
    ["a session", (c) => c.clientSessions.abort(sessionId, { timeout: 3 } as never), "timeout"],
    ["a key set", (c) => c.signingKeys.list({ timeout: 3 } as never), "timeout"],
    [
      "the age of data in a capture",
      (c) => c.payments.capture(paymentId, params, { maxAgeSeconds: 3 } as never),
      "maxAgeSeconds",
    ],
    ["waiting", (c) => c.payments.waitFor(paymentId, () => true, { timeoutMs: 3 } as never), "timeoutMs"],
    ["a token", (c) => c.accessTokens.retrieve({ timeoutMs: 3 } as never), "timeoutMs"],
  ])("in %s as well", async (_, run, name) => {
    expect((await refusalBy(run)).argument).toBe(`options.${name}`);
  });

  test("in purse.api, where the key has another place", async () => {
    const post = (more: object) => (client: Client) =>
      client.api.POST("/payment/v2/payments/{id}/captures", { ...init, ...more });
    const key = await refusalBy(post({ idempotencyKey: "key-1" }));
    expect(key.message).toContain('the key goes into params.header["x-idempotency-key"]');
    const timeout = await refusalBy(post({ timeout: 3 }));
    expect(timeout.message).toBe("init.timeout is not known. Did you mean timeoutMs?");
    const member = await refusalBy(post({ params: { ...init.params, headers: {} } }));
    expect(member.message).toBe("init.params.headers is not known. Did you mean header?");
  });
});

describe("options, and headers among them, are plain objects", () => {
  class Options {
    idempotencyKey = "key-1";
  }

  test.each<[string, unknown]>([
    ["a Map", new Map([["idempotencyKey", "key-1"]])],
    ["an instance of a class", new Options()],
    ["URLSearchParams", new URLSearchParams({ idempotencyKey: "key-1" })],
    ["Headers", new Headers({ "x-shop": "1" })],
    ["boxed text", Object("key-1")],
    ["a date", new Date()],
    ["a promise", Promise.resolve({ idempotencyKey: "key-1" })],
    [
      "what inherits its members",
      Object.create(Object.assign(Object.create(null) as object, { timeoutMs: 1 })),
    ],
  ])("%s is refused", async (_, value) => {
    const error = await refusalOf(value);
    expect(error.message).toBe("options must be a plain object, not a Map or an instance of a class.");
    expect((await refusalOf({ headers: value })).argument).toBe("options.headers");
  });

  test.each<[string, unknown, string]>([
    ["text", "key-1", "a string"],
    ["an array", [{ idempotencyKey: "key-1" }], "an array"],
    ["a key", 5, "a number"],
    ["a function", () => undefined, "a function"],
    ["null", null, "null"],
  ])("%s is refused", async (_, value, what) => {
    expect((await refusalOf(value)).message).toBe(`options must be an object, but is ${what}.`);
  });

  test("what throws when it is read is refused as well", async () => {
    const throwing = {
      get timeoutMs(): number {
        throw new RangeError("mine");
      },
    };
    expect((await refusalOf(throwing)).message).toContain("options cannot be read");
    const hostile = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new RangeError("mine");
        },
      },
    );
    expect((await refusalOf(hostile)).argument).toBe("options");
    expect((await refusalOf({ headers: hostile })).argument).toBe("options.headers");
    const error = await refusalBy(({ payments }) => payments.capture(paymentId, hostileParams()));
    expect(error.argument).toBe("params");
  });

  test("one without a prototype, of another realm, or frozen is one", async () => {
    const client = testClient(Array.from({ length: 3 }, () => answers(200, payment())));
    const members = { idempotencyKey: "key-1", timeoutMs: undefined };
    const foreign: unknown = runInNewContext('({ idempotencyKey: "key-1", headers: { "x-shop": "1" } })');
    for (const options of [
      Object.assign(Object.create(null) as object, members),
      foreign,
      Object.freeze(members),
    ])
      await client.payments.capture(paymentId, params, options as RequestOptions);
    expect(client.sent.map(({ headers }) => headers.get("x-idempotency-key"))).toEqual(
      Array(3).fill("key-1"),
    );
    expect(client.sent[1]?.headers.get("x-shop")).toBe("1");
  });
});

function hostileParams(): { amount: number } {
  return {
    get amount(): number {
      throw new RangeError("mine");
    },
  };
}

describe("a key in another place is refused with a pointer to its own", () => {
  test.each([
    "Idempotency-Key",
    "idempotency-key",
    "IDEMPOTENCY-KEY",
    "X-Idempotency-Key",
    "x_idempotency_key",
    "idempotency_key",
    "idempotencyKey",
  ])("the header %s, even without a value", async (name) => {
    for (const value of ["key-1", undefined]) {
      const error = await refusalOf({ headers: { [name]: value } });
      expect(error.argument).toBe(`options.headers["${name}"]`);
      expect(error.message).toContain("use the option idempotencyKey");
    }
  });

  test.each(["Idempotency-Key", "x_idempotency_key", "idempotencyKey"])(
    "the header parameter %s of purse.api",
    async (name) => {
      const withHeader = { ...init, params: { ...init.params, header: { [name]: "key-1" } } };
      const error = await refusalBy(({ api }) => api.POST("/payment/v2/payments/{id}/captures", withHeader));
      expect(error.message).toContain('params.header["x-idempotency-key"]');
    },
  );

  test.each([
    "idempotencyKey",
    "idempotency_key",
    "IdempotencyKey",
    "idempotency-key",
    "x-idempotency-key",
    "assumeKeyHonoured",
    "assume_key_honoured",
    "signal",
    "timeoutMs",
    "timeout_ms",
    "deadlineMs",
    "maxRetries",
    "max_retries",
    "headers",
  ])("%s among the params", async (name) => {
    const misplaced = { ...params, [name]: "x" };
    const capture = await refusalBy(({ payments }) => payments.capture(paymentId, misplaced));
    expect(capture.argument).toBe(`params.${name}`);
    expect(capture.message).toContain("is an option");
    const creation = await refusalBy(({ payments }) => payments.create({ ...paymentParams, ...misplaced }));
    expect(creation.argument).toBe(`params.${name}`);
    const byPath = await refusalBy(({ api }) =>
      api.POST("/payment/v2/payments/{id}/captures", { ...init, body: misplaced }),
    );
    expect(byPath.argument).toBe(`init.body.${name}`);
  });

  test("a member that only the service knows, or one deeper down, goes out", async () => {
    const client = testClient([answers(200, payment())]);
    const headers = [{ name: "x-shop", values: ["1"] }];
    const webhook = { url: "https://shop.example/hook", headers };
    await client.payments.create({ ...paymentParams, webhook, channel: "WEB" } as typeof paymentParams);
    expect(JSON.parse(client.sent[0]?.body ?? "")).toMatchObject({ channel: "WEB", webhook: { headers } });
  });

  test("a member of the request itself is sent, even if it is named like an option", () => {
    const entry = { ...capturePayment, optionLikeMembers: ["headers"] };
    expect(serializeBody({ amount: 1, headers: [] }, entry, undefined, "params").text).toBe(
      '{"amount":1,"headers":[]}',
    );
    expect(
      thrownBy(() => serializeBody({ amount: 1, signal: 1 }, entry, undefined, "params")),
    ).toBeInstanceOf(PurseInvalidArgumentError);
    // purse.api does not know which operations have such members; once one has, it must be told.
    const entries = Object.values(operations).filter(
      (each): each is operations.OperationEntry => typeof each === "object" && "operationId" in each,
    );
    expect(entries.flatMap(({ optionLikeMembers = [] }) => optionLikeMembers)).toEqual([]);
  });
});

test("the list of known options is complete", () => {
  const all: Record<keyof RequestOptions, true> = {
    idempotencyKey: true,
    assumeKeyHonoured: true,
    signal: true,
    timeoutMs: true,
    deadlineMs: true,
    maxRetries: true,
    headers: true,
  };
  expect([...requestOptionNames].sort()).toEqual(Object.keys(all).sort());
});

test("what is no predicate is refused before anything is read", async () => {
  const error = await refusalBy(({ payments }) => payments.waitFor(paymentId, "authorized" as never));
  expect(error.message).toBe("predicate must be a function.");
});

test.each<[string, unknown]>([
  ["is nested too deeply", { a: { b: { c: 1 } } }],
  ["holds half a surrogate pair", { a: "\ud800" }],
  ["holds one in a list", { a: ["\ud800"] }],
])("a query that %s is refused, and not taken for a request that may have left", async (_, query) => {
  const given = { ...init, params: { ...init.params, query } };
  const error = await refusalBy(({ api }) => api.POST("/payment/v2/payments/{id}/captures", given as never));
  expect(error.argument).toBe("init.params.query.a");
});

test("cookies, which would not be sent, are refused", async () => {
  const given = { ...init, params: { ...init.params, cookie: { a: "b" } } };
  const error = await refusalBy(({ api }) => api.POST("/payment/v2/payments/{id}/captures", given as never));
  expect(error.argument).toBe("init.params.cookie");
});
