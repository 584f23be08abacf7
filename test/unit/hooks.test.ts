import { describe, expect, test, vi } from "vitest";
import { PurseOutcomeUnknownError } from "../../src/errors/outcome-unknown-error.js";
import type { PurseOptions } from "../../src/options.js";
import { failureAs, failureOf, spellingsOf } from "../support/failures.js";
import { runToEnd, settle } from "../support/manual-clock.js";
import { recordEvents, recordLines, type Recording } from "../support/recorded-events.js";
import { goodClaims, signingKey, signToken } from "../support/signed-tokens.js";
import { answers, fails, grants, hangs, throws, type Step } from "../support/stub-fetch.js";
import type { PurseHooks } from "../../src/hooks.js";
import {
  keyUsed,
  operation,
  payment,
  paymentId,
  paymentParams,
  testClient,
  type TestClient,
  type TestClientParts,
} from "../support/test-client.js";

const read = answers(200, payment());
const captured = answers(200, payment({ captures: [operation()] }));
const lost = fails("ECONNRESET");
const down = answers(503, { title: "Down" }, { "x-request-id": "req-1" });

interface Watched extends TestClient, Recording {}

function watchedClient(steps: readonly Step[], parts: TestClientParts = {}): Watched {
  const recording = recordEvents();
  const client = testClient(steps, { ...parts, options: { hooks: recording.hooks, ...parts.options } });
  return { ...client, ...recording };
}

const unlike = (events: Watched["events"], name: string): unknown =>
  events.find((each) => each.name === name)?.event;

