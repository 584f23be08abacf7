import { expect, test, vi } from "vitest";
import type { AccessTokenGrant } from "../../../src/auth/access-token.js";
import { createTokenCache, type TokenCache } from "../../../src/auth/token-cache.js";
import { rejectionOf } from "../../support/failures.js";
import { manualClock, settle, type ManualClock } from "../../support/manual-clock.js";

interface TestCache {
  readonly clock: ManualClock;
  readonly cache: TokenCache;
  /** Answers the oldest request that waits. */
  readonly grant: (value: string, lifetimeSeconds?: number) => Promise<void>;
  readonly fail: (error?: Error) => Promise<void>;
  readonly asked: () => number;
}

function testCache(): TestCache {
  const clock = manualClock();
  const waiting: { resolve: (grant: AccessTokenGrant) => void; reject: (error: Error) => void }[] = [];
  let asked = 0;
  const requestGrant = (): Promise<AccessTokenGrant> => {
    asked += 1;
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  return {
    clock,
    cache: createTokenCache({ clock, requestGrant, timeoutMs: 30_000 }),
    asked: () => asked,
    async grant(value, lifetimeSeconds = 3600) {
      waiting.shift()?.resolve({ value, lifetimeMs: lifetimeSeconds * 1000 });
      await settle();
    },
    async fail(error = new Error("down")) {
      waiting.shift()?.reject(error);
      await settle();
    },
  };
}

async function holding(value: string, lifetimeSeconds?: number): Promise<TestCache> {
  const parts = testCache();
  const first = parts.cache.get();
  await parts.grant(value, lifetimeSeconds);
  await first;
  return parts;
}

test("a thousand callers at a cold start share one request", async () => {
  const { cache, grant, asked } = testCache();
  const tokens = Promise.all(Array.from({ length: 1000 }, () => cache.get()));
  await grant("t1");
  expect(new Set(await tokens)).toEqual(new Set(["t1"]));
  expect(asked()).toBe(1);
});

test("a good token is used without asking again", async () => {
  const { cache, asked, clock } = await holding("t1");
  await clock.advance(3_539_999);
  expect(await cache.get()).toBe("t1");
  expect(asked()).toBe(1);
});

test.each([
  [3600, 3_540_000],
  [600, 540_000],
  [100, 90_000],
  [10, 9000],
  [1, 900],
])("a token of %d s is renewed from %d ms on", async (lifetimeSeconds, renewedAfterMs) => {
  const { cache, asked, clock } = await holding("t1", lifetimeSeconds);
  await clock.advance(renewedAfterMs - 1);
  await cache.get();
  expect(asked()).toBe(1);
  await clock.advance(1);
  await cache.get();
  expect(asked()).toBe(2);
});

test("no caller waits for an early renewal, and it takes one request", async () => {
  const { cache, asked, clock, grant } = await holding("t1");
  await clock.advance(3_540_000);
  expect(await Promise.all([cache.get(), cache.get(), cache.get()])).toEqual(["t1", "t1", "t1"]);
  expect(asked()).toBe(2);
  await grant("t2");
  expect(await cache.get()).toBe("t2");
});

test("an early renewal that fails fails no call, and is tried again later", async () => {
  const { cache, asked, clock, grant, fail } = await holding("t1");
  await clock.advance(3_540_000);
  await cache.get();
  await fail();
  expect(await cache.get()).toBe("t1");
  expect(asked()).toBe(2);
  await clock.advance(1000);
  expect(await cache.get()).toBe("t1");
  expect(asked()).toBe(3);
  await grant("t2");
  expect(await cache.get()).toBe("t2");
});

test("a token that has ended is waited for", async () => {
  const { cache, clock, grant } = await holding("t1");
  await clock.advance(3_600_000);
  const next = cache.get();
  await grant("t2");
  expect(await next).toBe("t2");
});

test("the lifetime counts from before the request, not from its answer", async () => {
  const { cache, clock, grant, asked } = testCache();
  const first = cache.get();
  await clock.advance(50_000);
  await grant("t1", 60);
  await first;
  await clock.advance(4000);
  await cache.get();
  expect(asked()).toBe(2);
});

test("a token without a lifetime serves the callers that waited, and no later one", async () => {
  const { cache, asked, grant } = testCache();
  const first = [cache.get(), cache.get()];
  await grant("t1", 0);
  expect(await Promise.all(first)).toEqual(["t1", "t1"]);
  const next = cache.get();
  await grant("t2", 0);
  expect(await next).toBe("t2");
  expect(asked()).toBe(2);
});

test.each([1e12, -1e12])(
  "a wall clock set by %d ms neither lengthens nor shortens a token's life",
  async (stepMs) => {
    const { cache, clock, asked } = await holding("t1");
    clock.stepWallClock(stepMs);
    await clock.advance(3_539_999);
    await cache.get();
    expect(asked()).toBe(1);
    clock.stepWallClock(-2 * stepMs);
    await clock.advance(60_001);
    void cache.get();
    expect(asked()).toBe(2);
  },
);

test("a failure is shared by all who waited for it", async () => {
  const { cache, asked, fail } = testCache();
  const ends = Array.from({ length: 100 }, () => rejectionOf(cache.get()));
  const error = new Error("down");
  await fail(error);
  expect(new Set(await Promise.all(ends))).toEqual(new Set([error]));
  expect(asked()).toBe(1);
});

test("the backoff after failures starts at one second and doubles to thirty", async () => {
  const { cache, asked, clock, fail } = testCache();
  for (const [round, delayMs] of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000].entries()) {
    const end = rejectionOf(cache.get());
    await fail();
    await end;
    expect(cache.retryInMs()).toBe(delayMs);
    await clock.advance(delayMs - 1);
    await rejectionOf(cache.get());
    expect(asked()).toBe(round + 1);
    await clock.advance(1);
    expect(cache.retryInMs()).toBe(0);
  }
});

