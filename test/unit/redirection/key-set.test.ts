import { beforeAll, describe, expect, test } from "vitest";
import { PurseRedirectionError } from "../../../src/errors/redirection-error.js";
import { failureAs } from "../../support/failures.js";
import { runToEnd, settle } from "../../support/manual-clock.js";
import { goodClaims, signingKey, signToken, type SigningKey } from "../../support/signed-tokens.js";
import { answers, fails, hangs, type Step } from "../../support/stub-fetch.js";
import { testClient, type TestClient } from "../../support/test-client.js";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
let key: SigningKey;
let newer: SigningKey;
let token: string;
let newerToken: string;

beforeAll(async () => {
  key = await signingKey("key-1");
  newer = await signingKey("key-2");
  token = await signToken(key);
  newerToken = await signToken(newer);
});

const lists = (...keys: SigningKey[]): Step => answers(200, { keys: keys.map(({ entry }) => entry) });
const many = (step: Step, count = 50): Step[] => Array.from({ length: count }, () => step);

/** A client with cached keys, and its later answers. */
async function warmClient(later: readonly Step[]): Promise<TestClient> {
  const client = testClient([lists(key), ...later]);
  await client.redirection.verify(token);
  return client;
}

async function reasonOf(client: TestClient, checked: string): Promise<string> {
  const call = runToEnd(client.clock, client.redirection.verify(checked));
  return (await failureAs(PurseRedirectionError, call)).reason;
}

test("a hundred callers at a cold start share one request, and later callers need none", async () => {
  const client = testClient(many(lists(key)));
  await Promise.all(Array.from({ length: 100 }, () => client.redirection.verify(token)));
  await client.redirection.verify(token);
  expect(client.sent).toHaveLength(1);
  expect(client.sent[0]).toMatchObject({ method: "GET", path: "/payment/v2/signing-jwks" });
});

test("the keys are fetched without token and API key", async () => {
  const client = await warmClient([]);
  expect(client.tokenRequests).toHaveLength(0);
  expect(client.sent[0]?.headers.has("authorization")).toBe(false);
  expect(client.sent[0]?.headers.has("x-api-key")).toBe(false);
});

test.each([401, 403])("after %d they are fetched once with the client's token", async (status) => {
  const client = testClient([answers(status), lists(key)]);
  expect(await client.redirection.verify(token)).toEqual(goodClaims);
  expect(client.sent.map(({ headers }) => headers.get("authorization"))).toEqual([
    null,
    "Bearer token-number-1",
  ]);
});

test("keys are unavailable, after two requests, if the token is refused too", async () => {
  const client = testClient(many(answers(401)));
  expect(await reasonOf(client, token)).toBe("keys_unavailable");
  expect(client.sent).toHaveLength(2);
});

test("a malformed token causes no request", async () => {
  const client = testClient([]);
  for (const malformed of ["a.b.c", "?x=1", ""]) await reasonOf(client, malformed);
  expect(client.sent).toHaveLength(0);
});

test("the keys are renewed after ten minutes, and not before", async () => {
  const client = await warmClient([lists(newer), lists(newer)]);
  await client.clock.advance(10 * minuteMs - 1);
  await client.redirection.verify(token);
  expect(client.sent).toHaveLength(1);
  await client.clock.advance(1);
  // A withdrawn key is accepted until the renewal is answered.
  expect(await client.redirection.verify(token)).toEqual(goodClaims);
  expect(await client.redirection.verify(newerToken)).toEqual(goodClaims); // Waits for the renewal.
  expect(client.sent).toHaveLength(2);
  expect(await reasonOf(client, token)).toBe("key_unknown");
});

describe("a known key that is due for renewal", () => {
  test("does not wait for a silent endpoint: a hundred verifications, one background request", async () => {
    const client = await warmClient([hangs(), lists(newer)]);
    await client.clock.advance(10 * minuteMs);
    const startMs = client.clock.monotonicMs();
    for (let index = 0; index < 100; index++)
      expect(await client.redirection.verify(token)).toEqual(goodClaims);
    await settle();
    expect(client.sent).toHaveLength(2);
    expect(client.clock.monotonicMs()).toBe(startMs);
    // The request times out, and the next one, a second later, finds the rotated key.
    await client.clock.advance(6000);
    expect(client.clock.pendingTimers()).toBe(0);
    expect(await client.redirection.verify(token)).toEqual(goodClaims);
    expect(await client.redirection.verify(newerToken)).toEqual(goodClaims);
    expect(client.sent).toHaveLength(3);
    expect(client.clock.pendingTimers()).toBe(0);
  });

  test("causes no unhandled rejection when the renewal fails", async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown): unknown => rejections.push(reason);
    process.on("unhandledRejection", note);
    const client = await warmClient([fails("ECONNRESET"), answers(500), hangs()]);
    await client.clock.advance(10 * minuteMs);
    for (let round = 0; round < 3; round++) {
      expect(await client.redirection.verify(token)).toEqual(goodClaims);
      await client.clock.advance(minuteMs);
    }
    await settle();
    process.off("unhandledRejection", note);
    expect(client.sent).toHaveLength(4);
    expect([rejections, client.clock.pendingTimers()]).toEqual([[], 0]);
  });

  test("is not used a day after the last success while the endpoint is silent", async () => {
    const client = await warmClient([hangs(), hangs()]);
    await client.clock.advance(dayMs - 1);
    expect(await client.redirection.verify(token)).toEqual(goodClaims);
    await client.clock.advance(1);
    expect(await reasonOf(client, token)).toBe("keys_unavailable");
  });

  test("an unknown key still waits for the answer", async () => {
    const client = await warmClient([lists(key, newer)]);
    await client.clock.advance(10 * minuteMs);
    expect(await client.redirection.verify(newerToken)).toEqual(goodClaims);
    expect(client.sent).toHaveLength(2);
  });
});

