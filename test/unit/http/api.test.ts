// Loaded here, so that the client finds it loaded and no test waits for the file.
import "../../../src/call/raw-api.js";
import { describe, expect, test } from "vitest";
import * as operations from "../../../generated/operations.js";
import { PurseAbortError } from "../../../src/errors/abort-error.js";
import { PurseApiError } from "../../../src/errors/api-error.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { PurseTimeoutError } from "../../../src/errors/timeout-error.js";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { PurseUnreadableResponseError } from "../../../src/errors/unreadable-response-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd, settle } from "../../support/manual-clock.js";
import { recordEvents } from "../../support/recorded-events.js";
import { answers, fails, hangs, type Step } from "../../support/stub-fetch.js";
import { keyUsed, payment, paymentId, testClient, type TestClient } from "../../support/test-client.js";

const good = answers(200, payment(), { "x-request-id": "req-1" });
const init = { params: { path: { id: paymentId } } };
const captureInit = { ...init, body: { amount: 3000 } };

const read = (client: TestClient): Promise<unknown> => client.api.GET("/payment/v2/payments/{id}", init);
const capture = (client: TestClient): Promise<unknown> =>
  client.api.POST("/payment/v2/payments/{id}/captures", captureInit);

test("a read goes out authenticated and comes back as data", async () => {
  const client = testClient([good]);
  const { data, error, response } = await client.api.GET("/payment/v2/payments/{id}", init);
  expect(data).toEqual(payment());
  expect(error).toBeUndefined();
  expect([response.ok, response.status, response.headers.get("x-request-id")]).toEqual([true, 200, "req-1"]);
  const [sent] = client.sent;
  expect(sent?.url).toBe(`https://purse.test/payment/v2/payments/${paymentId}`);
  expect(sent?.redirect).toBe("manual");
  expect(Object.fromEntries(sent?.headers ?? [])).toEqual({
    accept: "application/json, application/problem+json",
    authorization: "Bearer token-number-1",
    "x-api-key": "api-key-for-tests",
  });
});

test("a change goes out with a key of its own, or with the caller's", async () => {
  const client = testClient([good, good]);
  await capture(client);
  const header = { "x-idempotency-key": "key-1" };
  const params = { ...init.params, header };
  await client.api.POST("/payment/v2/payments/{id}/captures", { ...captureInit, params });
  const keys = client.sent.map(({ headers }) => headers.get("x-idempotency-key"));
  expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), "key-1"]);
  expect(client.sent.map(({ body }) => body)).toEqual(Array(2).fill('{"amount":3000}'));
  expect(client.sent[0]?.headers.get("content-type")).toBe("application/json");
});

test("a query and headers of the caller's go with it", async () => {
  const client = testClient([good]);
  const params = { ...init.params, query: { a: "b c" }, header: { "Cache-Control": "max-age=60" } };
  await client.api.GET("/payment/v2/payments/{id}", { params, headers: { "x-trace": "t" } } as never);
  expect(client.sent[0]?.url).toBe(`https://purse.test/payment/v2/payments/${paymentId}?a=b%20c`);
  expect(client.sent[0]?.headers.get("cache-control")).toBe("max-age=60");
  expect(client.sent[0]?.headers.get("x-trace")).toBe("t");
});

test("401 leads to one new token and one replay", async () => {
  const client = testClient([answers(401), good]);
  expect(await read(client)).toMatchObject({ data: payment() });
  expect(client.sent.map(({ headers }) => headers.get("authorization"))).toEqual([
    "Bearer token-number-1",
    "Bearer token-number-2",
  ]);
});

test.each<[number, object]>([
  [400, { type: "urn:x", title: "Bad" }],
  [404, { title: "Not there" }],
  [409, keyUsed()],
])("status %d is an answer like any other", async (status, document) => {
  const client = testClient([answers(status, document)]);
  const answer = await client.api.POST("/payment/v2/payments/{id}/captures", captureInit);
  expect(answer).toMatchObject({ error: document, response: { ok: false, status } });
  expect(answer.data).toBeUndefined();
  expect(client.sent).toHaveLength(1);
});

