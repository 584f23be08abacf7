import { beforeAll, expect, test } from "vitest";
import { createKeySet, type KeySet } from "../../../src/redirection/key-set.js";
import { manualClock, settle, type ManualClock } from "../../support/manual-clock.js";
import { signingKey, type SigningKey } from "../../support/signed-tokens.js";

// As on a platform that ends what a request began with that request: a fetch that never settles, though it should.

const softAgeMs = 10 * 60_000;
const boundMs = 15_000;
let key: SigningKey;
let newer: SigningKey;

beforeAll(async () => {
  key = await signingKey("key-1");
  newer = await signingKey("key-2");
});

interface TestSet {
  readonly clock: ManualClock;
  readonly keys: KeySet;
  readonly asked: () => number;
}

/** Keys that were fetched, and what comes of the later fetches. */
async function warm(...later: (SigningKey | "never")[]): Promise<TestSet> {
  const clock = manualClock();
  const answers: (SigningKey | "never")[] = [key, ...later];
  let asked = 0;
  const fetchKeys = (): Promise<unknown> => {
    const answer = answers[asked++];
    if (typeof answer === "object") return Promise.resolve({ keys: [answer.entry] });
    return new Promise(() => undefined);
  };
  const keys = createKeySet({ clock, fetchKeys, timeoutMs: 5000 });
  await keys.find("key-1");
  return { clock, keys, asked: () => asked };
}

test("a renewal that never ends is replaced once it is older than its bound, and not before", async () => {
  const { clock, keys, asked } = await warm("never", newer);
  await clock.advance(softAgeMs);
  expect(await keys.find("key-1")).toHaveLength(1);
  await clock.advance(boundMs);
  expect(await keys.find("key-1")).toHaveLength(1);
  expect(asked()).toBe(2);
  await clock.advance(1);
  expect(await keys.find("key-1")).toHaveLength(1);
  expect(asked()).toBe(3);
  await settle();
  expect(await keys.find("key-2")).toHaveLength(1);
});

test("an unknown key does not wait for a dead renewal for ever, and then fetches by itself", async () => {
  const { clock, keys, asked } = await warm("never", newer);
  await clock.advance(softAgeMs);
  await keys.find("key-1");
  let found: number | undefined;
  void keys.find("key-2").then(({ length }) => (found = length));
  await clock.advance(boundMs - 1);
  expect([found, asked()]).toEqual([undefined, 2]);
  await clock.advance(1);
  for (let round = 0; round < 50 && found === undefined; round++) await settle();
  expect([found, asked(), clock.pendingTimers()]).toEqual([1, 3, 0]);
});