describe("the story of a call", () => {
  test("a read: token, attempt, end", async () => {
    const client = watchedClient([read]);
    await client.payments.retrieve(paymentId);
    expect(client.story()).toEqual([
      "start getPayment, call",
      "token granted",
      "attempt 1 getPayment answered 200",
      "end done, 1",
    ]);
  });

  test("a refused token: 401, another token, done", async () => {
    const client = watchedClient([answers(401), read]);
    await client.payments.retrieve(paymentId);
    expect(client.story()).toEqual([
      "start getPayment, call",
      "token granted",
      "attempt 1 getPayment answered 401",
      "retry after 1, unauthorized, 0 ms",
      "token granted",
      "attempt 2 getPayment answered 200",
      "end done, 2",
    ]);
  });

  test("an outage of two attempts", async () => {
    const client = watchedClient([down, down, captured]);
    await runToEnd(client.clock, client.payments.capture(paymentId, { amount: 3000 }));
    expect(client.story()).toEqual([
      "start capturePayment, call",
      "token granted",
      "attempt 1 capturePayment answered 503",
      "retry after 1, transient, 250 ms",
      "attempt 2 capturePayment answered 503",
      "retry after 2, transient, 500 ms",
      "attempt 3 capturePayment answered 200",
      "end created, 3",
    ]);
  });

  test("an unknown outcome, with its reason", async () => {
    const client = watchedClient([lost, lost, lost]);
    const call = runToEnd(client.clock, client.payments.capture(paymentId, { amount: 3000 }));
    await failureAs(PurseOutcomeUnknownError, call);
    expect(client.story().filter((line) => !line.startsWith("retry"))).toEqual([
      "start capturePayment, call",
      "token granted",
      "attempt 1 capturePayment connection_lost -",
      "attempt 2 capturePayment connection_lost -",
      "attempt 3 capturePayment connection_lost -",
      "end outcome_unknown, 3",
    ]);
    expect(unlike(client.events, "end")).toMatchObject({ reason: "connection_lost" });
    expect(unlike(client.events, "attempt")).toMatchObject({ failure: "ECONNRESET" });
  });

  test("a recovery: the reading is an attempt of the same call, with a name of its own", async () => {
    const client = watchedClient([answers(409, keyUsed()), captured]);
    await client.payments.capture(paymentId, { amount: 3000 }, { idempotencyKey: "key-1" });
    expect(client.story()).toEqual([
      "start capturePayment, call",
      "token granted",
      "attempt 1 capturePayment answered 409",
      "attempt 2 getPayment answered 200",
      "end recovered, 2",
    ]);
    const [, , posted, reading] = client.events.map(({ event }) => event);
    expect(reading).toMatchObject({ purpose: "recovery", method: "GET", idempotencyKey: "none" });
    expect(posted).toMatchObject({ purpose: "call", method: "POST", idempotencyKey: "given" });
    const ids = client.events.flatMap(({ event }) => ("callId" in event ? [event.callId] : []));
    expect(new Set(ids).size).toBe(1);
  });

  test("an abort while waiting for a retry", async () => {
    const client = watchedClient([down]);
    const controller = new AbortController();
    const call = failureOf(client.payments.retrieve(paymentId, { signal: controller.signal }));
    await settle();
    controller.abort();
    expect((await call).code).toBe("aborted");
    expect(client.story().slice(2)).toEqual([
      "attempt 1 getPayment answered 503",
      "retry after 1, transient, 250 ms",
      "end aborted, 1",
    ]);
  });

  test("refused credentials: nothing was sent, so there is no attempt", async () => {
    const client = watchedClient([], { tokenSteps: [answers(401)] });
    await failureOf(client.payments.retrieve(paymentId));
    expect(client.story()).toEqual(["start getPayment, call", "token credentials_refused", "end token, 0"]);
    expect(unlike(client.events, "token")).toMatchObject({ status: 401, origin: "https://purse.test" });
    expect(unlike(client.events, "end")).toMatchObject({ reason: "credentials_refused", status: 401 });
  });

  test("a token endpoint that is down for a moment", async () => {
    const client = watchedClient([read], { tokenSteps: [answers(503)] });
    await runToEnd(client.clock, client.payments.retrieve(paymentId));
    expect(client.story()).toEqual([
      "start getPayment, call",
      "token unavailable",
      "retry after 0, no_token, 1000 ms",
      "token granted",
      "attempt 1 getPayment answered 200",
      "end done, 1",
    ]);
  });

  test.each<[string, Step, string]>([
    ["no answer in time", hangs(), "timeout -"],
    ["a refused connection", fails("ECONNREFUSED"), "not_sent -"],
    ["an unreadable answer", answers(200, "<html>"), "unreadable_answer 200"],
  ])("%s is told as such", async (_, step, told) => {
    const client = watchedClient([step], { options: { maxRetries: 0 } });
    await failureOf(runToEnd(client.clock, client.payments.retrieve(paymentId)));
    expect(client.story()[2]).toBe(`attempt 1 getPayment ${told}`);
  });

  test("a request that did not leave is no attempt", async () => {
    const client = watchedClient([read]);
    await client.payments.retrieve(paymentId);
    await failureOf(client.payments.retrieve(paymentId, { signal: AbortSignal.abort() }));
    expect(client.story().slice(4)).toEqual(["start getPayment, call", "end aborted, 0"]);
  });

  test("an argument that is refused is no call", async () => {
    const client = watchedClient([]);
    await failureOf(client.payments.retrieve(".."));
    expect(client.events).toEqual([]);
  });
});

describe("what else asks the service is told as what it is", () => {
  test("resolve() and inspect()", async () => {
    const client = watchedClient([lost, answers(409, keyUsed()), captured, read]);
    const call = client.payments.capture(paymentId, { amount: 3000 }, { maxRetries: 0 });
    const error = await failureAs(PurseOutcomeUnknownError, call);
    await error.resolve();
    await error.inspect();
    expect(client.story().filter((line) => line.startsWith("start") || line.startsWith("end"))).toEqual([
      "start capturePayment, call",
      "end outcome_unknown, 1",
      "start capturePayment, resolution",
      "end recovered, 2",
      "start getPayment, inspection",
      "end done, 1",
    ]);
  });

  test("payments.inspect, waitFor and purse.api", async () => {
    const client = watchedClient([read, read, read]);
    await client.payments.inspect(paymentId, { list: "captures" });
    await client.payments.waitFor(paymentId, () => true);
    await client.api.GET("/payment/v2/payments/{id}", { params: { path: { id: paymentId } } });
    expect(client.story().filter((line) => line.startsWith("start"))).toEqual([
      "start getPayment, inspection",
      "start getPayment, polling",
      "start GET /payment/v2/payments/{id}, api",
    ]);
  });

  test("fetching the signing keys for a redirection", async () => {
    const key = await signingKey("key-1");
    const client = watchedClient([answers(200, { keys: [key.entry] })]);
    expect(await client.redirection.verify(await signToken(key))).toEqual(goodClaims);
    expect(client.story()).toEqual([
      "start getSigningJwks, signing_keys",
      "attempt 1 getSigningJwks answered 200",
      "end done, 1",
    ]);
  });

  test("a token that was asked for by itself", async () => {
    const client = watchedClient([]);
    await client.accessTokens.retrieve();
    expect(client.story()).toEqual(["token granted"]);
    expect(unlike(client.events, "token")).toMatchObject({ lifetimeMs: 3_600_000 });
  });
});