test("a key rotated right after a fetch is found", async () => {
  const client = await warmClient([lists(key, newer)]);
  expect(await client.redirection.verify(newerToken)).toEqual(goodClaims);
  expect(client.sent).toHaveLength(2);
});

test("many callers with a rotated key share one request", async () => {
  const client = await warmClient([lists(newer)]);
  await Promise.all(Array.from({ length: 100 }, () => client.redirection.verify(newerToken)));
  expect(client.sent).toHaveLength(2);
});

test("a flood of unknown key ids causes three requests, and good tokens still verify", async () => {
  const client = await warmClient(many(lists(key)));
  for (let index = 0; index < 40; index++) {
    const unknown = await signToken(newer, goodClaims, { kid: `made-up-${String(index)}` });
    // Without further requests they are not called unknown, because one could be new and genuine.
    expect(await reasonOf(client, unknown)).toBe(index < 3 ? "key_unknown" : "keys_unavailable");
  }
  expect(client.sent).toHaveLength(1 + 3);
  expect(await client.redirection.verify(token)).toEqual(goodClaims);
});

test("after a flood one request is allowed every 30 seconds, up to three in total", async () => {
  const client = await warmClient(many(lists(key)));
  for (let index = 0; index < 5; index++) await reasonOf(client, newerToken);
  expect(client.sent).toHaveLength(4);
  await client.clock.advance(29_999);
  await reasonOf(client, newerToken);
  expect(client.sent).toHaveLength(4);
  await client.clock.advance(1);
  await reasonOf(client, newerToken);
  await reasonOf(client, newerToken);
  expect(client.sent).toHaveLength(5);
  await client.clock.advance(9 * minuteMs);
  for (let index = 0; index < 5; index++) await reasonOf(client, newerToken);
  expect(client.sent).toHaveLength(8);
});

const failures: readonly [string, Step][] = [
  ["500", answers(500)],
  ["a lost connection", fails("ECONNRESET")],
  ["HTML", answers(200, "<html>")],
  ["no keys", answers(200, { keys: [] })],
  ["keys that are not an array", answers(200, { keys: "none" })],
  ["nothing but bad keys", answers(200, { keys: [null, { kty: "oct", kid: "key-1" }] })],
  ["a redirect", answers(302, null, { location: "https://evil.example" })],
];

test.each(failures)("with %s instead of keys, the cached keys are used for a day", async (_, step) => {
  const client = await warmClient(many(step));
  await client.clock.advance(10 * minuteMs);
  expect(await client.redirection.verify(token)).toEqual(goodClaims);
  expect(client.sent).toHaveLength(2);
  await client.clock.advance(dayMs - 10 * minuteMs - 1);
  expect(await client.redirection.verify(token)).toEqual(goodClaims);
  await client.clock.advance(1);
  expect(await reasonOf(client, token)).toBe("keys_unavailable");
});

test.each(failures)("with %s at the start, keys are unavailable", async (_, step) => {
  const client = testClient([step, step]);
  expect(await reasonOf(client, token)).toBe("keys_unavailable");
});

test("an endpoint that does not answer times out, and later calls succeed", async () => {
  const client = testClient([hangs(), lists(key)]);
  expect(await reasonOf(client, token)).toBe("keys_unavailable");
  await client.clock.advance(1000);
  expect(await client.redirection.verify(token)).toEqual(goodClaims);
});

test("failing fetches back off from one second, until one succeeds", async () => {
  const client = testClient([answers(500), answers(500), lists(key)]);
  for (let index = 0; index < 5; index++) await reasonOf(client, token);
  expect(client.sent).toHaveLength(1);
  await client.clock.advance(1000);
  for (let index = 0; index < 5; index++) await reasonOf(client, token);
  expect(client.sent).toHaveLength(2);
  await client.clock.advance(1999);
  expect(await reasonOf(client, token)).toBe("keys_unavailable");
  await client.clock.advance(1);
  expect(await client.redirection.verify(token)).toEqual(goodClaims);
  expect(client.sent).toHaveLength(3);
});

test("the key set is replaced as a whole: removed keys are no longer accepted", async () => {
  const client = await warmClient([lists(newer), lists(newer)]);
  await client.redirection.verify(newerToken);
  expect(await reasonOf(client, token)).toBe("key_unknown");
});

test("an unknown key id is not reported as unknown while the keys cannot be fetched", async () => {
  const client = await warmClient([answers(500)]);
  expect(await reasonOf(client, newerToken)).toBe("keys_unavailable");
});

test("signingKeys.list() returns the key set as the service sends it", async () => {
  const client = testClient([answers(200, { keys: [{ kid: 12345, novelty: 1 }] })]);
  expect(await client.signingKeys.list()).toEqual({ keys: [{ kid: 12345, novelty: 1 }] });
});
