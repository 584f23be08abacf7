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

/** A fetch that ends when the test says so. */
interface Late {
  readonly answer: Promise<unknown>;
  readonly resolve: (set: unknown) => void;
  readonly reject: (error: Error) => void;
}

function late(): Late {
  let resolve: Late["resolve"] = () => undefined;
  let reject: Late["reject"] = () => undefined;
  const answer = new Promise<unknown>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { answer, resolve, reject };
}

type Fetched = SigningKey | Late | "never";

interface TestSet {
  readonly clock: ManualClock;
  readonly keys: KeySet;
  readonly asked: () => number;
}

/** Keys that were fetched, and what comes of the later fetches. */
async function warm(...later: Fetched[]): Promise<TestSet> {
  const set = cold(key, ...later);
  await set.keys.find("key-1");
  return set;
}

function cold(...answers: Fetched[]): TestSet {
  const clock = manualClock();
  let asked = 0;
  const fetchKeys = (): Promise<unknown> => {
    const answer = answers[asked++] ?? "never";
    if (answer === "never") return new Promise(() => undefined);
    return "entry" in answer ? Promise.resolve({ keys: [answer.entry] }) : answer.answer;
  };
  return { clock, keys: createKeySet({ clock, fetchKeys, timeoutMs: 5000 }), asked: () => asked };
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

test.each(["succeeds", "fails"])(
  "a renewal that was replaced and %s after all decides nothing",
  async (how) => {
    const replaced = late();
    const { clock, keys, asked } = await warm(replaced, newer, key);
    await clock.advance(softAgeMs);
    await keys.find("key-1");
    await clock.advance(boundMs + 1);
    await keys.find("key-1"); // Begins another.
    await settle();
    if (how === "succeeds") replaced.resolve({ keys: [key.entry] });
    else replaced.reject(new Error("too late"));
    await settle();
    expect(await keys.find("key-2")).toHaveLength(1);
    // Neither does its failure keep the next one from being begun.
    expect(await keys.find("key-3")).toEqual([]);
    expect(asked()).toBe(4);
  },
);

test("without keys, a fetch that never ends is an end without a verdict, and is not repeated at once", async () => {
  const { clock, keys, asked } = cold("never", key);
  const found = keys.find("key-1").then(
    () => "found",
    (error: unknown) => error,
  );
  await clock.advance(boundMs);
  expect(await found).toMatchObject({ code: "redirection", reason: "keys_unavailable" });
  expect([asked(), clock.pendingTimers()]).toEqual([1, 0]);
  expect(await keys.find("key-1")).toHaveLength(1); // Whoever asks next may.
});