test("an event says what, where and how long, and no more", async () => {
  const client = watchedClient([down, captured]);
  await runToEnd(client.clock, client.payments.capture(paymentId, { amount: 3000 }));
  const base = {
    callId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    operation: "capturePayment",
    method: "POST",
    pathTemplate: "/payment/v2/payments/{id}/captures",
    origin: "https://purse.test",
    purpose: "call",
    idempotencyKey: "generated",
  };
  const [start, , attempt, retry, , end] = client.events.map(({ event }) => event);
  expect(start).toEqual(base);
  expect(attempt).toEqual({
    ...base,
    attempt: 1,
    outcome: "answered",
    status: 503,
    durationMs: 0,
    requestId: "req-1",
  });
  expect(retry).toEqual({ ...base, attempt: 1, reason: "transient", delayMs: 250 });
  expect(end).toEqual({ ...base, outcome: "created", status: 200, attempts: 2, durationMs: 250 });
});

test("durations are those of the monotonic clock", async () => {
  const client = watchedClient([hangs()], { options: { maxRetries: 0, timeoutMs: 1234 } });
  const call = failureOf(client.payments.retrieve(paymentId));
  await settle();
  client.clock.stepWallClock(-60_000);
  await client.clock.advance(1234);
  await call;
  expect(unlike(client.events, "attempt")).toMatchObject({ outcome: "timeout", durationMs: 1234 });
  expect(unlike(client.events, "end")).toMatchObject({ outcome: "timeout", durationMs: 1234 });
});

test("onRetry gets the wait that the service asks for", async () => {
  const client = watchedClient([answers(429, null, { "retry-after": "2" }), read]);
  await runToEnd(client.clock, client.payments.retrieve(paymentId));
  expect(unlike(client.events, "retry")).toMatchObject({
    reason: "throttled",
    delayMs: 2000,
    retryAfterMs: 2000,
  });
});

describe("hooks that misbehave", () => {
  const misbehaving: readonly [string, () => unknown][] = [
    [
      "throws",
      () => {
        throw new Error("hook");
      },
    ],
    ["rejects", () => Promise.reject(new Error("hook"))],
    ["never settles", () => new Promise(() => undefined)],
    [
      "gives a hostile thenable",
      () => ({
        get then() {
          throw new Error("hook");
        },
      }),
    ],
  ];

  test.each(misbehaving)("a hook that %s changes and delays nothing", async (_, misbehave) => {
    const rejections: unknown[] = [];
    const note = (reason: unknown): unknown => rejections.push(reason);
    process.on("unhandledRejection", note);
    const names = ["onCallStart", "onAttemptEnd", "onRetry", "onTokenRequest", "onCallEnd"];
    const levels = ["debug", "info", "warn", "error"];
    const recording = recordEvents();
    const options: PurseOptions = {
      hooks: [Object.fromEntries(names.map((name) => [name, misbehave])), recording.hooks],
      logger: Object.fromEntries(levels.map((level) => [level, misbehave])),
    };
    const plain = testClient([down, captured]);
    const watched = testClient([down, captured], { options });
    for (const client of [plain, watched]) {
      const call = client.payments.capture(paymentId, { amount: 3000 }).withResponse();
      expect(await runToEnd(client.clock, call)).toMatchObject({ attempts: 2, idempotency: "created" });
      expect(client.clock.pendingTimers()).toBe(0);
    }
    expect(watched.clock.monotonicMs()).toBe(plain.clock.monotonicMs());
    // Those that come after it are told all the same.
    expect(recording.story()).toHaveLength(6);
    await settle();
    process.off("unhandledRejection", note);
    expect(rejections).toEqual([]);
  });

  test("events cannot be changed by one hook for the next", async () => {
    const recording = recordEvents();
    const meddling = {
      onCallEnd(event: object) {
        Object.assign(event, { outcome: "created" });
      },
    };
    const client = testClient([read], { options: { hooks: [meddling, recording.hooks] } });
    await client.payments.retrieve(paymentId);
    expect(recording.story().at(-1)).toBe("end done, 1");
  });
});