test.each(["", "<html>", "null", '"text"'])(
  "an error whose body is %j does not look like none",
  async (body) => {
    const client = testClient([answers(400, body)]);
    const { error, response } = await client.api.GET("/payment/v2/payments/{id}", init);
    expect(error).toEqual({ type: "about:blank", status: 400 });
    expect(response.ok).toBe(false);
  },
);

test("a change is repeated only if it provably was not processed", async () => {
  const client = testClient([fails("ECONNREFUSED"), answers(429), good]);
  expect(await runToEnd(client.clock, capture(client))).toMatchObject({ data: payment() });
  expect(new Set(client.sent.map(({ headers }) => headers.get("x-idempotency-key"))).size).toBe(1);
});

test("a read is repeated as any other", async () => {
  const client = testClient([answers(503), fails("ECONNRESET"), good]);
  expect(await runToEnd(client.clock, read(client))).toMatchObject({ data: payment() });
});

test.each<[string, Step]>([
  ["a lost connection", fails("ECONNRESET")],
  ["no answer in time", hangs()],
  ["a successful answer that is no JSON", answers(200, "<html>")],
  ["a successful answer that is empty", answers(200, "")],
  ["a gateway that failed", answers(502, "<html>")],
  ["a service that is down", answers(503, { title: "Down" })],
  ["a request that took too long", answers(408)],
  ["a request that came too early", answers(425)],
  ["a redirect", answers(307, null, { location: "https://elsewhere.test/" })],
])("%s leaves the outcome of a change unknown", async (_, step) => {
  const client = testClient([step]);
  const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, capture(client)));
  expect(error.idempotencyKey).toBe(client.sent[0]?.headers.get("x-idempotency-key"));
  expect(client.sent).toHaveLength(1);
  await failureAs(PurseInvalidArgumentError, error.resolve());
  await failureAs(PurseInvalidArgumentError, error.inspect());
});

test("a read without a usable answer is an error of its kind", async () => {
  const once = { options: { maxRetries: 0 } };
  const ends = async (step: Step, kind: abstract new (...values: never[]) => Error): Promise<void> => {
    const client = testClient([step], once);
    await failureAs(kind, runToEnd(client.clock, read(client)));
  };
  await ends(answers(200, "<html>"), PurseUnreadableResponseError);
  await ends(answers(200, `{"a":"${"x".repeat(17 * 1024 * 1024)}"}`), PurseUnreadableResponseError);
  await ends(hangs(), PurseTimeoutError);
  await ends(answers(302, null, { location: "https://elsewhere.test/" }), PurseApiError);
  const refused = testClient([], { tokenSteps: [answers(401)] });
  await failureAs(PurseTokenError, read(refused));
});

test("limits of the one call hold, and leave nothing behind", async () => {
  const client = testClient([hangs(), hangs()]);
  const controller = new AbortController();
  const limited = { ...init, timeoutMs: 10, deadlineMs: 15, signal: controller.signal };
  const late = client.api.GET("/payment/v2/payments/{id}", limited);
  await failureAs(PurseTimeoutError, runToEnd(client.clock, late));
  const aborted = failureAs(
    PurseAbortError,
    client.api.GET("/payment/v2/payments/{id}", { ...init, signal: controller.signal }),
  );
  await settle();
  controller.abort();
  await aborted;
  expect(client.clock.pendingTimers()).toBe(0);
});

