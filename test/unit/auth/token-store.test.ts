import { expect, test } from "vitest";
import { shareToken, type TokenStore } from "../../../src/auth/token-store.js";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { failureAs } from "../../support/failures.js";
import { manualClock, settle } from "../../support/manual-clock.js";
import { answers, grants, type Step } from "../../support/stub-fetch.js";
import {
  paymentId,
  payment,
  testClient,
  testCredentials,
  type TestClient,
} from "../../support/test-client.js";

interface MapStore extends TokenStore {
  readonly entries: Map<string, string>;
}

function mapStore(): MapStore {
  const entries = new Map<string, string>();
  return {
    entries,
    get: (key) => Promise.resolve(entries.get(key)),
    set: (key, value) => Promise.resolve(entries.set(key, value)),
    delete: (key) => Promise.resolve(entries.delete(key)),
  };
}

const identity = { tokenUrl: "https://purse.test/oauth/token", clientId: testCredentials.clientId };
const read = answers(200, payment());

function clientWith(tokenStore: TokenStore, steps = [read, read, read]): TestClient {
  return testClient(steps, { options: { tokenStore } });
}

async function usedToken(client: TestClient): Promise<string | null | undefined> {
  await client.payments.retrieve(paymentId);
  return client.sent.at(-1)?.headers.get("authorization");
}

test("processes started one after another ask for one token in all", async () => {
  const store = mapStore();
  const first = clientWith(store);
  const token = await usedToken(first);
  const others = [clientWith(store), clientWith(store)];
  for (const other of others) expect(await usedToken(other)).toBe(token);
  expect(others.map(({ tokenRequests }) => tokenRequests.length)).toEqual([0, 0]);
});

test("the store's key tells neither the client id nor the address", async () => {
  const store = mapStore();
  await usedToken(clientWith(store));
  const [key = ""] = store.entries.keys();
  expect(key).toMatch(/^purse-payments:token:[0-9a-f]{64}$/);
});

test("another client id has another entry", async () => {
  const store = mapStore();
  await usedToken(clientWith(store));
  const other = testClient([read], { options: { tokenStore: store, clientId: "another" } });
  await usedToken(other);
  expect(other.tokenRequests).toHaveLength(1);
  expect(store.entries.size).toBe(2);
});

const nowMs = manualClock().wallMs();
const dayMs = 86_400_000;

/** An entry as a client writes it, with changes. */
function entryWith(members: Record<string, unknown> = {}): string {
  return JSON.stringify({
    token: "stored",
    expiresAtMs: nowMs + 3_600_000,
    staleAtMs: nowMs + 3_540_000,
    ...members,
  });
}

test.each<[string, Record<string, unknown>]>([
  ["as written", {}],
  ["with members of a later version", { scope: "payments" }],
  ["good for a whole day", { expiresAtMs: nowMs + dayMs }],
  ["that is fresh to its end", { staleAtMs: nowMs + 3_600_000 }],
  ["due for renewal in a millisecond", { staleAtMs: nowMs + 1 }],
  ["that another process may renew by now", { staleAtMs: nowMs - 60_000 }],
])("a stored token %s is used", async (_, members) => {
  const client = clientWith({ ...mapStore(), get: () => Promise.resolve(entryWith(members)) });
  expect(await usedToken(client)).toBe("Bearer stored");
  expect(client.tokenRequests).toHaveLength(0);
});

const rubbish: [string, unknown][] = [
  ["nothing", undefined],
  ["a number", 5],
  ["an object", { token: "x" }],
  ["an object that only turns into text", { toString: () => entryWith() }],
  ["text that is no JSON", "{"],
  ["null", "null"],
  ["JSON of a number", "5"],
  ["no token", entryWith({ token: undefined })],
  ["a token that is a number", entryWith({ token: 5 })],
  ["an empty token", entryWith({ token: "" })],
  ["a token that would break the header", entryWith({ token: "a\r\nb" })],
  ["a token behind a blank", entryWith({ token: " a" })],
  ["a token that ends in a line feed", entryWith({ token: "a\n" })],
  ["a token without an end", entryWith({ expiresAtMs: undefined })],
  ["a token whose end is text", entryWith({ expiresAtMs: String(nowMs + 3_600_000) })],
  ["a token without its freshness", entryWith({ staleAtMs: undefined })],
  ["a token whose freshness is text", entryWith({ staleAtMs: String(nowMs + 3_540_000) })],
  ["a token good for more than a day", entryWith({ expiresAtMs: nowMs + dayMs + 1 })],
  ["a token that is fresh for longer than it is good", entryWith({ staleAtMs: nowMs + 3_600_001 })],
  [
    "a token that is due for renewal in every process",
    entryWith({ expiresAtMs: nowMs + 15_000, staleAtMs: nowMs - 45_000 }),
  ],
  ["a token that was never fresh", entryWith({ staleAtMs: -1e300 })],
  ["a token that has ended", entryWith({ expiresAtMs: nowMs - 1, staleAtMs: nowMs - 2 })],
];

test.each(rubbish)("a store that gives %s is done without", async (_, entry) => {
  const store: TokenStore = { ...mapStore(), get: () => Promise.resolve(entry) };
  const client = clientWith(store);
  expect(await usedToken(client)).toBe("Bearer token-number-1");
});

const broken: [string, Partial<TokenStore>][] = [
  ["fails to read", { get: () => Promise.reject(new Error("down")) }],
  ["fails to write", { set: () => Promise.reject(new Error("down")) }],
  [
    "throws",
    {
      get: () => {
        throw new Error("down");
      },
    },
  ],
];

test.each(broken)("a store that %s breaks nothing", async (_, methods) => {
  const client = clientWith({ ...mapStore(), ...methods });
  expect(await usedToken(client)).toBe("Bearer token-number-1");
});