describe("log lines", () => {
  async function linesOf(
    steps: readonly Step[],
    tokenSteps: readonly Step[],
    work: (client: TestClient) => Promise<unknown>,
  ): Promise<string[]> {
    const { logger, lines } = recordLines();
    const client = testClient(steps, { options: { logger }, tokenSteps });
    await runToEnd(client.clock, work(client)).catch(() => undefined);
    return lines.map(({ level, message }) => `${level} ${message}`);
  }

  const capture = (client: TestClient): Promise<unknown> =>
    client.payments.capture(paymentId, { amount: 3000 });

  test("a good call is debugging", async () => {
    expect(await linesOf([captured], [], capture)).toEqual([
      "debug access token granted in 0 ms",
      "debug capturePayment: attempt 1 answered 200 in 0 ms",
      "debug capturePayment: created after 1 request in 0 ms",
    ]);
  });

  test("an unknown outcome is an error, the retries before it are warnings", async () => {
    expect(
      (await linesOf([lost, lost, lost], [], capture)).filter((line) => !line.startsWith("debug")),
    ).toEqual([
      "warn capturePayment: sent again in 250 ms (transient)",
      "warn capturePayment: sent again in 500 ms (transient)",
      "error capturePayment: outcome_unknown (connection_lost) after 3 requests in 750 ms; it may have taken effect",
    ]);
  });

  test.each<[string, readonly Step[], readonly Step[], string[]]>([
    [
      "a recovery",
      [answers(409, keyUsed()), captured],
      [],
      ["info capturePayment: recovered after 2 requests in 0 ms"],
    ],
    [
      "a replaced token",
      [answers(401), captured],
      [],
      ["info capturePayment: sent again in 0 ms (unauthorized)"],
    ],
    ["a refusal", [answers(400)], [], ["warn capturePayment: bad_request after 1 request in 0 ms"]],
    [
      "refused credentials",
      [],
      [answers(401)],
      [
        "error no access token (credentials_refused) after 0 ms",
        "warn capturePayment: token (credentials_refused) after 0 requests in 0 ms",
      ],
    ],
    [
      "a refused token request",
      [],
      [answers(403, "<html>")],
      [
        "error no access token (request_refused) after 0 ms",
        "warn capturePayment: token (request_refused) after 0 requests in 0 ms",
      ],
    ],
  ])("%s has its level", async (_, steps, tokenSteps, wanted) => {
    const lines = await linesOf(steps, tokenSteps, capture);
    expect(lines.filter((line) => !line.startsWith("debug"))).toEqual(wanted);
  });

  test("a logger keeps its this, and may have some of the levels only", async () => {
    const logger = {
      written: [] as string[],
      error(message: string) {
        this.written.push(message);
      },
    };
    const client = testClient([lost], { options: { logger, maxRetries: 0 } });
    await failureOf(capture(client));
    expect(logger.written).toHaveLength(1);
  });

  test("console fits", () => {
    expect(() => testClient([], { options: { logger: console } })).not.toThrow();
  });
});