test("a success ends the backoff, and the next failure starts it anew", async () => {
  const { cache, clock, grant, fail } = testCache();
  for (const delayMs of [1000, 2000]) {
    const end = rejectionOf(cache.get());
    await fail();
    await end;
    await clock.advance(delayMs);
  }
  const good = cache.get();
  await grant("t1", 10);
  expect(await good).toBe("t1");
  await clock.advance(10_000);
  const end = rejectionOf(cache.get());
  await fail();
  await end;
  expect(cache.retryInMs()).toBe(1000);
});

test("only the token that failed is dropped", async () => {
  const { cache, asked, grant } = await holding("t1");
  cache.invalidate("t0");
  expect(await cache.get()).toBe("t1");
  cache.invalidate("t1");
  const next = cache.get();
  await grant("t2");
  expect(await next).toBe("t2");
  cache.invalidate("t1"); // Others come late with the old one.
  expect(await cache.get()).toBe("t2");
  expect(asked()).toBe(2);
});

test("what is left of a token's life counts down to nothing, and is nothing without a token", async () => {
  const { cache, clock, grant } = testCache();
  expect(cache.remainingMs()).toBe(0);
  const first = cache.get();
  await grant("t1", 10);
  await first;
  expect(cache.remainingMs()).toBe(10_000);
  await clock.advance(9999);
  expect(cache.remainingMs()).toBe(1);
  await clock.advance(5000);
  expect(cache.remainingMs()).toBe(0);
  cache.invalidate("t1");
  expect(cache.remainingMs()).toBe(0);
});

test("no timer is left behind", async () => {
  const { clock, cache, fail } = await holding("t1");
  await clock.advance(3_600_000);
  const end = rejectionOf(cache.get());
  await fail();
  await end;
  expect(clock.pendingTimers()).toBe(0);
});

test("a request that never ends is replaced once it is older than its own bound, and not before", async () => {
  const { cache, asked, clock, grant } = testCache();
  void cache.get();
  await clock.advance(35_000);
  const late = cache.get();
  expect(asked()).toBe(1);
  await clock.advance(1);
  const replacing = Promise.all([cache.get(), cache.get()]);
  expect(asked()).toBe(2);
  // The one that was replaced ends after all: it serves the callers that waited for it, and no other.
  await grant("t1");
  expect(await late).toBe("t1");
  expect(cache.fresh()).toBeUndefined();
  await grant("t2");
  expect(await replacing).toEqual(["t2", "t2"]);
  expect(await cache.get()).toBe("t2");
  expect(asked()).toBe(2);
});

test("a renewal in the background that never ends is replaced too", async () => {
  const { cache, asked, clock } = await holding("t1");
  await clock.advance(3_540_000);
  expect(await cache.get()).toBe("t1");
  await clock.advance(35_001);
  expect(await cache.get()).toBe("t1");
  expect(asked()).toBe(3);
});

test("the failure of a request that was replaced damps nothing", async () => {
  const { cache, clock, grant, fail } = testCache();
  const first = cache.get();
  await clock.advance(35_001);
  const second = cache.get();
  const failure = rejectionOf(first);
  await fail();
  expect(await failure).toEqual(new Error("down"));
  expect(cache.retryInMs()).toBe(0);
  await grant("t2");
  expect(await second).toBe("t2");
});

/** As a platform rejects what it has cut off: those who wait hear of it, and the code itself does not go on. */
test("a request that is rejected from outside its own code is asked for anew", async () => {
  const { cache, asked, grant } = testCache();
  const cutOff = { reject: undefined as ((error: Error) => void) | undefined };
  const then = vi.spyOn(Promise.prototype, "catch").mockImplementationOnce(function (onRejected) {
    return new Promise((_, reject) => (cutOff.reject = reject)).then(undefined, onRejected);
  });
  const first = cache.get();
  then.mockRestore();
  const failure = rejectionOf(first);
  cutOff.reject?.(new Error("cut off"));
  expect(await failure).toEqual(new Error("cut off"));
  const second = cache.get();
  expect(asked()).toBe(2);
  await grant("t1");
  await grant("t2");
  expect(await second).toBe("t2");
});