describe("what could lead elsewhere is refused before anything is sent", () => {
  const path = "/payment/v2/payments/{id}";
  const withId = (id: unknown): object => ({ params: { path: { id } } });

  test.each<[string, unknown, unknown]>([
    ["a dot segment as an id", path, withId("..")],
    ["an encoded one", path, withId("%2e%2e")],
    ["a slash in an id", path, withId("a/b")],
    ["an id that is no string", path, withId(5)],
    ["an inherited id", path, { params: { path: Object.create({ id: "a" }) as object } }],
    ["no id", path, {}],
    ["another host", "@evil.test/{id}", withId("a")],
    ["an absolute address", "https://evil.test/", {}],
    ["a path without its slash", "payment/v2", {}],
    ["an escape in the path", "/payment/../oauth/token", {}],
    ["an encoded escape in the path", "/payment/%2e%2e/oauth/token", {}],
    ["two slashes", "//evil.test/", {}],
    ["a backslash", "/\\evil.test", {}],
    ["an id in the path", `/payment/v2/payments/${paymentId}`, {}],
    ["another method's path", "/payment/v2/payments", {}],
    ["an inherited name as a path", "constructor", {}],
    ["a query in the path", "/payment/v2/payments?x=1", {}],
    ["a fragment in the path", "/payment/v2/payments#x", {}],
    ["a path that is no text", { toString: () => path }, {}],
    ["another fetch", path, { ...init, fetch: () => Promise.reject(new Error()) }],
    ["another base URL", path, { ...init, baseUrl: "https://evil.test" }],
    ["middleware", path, { ...init, middleware: [] }],
    ["a serialiser of paths", path, { ...init, params: { ...init.params, pathSerializer: String } }],
    ["an own authorization", path, { ...init, headers: { authorization: "Bearer x" } }],
    [
      "an own authorization as a parameter",
      path,
      { params: { ...init.params, header: { Authorization: "x" } } },
    ],
    ["init that is no object", path, "init"],
    ["init that is null", path, null],
    ["params that are null", path, { params: null }],
    ["a timeout that is none", path, { ...init, timeoutMs: 0 }],
    ["a key under headers", path, { ...init, headers: { "X-Idempotency-Key": "key-2" } }],
    [
      "a key in two spellings",
      path,
      { params: { ...init.params, header: { "x-idempotency-key": "key-1", "X-Idempotency-Key": "key-2" } } },
    ],
    [
      "a key that does not fit into a header",
      path,
      { params: { ...init.params, header: { "x-idempotency-key": 5 } } },
    ],
  ])("%s", async (what, given, parts) => {
    const client = testClient([good]);
    // A key means nothing to a read, so it is looked at where there is one.
    const call = what.startsWith("a key")
      ? client.api.POST("/payment/v2/payments/{id}/captures", {
          ...(parts as object),
          body: { amount: 1 },
        } as never)
      : client.api.GET(given as never, parts as never);
    await failureAs(PurseInvalidArgumentError, call);
    expect(client.sent).toHaveLength(0);
    expect(client.tokenRequests).toHaveLength(0);
  });

  test.each([1.5, "12", -1, Number.NaN])("the amount %s", async (amount) => {
    const client = testClient([good]);
    const call = client.api.POST("/payment/v2/payments/{id}/captures", {
      ...init,
      body: { amount },
    } as never);
    await failureAs(PurseInvalidArgumentError, call);
    expect(client.sent).toHaveLength(0);
  });
});

test("the refusal of an id in the path says how to write it", async () => {
  const client = testClient([good]);
  const call = client.api.GET(`/payment/v2/payments/${paymentId}` as never, {} as never);
  const error = await failureAs(PurseInvalidArgumentError, call);
  expect(error.message).toContain("/payment/v2/payments/{id}");
  expect(error.message).toContain("params.path.id");
  expect(error.message).not.toContain(paymentId);
});

test("the key of a change is with its answer, a success or not", async () => {
  const client = testClient([good, answers(400, { title: "Bad" }), good]);
  for (const index of [0, 1]) {
    const { response } = await client.api.POST("/payment/v2/payments/{id}/captures", captureInit);
    expect(response.idempotencyKey).toMatch(/^[\da-f-]{36}$/);
    expect(response.idempotencyKey).toBe(client.sent[index]?.headers.get("x-idempotency-key"));
  }
  expect((await client.api.GET("/payment/v2/payments/{id}", init)).response).not.toHaveProperty(
    "idempotencyKey",
  );
});