test("without hooks and logger nothing is printed", async () => {
  const names = ["debug", "info", "warn", "error", "log"] as const;
  const spies = names.map((name) => vi.spyOn(console, name).mockImplementation(() => undefined));
  const client = testClient([lost, lost, lost]);
  await failureOf(runToEnd(client.clock, client.payments.capture(paymentId, { amount: 3000 })));
  for (const spy of spies) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

test.each([
  ["hooks", null],
  ["hooks", "all"],
  ["hooks", () => undefined],
  ["hooks", { onCallEnded: () => undefined }],
  ["hooks", [{ onCallEnd: true }]],
  ["logger", null],
  ["logger", () => undefined],
  ["logger", { log: () => undefined }],
])("%s given as %o are refused", (name, value) => {
  expect(() => testClient([], { options: { [name]: value } })).toThrow(
    `${name} must have some of the methods`,
  );
});

test.each(["onCallEnded", "onCallend", "on_call_end", "oncallend", "onRetries"])(
  "a hook called %s, which nothing would call, is refused beside one that is right",
  (name) => {
    const right = { onCallEnd: () => undefined };
    const hooks = [right, { ...right, [name]: () => undefined }] as PurseHooks[];
    expect(() => testClient([], { options: { hooks } })).toThrow(`hooks.${name} is not known`);
  },
);

test("members of hooks that are no hooks are left alone", () => {
  const hooks = { onCallEnd: () => undefined, on: () => undefined, once: 1, counts: [] } as PurseHooks;
  testClient([], { options: { hooks } });
});

describe("secrets", () => {
  const token = `planted-token-${"abcdefghij".repeat(30)}`;
  const secret = "planted/secret+with=signs";
  const card = "4111111111111111";
  const apiKey = "planted-api-key";
  const key = "planted-idempotency-key";
  const reference = "planted-reference/ü";
  const id = "planted-payment-id";
  const basic = Buffer.from(`client-id-for-tests:${secret}`).toString("base64");
  /** Masked in every place. A card number in disguise cannot be recognised, and no caller encodes it twice. */
  const known = [...[token, secret, apiKey].flatMap(spellingsOf), basic, encodeURIComponent(basic), card];
  const spellings = [...new Set([...known, ...[key, reference, id].flatMap(spellingsOf)])];

  /** Every way for a service to say something. Its request id is passed on, if there is nothing to mask in it. */
  function quoting(text: string): Step[] {
    const headers = known.includes(text) && /^[\x21-\x7e]+$/.test(text) ? { "x-request-id": text } : {};
    const document = { type: text, title: text, detail: text, resource_id: text, id: text, [text]: text };
    const foreign = Object.assign(new Error(text), { code: text, name: text });
    return [
      ...[200, 400, 401, 404, 409, 429, 503].map((status) => answers(status, document, headers)),
      answers(302, null, { ...headers, location: `https://purse.test/${encodeURIComponent(text)}` }),
      throws(foreign),
      throws(new TypeError("fetch failed", { cause: foreign })),
    ];
  }

  test.each(spellings)("%s is not reported", async (text) => {
    const recording = recordEvents();
    const { logger, lines } = recordLines();
    const params = { amount: 3000, merchant_reference: reference, note: card };
    for (const step of quoting(text)) {
      const client = testClient([step, step, step, step], {
        options: { hooks: recording.hooks, logger, clientSecret: secret, apiKey },
        tokenSteps: [grants(token), grants(token), step],
      });
      const options = { idempotencyKey: key, headers: { "x-extra": reference.slice(0, 7) } };
      await runToEnd(client.clock, client.payments.capture(id, params, options)).catch(() => undefined);
      const init = { params: { path: { id } } };
      await runToEnd(client.clock, client.api.GET("/payment/v2/payments/{id}", init)).catch(() => undefined);
    }
    expect(recording.events.length).toBeGreaterThan(30);
    const told = JSON.stringify([recording.events, lines]);
    for (const spelling of spellings) expect(told.includes(spelling), spelling).toBe(false);
    expect(told).not.toContain("planted-token");
  });

  test.each(spellingsOf(reference).slice(1))(
    "%s as the id of the request that sent it is dropped",
    async (text) => {
      const recording = recordEvents();
      const step = answers(400, null, { "x-request-id": text });
      const client = testClient([step], { options: { hooks: recording.hooks } });
      await failureOf(client.payments.capture(id, { amount: 3000, merchant_reference: reference }));
      expect(recording.story()).toContain("attempt 1 capturePayment answered 400");
      expect(JSON.stringify(recording.events)).not.toContain(text);
    },
  );

  test("params of a payment are not reported either", async () => {
    const recording = recordEvents();
    const client = testClient([lost], { options: { hooks: recording.hooks } });
    const params = { ...paymentParams, order: { reference, net_amount: 4299 }, note: card };
    await failureOf(client.payments.create(params));
    expect(JSON.stringify(recording.events)).not.toMatch(/planted|4111|4299/);
  });
});
