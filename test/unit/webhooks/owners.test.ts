import { expect, test } from "vitest";
import { createLocks, type Lock } from "../../../src/webhooks/once/locks.js";
import type { WebhookStore } from "../../../src/webhooks/index.js";
import { createStore as createMemoryStore } from "../../../src/webhooks/stores/memory-store.js";
import { rejectionOf } from "../../support/failures.js";
import { manualClock, settle, type ManualClock } from "../../support/manual-clock.js";

/** A store of the three methods alone, which looks at keys and not at owners. */
function createKeyStore(clock: ManualClock): WebhookStore {
  const ends = new Map<string, number>();
  return {
    claim(key, ttlMs) {
      const isTaken = (ends.get(key) ?? 0) > clock.monotonicMs();
      if (!isTaken) ends.set(key, clock.monotonicMs() + ttlMs);
      return Promise.resolve(!isTaken);
    },
    complete: (key, ttlMs) => Promise.resolve(ends.set(key, clock.monotonicMs() + ttlMs)),
    release: (key) => Promise.resolve(ends.delete(key)),
  };
}

const stores: readonly [string, (clock: ManualClock) => WebhookStore][] = [
  ["the store in memory", (clock) => createMemoryStore({}, clock)],
  ["a store that looks at keys alone", createKeyStore],
];

async function granted(claim: Promise<Lock | undefined>): Promise<Lock> {
  const lock = await claim;
  if (lock === undefined) throw new Error("expected the claim to be granted");
  return lock;
}

test.each(stores)(
  "with %s, a slow owner cannot release what another has claimed since",
  async (_, create) => {
    const clock = manualClock();
    const store = create(clock); // One store, and two handlers that share it.
    const [slow, fast] = [createLocks(store, clock, 5000), createLocks(store, clock, 5000)];
    const first = await granted(slow.claim("a", 1000));
    await clock.advance(1000);
    const second = await granted(fast.claim("a", 1000));
    await first.release();
    expect(await slow.claim("a", 1000)).toBeUndefined();
    await second.release();
    expect(await slow.claim("a", 1000)).toBeDefined();
  },
);

test("each claim has an owner of its own, and is released as that", async () => {
  const clock = manualClock();
  const asked: unknown[][] = [];
  const store: WebhookStore = {
    claim: (...args) => Promise.resolve(asked.push(["claim", ...args]) > 0),
    complete: () => Promise.resolve(),
    release: (...args) => Promise.resolve(asked.push(["release", ...args])),
  };
  const locks = createLocks(store, clock, 5000);
  for (let index = 0; index < 2; index++) await (await granted(locks.claim("a", 1000))).release();
  const [first, second] = [asked[0]?.[3], asked[2]?.[3]];
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).not.toBe(first);
  expect(asked).toEqual([
    ["claim", "a", 1000, first],
    ["release", "a", first],
    ["claim", "a", 1000, second],
    ["release", "a", second],
  ]);
});

test("a claim that is granted after the caller gave up is released, however late", async () => {
  const clock = manualClock();
  const store = createMemoryStore({}, clock);
  let connect = (): void => undefined;
  const connected = new Promise<void>((resolve) => (connect = resolve));
  // As a client that keeps commands back until it is connected again.
  const claim: WebhookStore["claim"] = async (...args) => {
    await connected;
    return store.claim(...args);
  };
  const claiming = rejectionOf(createLocks({ ...store, claim }, clock, 5000).claim("a", 10_000));
  await clock.advance(5000);
  expect(await claiming).toMatchObject({ reason: "store_unavailable" });
  await clock.advance(60_000);
  connect();
  await settle();
  expect(await createLocks(store, clock, 5000).claim("a", 10_000)).toBeDefined();
});