test.each<[string, object | null, string, string]>([
  ["no id", {}, "params.path.id", "is missing."],
  ["init that is null", null, "init", "must be an object, but is null."],
  [
    "another fetch",
    { ...init, fetch: String },
    "init.fetch",
    "is not known; there are params, body, signal, timeoutMs, deadlineMs, maxRetries, headers.",
  ],
  [
    "a strange parameter",
    { params: { ...init.params, form: {} } },
    "init.params.form",
    "is not known; there are path, query, header, cookie.",
  ],
  [
    "a key given twice",
    { params: { ...init.params, header: { "x-idempotency-key": "a", "X-Idempotency-Key": "b" } } },
    'params.header["x-idempotency-key"]',
    "is given twice",
  ],
])("the refusal of %s says where and what", async (_, parts, argument, words) => {
  const client = testClient([good]);
  const call = client.api.POST("/payment/v2/payments/{id}/captures", parts as never);
  const error = await failureAs(PurseInvalidArgumentError, call);
  expect(error.argument).toBe(argument);
  expect(error.message).toContain(words);
});

test("everything that a call may be given is taken", async () => {
  const client = testClient([good]);
  const params = {
    path: { id: paymentId },
    query: {},
    header: { "x-idempotency-key": undefined },
    cookie: {},
  };
  const limits = { signal: new AbortController().signal, timeoutMs: 1000, deadlineMs: 2000, maxRetries: 0 };
  const parts = { params, body: { amount: 3000 }, headers: { "x-shop": "1" }, ...limits };
  await client.api.POST("/payment/v2/payments/{id}/captures", parts as never);
  expect(client.sent).toHaveLength(1);
  expect(client.sent[0]?.headers.get("x-shop")).toBe("1");
  expect(client.sent[0]?.headers.get("x-idempotency-key")).toMatch(/^[0-9a-f-]{36}$/);
});

test("no spelling of the header takes the place of the caller's key", async () => {
  const client = testClient([good]);
  const params = { ...init.params, header: { "x-idempotency-key": "key-1" } };
  for (const name of ["x-idempotency-key", "X-Idempotency-Key", "X-IDEMPOTENCY-KEY"]) {
    const headers = { [name]: "key-2" };
    const call = client.api.POST("/payment/v2/payments/{id}/captures", { ...captureInit, params, headers });
    await failureAs(PurseInvalidArgumentError, call);
  }
  expect(client.sent).toHaveLength(0);
});

test("it takes the paths and effects of the generated table", async () => {
  const entries = Object.values(operations).filter(
    (each): each is operations.OperationEntry => typeof each === "object" && "operationId" in each,
  );
  expect(entries.length).toBeGreaterThan(10);
  for (const { path, method, isRead } of entries.filter((each) => each.authentication !== "client")) {
    const client = testClient([answers(503), good], { options: { maxRetries: 1 } });
    const params = path.includes("{id}") ? { path: { id: paymentId } } : {};
    const parts = { params, ...(method === "POST" && { body: {} }) } as never;
    const call =
      method === "GET" ? client.api.GET(path as never, parts) : client.api.POST(path as never, parts);
    await runToEnd(client.clock, Promise.allSettled([call]));
    // What only reads is asked again, what changes something is not.
    expect([path, client.sent.length]).toEqual([path, isRead ? 2 : 1]);
  }
});

test.each([
  [401, "authentication"],
  [403, "permission"],
  [409, "conflict"],
  [429, "rate_limit"],
  [502, "outcome_unknown"],
])("a change answered %d is told to hooks as %s, with the id of its request", async (status, outcome) => {
  const { hooks, events } = recordEvents();
  const step = answers(status, { title: "No" }, { "x-request-id": "req-7" });
  const client = testClient([step, step], { options: { hooks, maxRetries: status === 401 ? 1 : 0 } });
  await runToEnd(client.clock, Promise.allSettled([capture(client)]));
  expect(events.at(-1)).toMatchObject({ event: { outcome, status, requestId: "req-7" } });
});
