import { expect, test } from "vitest";
import type { AccessTokenGrant } from "../../../src/auth/access-token.js";
import { createTokenCache, type TokenCache } from "../../../src/auth/token-cache.js";
import { shareToken, type TokenStore } from "../../../src/auth/token-store.js";
import { manualClock, settle, type ManualClock } from "../../support/manual-clock.js";

interface Fleet {
  readonly clock: ManualClock;
  readonly members: readonly TokenCache[];
  readonly tokenRequests: () => number;
}

interface FleetParts {
  readonly size: number;
  readonly lifetimeSeconds: number;
  /** How long the token endpoint and the store take. */
  readonly endpointMs: number;
  readonly storeMs: number;
  readonly seed: number;
}

/** Processes that share a store, each with a chance of its own. */
async function startFleet({ size, lifetimeSeconds, endpointMs, storeMs, seed }: FleetParts): Promise<Fleet> {
  const clock = manualClock();
  const after = <T>(delayMs: number, work: () => T): Promise<T> =>
    new Promise((resolve) => {
      clock.startTimer(() => {
        resolve(work());
      }, delayMs);
    });
  const entries = new Map<string, string>();
  let reads = 0;
  const store: TokenStore = {
    get: (key) => {
      reads += 1;
      return after(storeMs, () => entries.get(key));
    },
    set: (key, value) => after(storeMs, () => entries.set(key, value)),
    delete: (key) => after(storeMs, () => entries.delete(key)),
  };
  let tokenRequests = 0;
  const requestGrant = (): Promise<AccessTokenGrant> => {
    tokenRequests += 1;
    const value = `token-${String(tokenRequests)}`;
    return after(endpointMs, () => ({ value, lifetimeMs: lifetimeSeconds * 1000 }));
  };
  const random = seededRandom(seed);
  const identity = { tokenUrl: "https://purse.test/oauth/token", clientId: "id" };
  const shared = shareToken(store, identity, clock);
  // The name of its entry is a hash, which takes time of its own: once, and not by this clock.
  void shared.read();
  while (reads === 0) await settle();
  const members = Array.from({ length: size }, () =>
    createTokenCache({ clock, requestGrant, timeoutMs: 30_000, random, shared }),
  );
  return { clock, members, tokenRequests: () => tokenRequests };
}

/** The same numbers in every run: a linear congruential generator. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Lets time pass while every member has a call to make every 200 ms, one after another. */
async function work({ clock, members }: Fleet, durationMs: number): Promise<void> {
  const stepMs = 200 / members.length;
  for (let passedMs = 0; passedMs < durationMs; passedMs += 200) {
    for (const member of members) {
      void member.get();
      await clock.advance(stepMs);
    }
  }
}

/** Everybody has a token, and it is the same one. */
async function warmUp(fleet: Fleet): Promise<void> {
  const [first, ...others] = fleet.members;
  void first?.get();
  await fleet.clock.advance(1100);
  for (const member of others) void member.get();
  await fleet.clock.advance(100);
  expect(fleet.tokenRequests()).toBe(1);
}

test.each([
  ["a minute", 60, 50],
  ["a minute, over a token endpoint that takes a second", 60, 1000],
  ["five seconds", 5, 50],
])(
  "thirty processes renew a token of %s with at most three requests",
  async (_, lifetimeSeconds, endpointMs) => {
    const requests: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const fleet = await startFleet({ size: 30, lifetimeSeconds, endpointMs, storeMs: 2, seed });
      await warmUp(fleet);
      const windowMs = lifetimeSeconds * 100;
      await fleet.clock.advance(lifetimeSeconds * 1000 - windowMs - 3200 - endpointMs);
      const before = fleet.tokenRequests();
      await work(fleet, windowMs + 3000);
      requests.push(fleet.tokenRequests() - before);
      const tokens = await Promise.all(fleet.members.map((member) => member.get()));
      expect(new Set(tokens).size).toBeLessThanOrEqual(3);
    }
    expect(Math.min(...requests)).toBe(1);
    expect(Math.max(...requests)).toBeLessThanOrEqual(3);
  },
);

test("no process waits for a renewal while its token is good", async () => {
  const fleet = await startFleet({ size: 30, lifetimeSeconds: 60, endpointMs: 400, storeMs: 2, seed: 7 });
  await warmUp(fleet);
  await fleet.clock.advance(52_000);
  for (let round = 0; round < 40; round++) {
    for (const member of fleet.members) {
      const isAtHand = await Promise.race([member.get().then(() => true), settle().then(() => false)]);
      expect(isAtHand).toBe(true);
    }
    await fleet.clock.advance(200);
  }
});

test("a process that has waited longer than the others takes the token that they have", async () => {
  const fleet = await startFleet({ size: 2, lifetimeSeconds: 60, endpointMs: 10, storeMs: 1, seed: 3 });
  await warmUp(fleet);
  const [busy, idle] = fleet.members;
  await fleet.clock.advance(70_000);
  void busy?.get();
  await fleet.clock.advance(20);
  expect(fleet.tokenRequests()).toBe(2);
  void idle?.get();
  await fleet.clock.advance(20);
  expect(await idle?.get()).toBe(await busy?.get());
  expect(fleet.tokenRequests()).toBe(2);
});
