import { beforeEach, expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../../src/index.js";
import { createMemoryWebhookStore } from "../../../../src/webhooks/index.js";
import { createStore } from "../../../../src/webhooks/stores/memory-store.js";
import { rejectionOf, thrownBy } from "../../../support/failures.js";
import { manualClock, type ManualClock } from "../../../support/manual-clock.js";

let clock: ManualClock;
beforeEach(() => {
  clock = manualClock();
});

test("a claim is one's own until it is released", async () => {
  const store = createStore({}, clock);
  expect(await store.claim("a", 1000)).toBe(true);
  expect(await store.claim("a", 1000)).toBe(false);
  expect(await store.claim("b", 1000)).toBe(true);
  await store.release("a");
  expect(await store.claim("a", 1000)).toBe(true);
});

test("a claim runs out, to the millisecond", async () => {
  const store = createStore({}, clock);
  await store.claim("a", 1000);
  await clock.advance(999);
  expect(await store.claim("a", 1000)).toBe(false);
  await clock.advance(1);
  expect(await store.claim("a", 1000)).toBe(true);
});

test("what is completed cannot be claimed or released, until it is forgotten", async () => {
  const store = createStore({}, clock);
  await store.claim("a", 1000);
  await store.complete("a", 5000);
  await store.release("a");
  await clock.advance(4999);
  expect(await store.claim("a", 1000)).toBe(false);
  await clock.advance(1);
  expect(await store.claim("a", 1000)).toBe(true);
});

test("texts are recalled until they are forgotten", async () => {
  const store = createStore({}, clock);
  expect(await store.recall("a")).toBeUndefined();
  await store.remember("a", "one", 1000);
  await store.remember("a", "two", 1000);
  expect(await store.recall("a")).toBe("two");
  await clock.advance(1000);
  expect(await store.recall("a")).toBeUndefined();
});

test("it holds no more than its entries, and forgets the oldest first", async () => {
  const store = createStore({ maxEntries: 3 }, clock);
  for (const key of ["a", "b", "c"]) await store.remember(key, key, 1000);
  await store.remember("a", "again", 1000);
  await store.remember("d", "d", 1000);
  expect(store.size()).toBe(3);
  expect(await Promise.all(["a", "b", "c", "d"].map((key) => store.recall(key)))).toEqual([
    "again",
    undefined,
    "c",
    "d",
  ]);
});

test("claims of those at work are not given up for want of room, but run out", async () => {
  const store = createStore({ maxEntries: 3 }, clock);
  await store.claim("a", 1000);
  await store.claim("a2", 1000);
  await store.remember("b", "b", 9000);
  expect(await store.claim("c", 1000)).toBe(true); // In the place of b.
  expect(await store.claim("a", 1000)).toBe(false);
  // Not false: that would say that another process has it, or that it is done.
  expect(await rejectionOf(store.claim("d", 1000))).toBeInstanceOf(Error);
  expect(store.size()).toBe(3);
  await clock.advance(1000);
  expect(await store.claim("d", 1000)).toBe(true);
});

test("it needs no timers", async () => {
  const store = createStore({}, clock);
  await store.claim("a", 1000);
  await store.remember("b", "b", 1000);
  expect(clock.pendingTimers()).toBe(0);
});

test("with as few entries as it accepts, a payment can be handled and remembered", async () => {
  const store = createStore({ maxEntries: 3 }, clock);
  for (const payment of ["a", "b"]) {
    expect(await store.claim(`payment:${payment}`, 1000)).toBe(true);
    expect(await store.claim(`state:${payment}`, 1000)).toBe(true);
    await store.remember(`summary:${payment}`, payment, 9000);
    await store.complete(`state:${payment}`, 9000);
    await store.release(`payment:${payment}`);
    expect(await store.claim(`state:${payment}`, 1000)).toBe(false);
    expect(await store.recall(`summary:${payment}`)).toBe(payment);
  }
});

test("a claim is not released by an owner that it was taken from", async () => {
  const store = createStore({}, clock);
  await store.claim("a", 1000, "slow");
  await clock.advance(1000);
  expect(await store.claim("a", 1000, "fast")).toBe(true);
  await store.release("a", "slow");
  expect(await store.claim("a", 1000, "third")).toBe(false);
  await store.release("a", "fast");
  expect(await store.claim("a", 1000, "third")).toBe(true);
});

test.each([[null], [5], [[]], [{ max: 10 }], [new Map()]])("the options %j are refused", (options) => {
  const error = thrownBy(() => createMemoryWebhookStore(options as never)); // As from JavaScript.
  expect(error).toBeInstanceOf(PurseInvalidArgumentError);
});

test.each([[0], [1], [2], [-1], [1.5], [NaN], ["10"]])("maxEntries of %j is refused", (maxEntries) => {
  const error = thrownBy(() => createMemoryWebhookStore({ maxEntries: maxEntries as number }));
  expect(error).toBeInstanceOf(PurseInvalidArgumentError);
});
