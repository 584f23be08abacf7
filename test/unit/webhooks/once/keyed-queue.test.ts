import { expect, test } from "vitest";
import { createTurns } from "../../../../src/webhooks/once/keyed-queue.js";
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

test("those who come while one is at work share one more turn", async () => {
  const turns = createTurns<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  const first = turns.take("a", work);
  const others = Promise.all(Array.from({ length: 100 }, () => turns.take("a", work)));
  await settle();
  expect(begun).toHaveLength(1);
  begun[0]?.end("one");
  expect(await first).toBe("one");
  await settle();
  expect(begun).toHaveLength(2);
  begun[1]?.end("two");
  expect(new Set(await others)).toEqual(new Set(["two"]));
  expect(turns.has("a")).toBe(false);
});

test("those who come when the shared turn has begun get a turn of their own", async () => {
  const turns = createTurns<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  void turns.take("a", work);
  void turns.take("a", work);
  begun[0]?.end("one");
  await settle();
  const late = turns.take("a", work);
  begun[1]?.end("two");
  await settle();
  begun[2]?.end("three");
  expect(await late).toBe("three");
});

test("a failure is that of its own turn", async () => {
  const turns = createTurns<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  const first = turns.take("a", work);
  const second = turns.take("a", work);
  begun[0]?.end(new Error("no"));
  await expect(first).rejects.toThrow("no");
  await settle();
  begun[1]?.end("yes");
  expect(await second).toBe("yes");
});

test("keys do not wait for each other", () => {
  const turns = createTurns<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  void turns.take("a", work);
  void turns.take("b", work);
  expect(begun).toHaveLength(2);
  expect(turns.has("b")).toBe(true);
});

test("never two at work on a key, whoever comes at whichever moment", async () => {
  const turns = createTurns<undefined>(manualClock(), 65_000);
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
    all.push(turns.take("a", work).catch(() => undefined));
    for (let tick = 0; tick < index % 5; tick++) await Promise.resolve();
  }
  await Promise.all(all);
  expect(most).toBe(1);
  expect(runs).toBeGreaterThan(100);
  expect(turns.has("a")).toBe(false);
});

test("a turn that never ends counts until its time is over, and those who wait for it no longer either", async () => {
  const clock = manualClock();
  const turns = createTurns<string>(clock, 65_000);
  const { begun, work } = createWork();
  void turns.take("a", work);
  const waiting = turns.take("a", work);
  await clock.advance(64_999);
  void turns.take("a", work);
  expect([begun.length, turns.has("a")]).toEqual([1, true]);
  await clock.advance(1);
  expect(turns.has("a")).toBe(false);
  const own = turns.take("a", work);
  expect(begun).toHaveLength(2);
  // The first ends after all: who waited for it still does not run beside the one that came since.
  begun[0]?.end("one");
  await settle();
  expect(begun).toHaveLength(2);
  expect(turns.has("a")).toBe(true);
  begun[1]?.end("two");
  expect(await own).toBe("two");
  await settle();
  begun[2]?.end("three");
  expect(await waiting).toBe("three");
  expect(turns.has("a")).toBe(false);
});

test("a turn that is next and never begins blocks its key no longer than its time", async () => {
  const clock = manualClock();
  const turns = createTurns<string>(clock, 65_000);
  const { begun, work } = createWork();
  void turns.take("a", work);
  await clock.advance(60_000);
  void turns.take("a", work);
  await clock.advance(5000);
  void turns.take("a", work);
  expect(begun).toHaveLength(2);
});

test("whoever joins a turn that is rejected from outside its own code begins one of their own", async () => {
  const turns = createTurns<string>(manualClock(), 65_000);
  const { begun, work } = createWork();
  void turns.take("a", work);
  // As a platform rejects what it has cut off: the promise alone, without a word to the code behind it.
  let cutOff: ((error: Error) => void) | undefined;
  const original = Object.getOwnPropertyDescriptor(Promise.prototype, "then");
  const cut = (): Promise<unknown> => new Promise((_, reject) => (cutOff = reject));
  void Object.defineProperty(Promise.prototype, "then", { ...original, value: cut });
  const owner = turns.take("a", work);
  void Object.defineProperty(Promise.prototype, "then", { ...original });
  const joined = [turns.take("a", work), turns.take("a", work)];
  const failure = rejectionOf(owner);
  cutOff?.(new Error("cut off"));
  expect(await failure).toEqual(new Error("cut off"));
  await settle();
  begun[0]?.end("one");
  await settle();
  begun[1]?.end("two");
  expect(await Promise.all(joined)).toEqual(["two", "two"]);
  expect(turns.has("a")).toBe(false);
});