test("a store that does not answer is waited for a quarter of a second", async () => {
  const hanging: TokenStore = { ...mapStore(), get: () => new Promise(() => undefined) };
  const client = clientWith(hanging);
  const call = client.payments.retrieve(paymentId);
  await client.clock.advance(249);
  expect(client.tokenRequests).toHaveLength(0);
  await client.clock.advance(1);
  await call;
  expect(client.tokenRequests).toHaveLength(1);
});

test("a refused token is not taken from the store again, and is removed from it", async () => {
  const store = mapStore();
  await usedToken(clientWith(store));
  const second = clientWith(store, [answers(401), read, read]);
  const other = await usedToken(second);
  expect(second.tokenRequests).toHaveLength(1);
  expect([...store.entries.values()].join()).toContain(String(other).replace("Bearer ", ""));
});

test("a refused token leaves the store even when no new one can be had", async () => {
  const store = mapStore();
  await usedToken(clientWith(store));
  const client = testClient([answers(401)], { options: { tokenStore: store }, tokenSteps: [answers(401)] });
  await failureAs(PurseTokenError, client.payments.retrieve(paymentId));
  await settle();
  expect(store.entries.size).toBe(0);
});

test("a token that another process has renewed meanwhile is used instead of a new one", async () => {
  const store = mapStore();
  const client = clientWith(store, [read, answers(401), read]);
  await usedToken(client);
  const [key = ""] = store.entries.keys();
  store.entries.set(key, entryWith({ token: "renewed-elsewhere" }));
  expect(await usedToken(client)).toBe("Bearer renewed-elsewhere");
  expect(client.tokenRequests).toHaveLength(1);
  expect(store.entries.get(key)).toContain("renewed-elsewhere");
});

test("a renewal that failed is tried again as soon as it may, although the store was told of it", async () => {
  const store = mapStore();
  const lasting = grants("first", { expires_in: 600 });
  const tokenSteps = [lasting, answers(503), answers(503), grants("second")];
  const client = testClient([read, read, read, read, read], { options: { tokenStore: store }, tokenSteps });
  await usedToken(client);
  await client.clock.advance(576_000);
  for (const [waitMs, requests] of [
    [0, 2],
    [999, 2],
    [1, 3],
    [2000, 4],
  ] as const) {
    await client.clock.advance(waitMs);
    expect(await usedToken(client)).toBe("Bearer first");
    await expect.poll(() => client.tokenRequests.length).toBe(requests);
    await settle();
  }
  expect([...store.entries.values()].join()).toContain("second");
});

test("a process whose renewal is being made elsewhere keeps its token, and asks itself if nothing comes of it", async () => {
  const store = mapStore();
  const client = testClient(
    Array.from({ length: 5 }, () => read),
    { options: { tokenStore: store }, tokenSteps: [grants("first", { expires_in: 600 })] },
  );
  await usedToken(client);
  const [key = ""] = store.entries.keys();
  await client.clock.advance(576_000);
  const wallMs = client.clock.wallMs();
  store.entries.set(
    key,
    entryWith({ token: "first", expiresAtMs: wallMs + 24_000, staleAtMs: wallMs + 12_000 }),
  );
  for (const waitMs of [0, 12_000, 7000]) {
    await client.clock.advance(waitMs);
    expect(await usedToken(client)).toBe("Bearer first");
    await settle();
    expect(client.tokenRequests).toHaveLength(1);
  }
  // Half of its window is over, by the chance of this client: 12 s and 0.75 of 12 s times the cube root of 0.5.
  await client.clock.advance(200);
  expect(await usedToken(client)).toBe("Bearer first");
  await expect.poll(() => client.tokenRequests.length).toBe(2);
});

test("a store leaves no timer behind", async () => {
  const client = clientWith(mapStore(), [read, answers(401), read]);
  await usedToken(client);
  await usedToken(client);
  await settle();
  expect(client.clock.pendingTimers()).toBe(0);
});

test("an entry lives as long as its token", async () => {
  const ttls: number[] = [];
  const store: TokenStore = {
    ...mapStore(),
    set: (_key, _value, ttlMs) => {
      ttls.push(ttlMs);
      return Promise.resolve();
    },
  };
  const clock = manualClock();
  shareToken(store, identity, clock).write({ value: "token", lifetimeMs: 5000.7, freshMs: 4500 });
  await clock.advance(0);
  await expect.poll(() => ttls).toEqual([5000]);
});

test.each([0, -1, "0", 0.0005])("a token with expires_in %j is not stored", async (expiresIn) => {
  const store = mapStore();
  const tokenSteps = [grants("ended", { expires_in: expiresIn })];
  const client = testClient([read], { options: { tokenStore: store }, tokenSteps });
  expect(await usedToken(client)).toBe("Bearer ended");
  await settle();
  expect(store.entries.size).toBe(0);
});

test("what is left of a stored token counts from before its request, not from its answer", async () => {
  const store = mapStore();
  const slow: Step = async (request) => {
    await client.clock.advance(20_000);
    return grants("slow", { expires_in: 60 })(request);
  };
  const client = testClient([read], { options: { tokenStore: store }, tokenSteps: [slow] });
  const endsAtMs = client.clock.wallMs() + 60_000;
  await usedToken(client);
  await expect.poll(() => store.entries.size).toBe(1);
  const [entry = ""] = store.entries.values();
  expect(JSON.parse(entry)).toEqual({
    token: "slow",
    expiresAtMs: endsAtMs,
    staleAtMs: endsAtMs - 6000,
    lifetimeMs: 40_000,
  });
});

test("a store without its methods is refused", () => {
  expect(() => testClient([], { options: { tokenStore: {} as TokenStore } })).toThrow(/tokenStore must have/);
});
