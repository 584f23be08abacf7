import { expect, test } from "vitest";
import { createKeyedQueue } from "../../../../src/webhooks/once/keyed-queue.js";
import { rejectionOf } from "../../../support/failures.js";
import { manualClock, settle } from "../../../support/manual-clock.js";

interface Work {
  readonly number: number;
  readonly end: (result: string | Error) => void;
}

function createWork(): { begun: Work[]; work: () => Promise<string> } {
  const begun: Work[] = [];
  return {
    begun,
    work: () =>
      new Promise((resolve, reject) => {
        const end = (result: string | Error): void => {
          if (typeof result === "string") resolve(result);
          else reject(result);
        };
        begun.push({ number: begun.length, end });
      }),
  };
}

test("callers that arrive during a run share the next one", async () => {
  const queue = createKeyedQueue<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  const first = queue.runExclusive("a", work);
  const others = Promise.all(Array.from({ length: 100 }, () => queue.runExclusive("a", work)));
  await settle();
  expect(begun).toHaveLength(1);
  begun[0]?.end("one");
  expect(await first).toBe("one");
  await settle();
  expect(begun).toHaveLength(2);
  begun[1]?.end("two");
  expect(new Set(await others)).toEqual(new Set(["two"]));
  expect(queue.has("a")).toBe(false);
});

test("callers that arrive after the shared run has started get a run of their own", async () => {
  const queue = createKeyedQueue<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  void queue.runExclusive("a", work);
  void queue.runExclusive("a", work);
  begun[0]?.end("one");
  await settle();
  const late = queue.runExclusive("a", work);
  begun[1]?.end("two");
  await settle();
  begun[2]?.end("three");
  expect(await late).toBe("three");
});

test("a failure is that of its own run", async () => {
  const queue = createKeyedQueue<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  const first = queue.runExclusive("a", work);
  const second = queue.runExclusive("a", work);
  begun[0]?.end(new Error("no"));
  await expect(first).rejects.toThrow("no");
  await settle();
  begun[1]?.end("yes");
  expect(await second).toBe("yes");
});

test("keys do not wait for each other", () => {
  const queue = createKeyedQueue<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  void queue.runExclusive("a", work);
  void queue.runExclusive("b", work);
  expect(begun).toHaveLength(2);
  expect(queue.has("b")).toBe(true);
});

test("never two runs on a key at once, at any order of arrival", async () => {
  const queue = createKeyedQueue<undefined>(manualClock(), 65_000);
  let [atWork, most, runs] = [0, 0, 0];
  const work = async (): Promise<undefined> => {
    runs += 1;
    most = Math.max(most, (atWork += 1));
    for (let tick = 0; tick < runs % 7; tick++) await Promise.resolve();
    atWork -= 1;
    if (runs % 3 === 0) throw new Error("no");
  };
  const all: Promise<unknown>[] = [];
  for (let index = 0; index < 2000; index++) {
    all.push(queue.runExclusive("a", work).catch(() => undefined));
    for (let tick = 0; tick < index % 5; tick++) await Promise.resolve();
  }
  await Promise.all(all);
  expect(most).toBe(1);
  expect(runs).toBeGreaterThan(100);
  expect(queue.has("a")).toBe(false);
});

test("a run that never ends counts until its limit, and so do the runs that wait for it", async () => {
  const clock = manualClock();
  const queue = createKeyedQueue<string>(clock, 65_000);
  const { begun, work } = createWork();
  void queue.runExclusive("a", work);
  const waiting = queue.runExclusive("a", work);
  await clock.advance(64_999);
  void queue.runExclusive("a", work);
  expect([begun.length, queue.has("a")]).toEqual([1, true]);
  await clock.advance(1);
  expect(queue.has("a")).toBe(false);
  const own = queue.runExclusive("a", work);
  expect(begun).toHaveLength(2);
  // The first ends after all: who waited for it still does not run beside the one that came since.
  begun[0]?.end("one");
  await settle();
  expect(begun).toHaveLength(2);
  expect(queue.has("a")).toBe(true);
  begun[1]?.end("two");
  expect(await own).toBe("two");
  await settle();
  begun[2]?.end("three");
  expect(await waiting).toBe("three");
  expect(queue.has("a")).toBe(false);
});

test("a queued run that never starts blocks its key until its limit at most", async () => {
  const clock = manualClock();
  const queue = createKeyedQueue<string>(clock, 65_000);
  const { begun, work } = createWork();
  void queue.runExclusive("a", work);
  await clock.advance(60_000);
  void queue.runExclusive("a", work);
  await clock.advance(5000);
  void queue.runExclusive("a", work);
  expect(begun).toHaveLength(2);
});

test("a caller that joined a run that is rejected from outside its own code starts a run of its own", async () => {
  const queue = createKeyedQueue<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  void queue.runExclusive("a", work);
  // As a platform rejects what it has cut off: the promise alone, without a word to the code behind it.
  let cutOff: ((error: Error) => void) | undefined;
  const original = Object.getOwnPropertyDescriptor(Promise.prototype, "then");
  const cut = (): Promise<unknown> => new Promise((_, reject) => (cutOff = reject));
  void Object.defineProperty(Promise.prototype, "then", { ...original, value: cut });
  const owner = queue.runExclusive("a", work);
  void Object.defineProperty(Promise.prototype, "then", { ...original });
  const joined = [queue.runExclusive("a", work), queue.runExclusive("a", work)];
  const failure = rejectionOf(owner);
  cutOff?.(new Error("cut off"));
  expect(await failure).toEqual(new Error("cut off"));
  await settle();
  begun[0]?.end("one");
  await settle();
  begun[1]?.end("two");
  expect(await Promise.all(joined)).toEqual(["two", "two"]);
  expect(queue.has("a")).toBe(false);
});
