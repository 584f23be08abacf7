import { beforeAll, expect, test } from "vitest";
import { createKeySet, type KeySet } from "../../../src/redirection/key-set.js";
import { manualClock, settle, type ManualClock } from "../../support/manual-clock.js";
import { signingKey, type SigningKey } from "../../support/signed-tokens.js";

// On some platforms, a fetch never settles after the request that started it has ended.

const softAgeMs = 10 * 60_000;
const boundMs = 15_000;
let key: SigningKey;
let newer: SigningKey;

beforeAll(async () => {
  key = await signingKey("key-1");
  newer = await signingKey("key-2");
});

/** A fetch that the test settles. */
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
  readonly fetchCount: () => number;
}

/** A key set with cached keys, and the results of later fetches. */
async function warm(...later: Fetched[]): Promise<TestSet> {
  const set = cold(key, ...later);
  await set.keys.find("key-1");
  return set;
}

function cold(...answers: Fetched[]): TestSet {
  const clock = manualClock();
  let fetchCount = 0;
  const fetchKeys = (): Promise<unknown> => {
    const answer = answers[fetchCount++] ?? "never";
    if (answer === "never") return new Promise(() => undefined);
    return "entry" in answer ? Promise.resolve({ keys: [answer.entry] }) : answer.answer;
  };
  return { clock, keys: createKeySet({ clock, fetchKeys, timeoutMs: 5000 }), fetchCount: () => fetchCount };
}

test("a renewal that never settles is replaced after its deadline, and not before", async () => {
  const { clock, keys, fetchCount } = await warm("never", newer);
  await clock.advance(softAgeMs);
  expect(await keys.find("key-1")).toHaveLength(1);
  await clock.advance(boundMs);
  expect(await keys.find("key-1")).toHaveLength(1);
  expect(fetchCount()).toBe(2);
  await clock.advance(1);
  expect(await keys.find("key-1")).toHaveLength(1);
  expect(fetchCount()).toBe(3);
  await settle();
  expect(await keys.find("key-2")).toHaveLength(1);
});

test("an unknown key waits for a dead renewal until its deadline, then starts its own fetch", async () => {
  const { clock, keys, fetchCount } = await warm("never", newer);
  await clock.advance(softAgeMs);
  await keys.find("key-1");
  let found: number | undefined;
  void keys.find("key-2").then(({ length }) => (found = length));
  await clock.advance(boundMs - 1);
  expect([found, fetchCount()]).toEqual([undefined, 2]);
  await clock.advance(1);
  for (let round = 0; round < 50 && found === undefined; round++) await settle();
  expect([found, fetchCount(), clock.pendingTimers()]).toEqual([1, 3, 0]);
});

test.each(["succeeds", "fails"])("a replaced renewal that %s later is ignored", async (how) => {
  const replaced = late();
  const { clock, keys, fetchCount } = await warm(replaced, newer, key);
  await clock.advance(softAgeMs);
  await keys.find("key-1");
  await clock.advance(boundMs + 1);
  await keys.find("key-1"); // Starts another fetch.
  await settle();
  if (how === "succeeds") replaced.resolve({ keys: [key.entry] });
  else replaced.reject(new Error("too late"));
  await settle();
  expect(await keys.find("key-2")).toHaveLength(1);
  // Its failure causes no backoff either.
  expect(await keys.find("key-3")).toEqual([]);
  expect(fetchCount()).toBe(4);
});

test("without keys, a fetch that never settles ends in keys_unavailable and is not repeated by the same call", async () => {
  const { clock, keys, fetchCount } = cold("never", key);
  const found = keys.find("key-1").then(
    () => "found",
    (error: unknown) => error,
  );
  await clock.advance(boundMs);
  expect(await found).toMatchObject({ code: "redirection", reason: "keys_unavailable" });
  expect([fetchCount(), clock.pendingTimers()]).toEqual([1, 0]);
  expect(await keys.find("key-1")).toHaveLength(1); // The next call fetches again.
});
