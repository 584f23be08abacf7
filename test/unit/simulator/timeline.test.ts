import { beforeEach, expect, it } from "vitest";
import type { Context, JobHandlers } from "../../../src/simulator/context.js";
import { nextDueMs, runDue, schedule } from "../../../src/simulator/timeline.js";
import { createContext, type TestContext } from "./context.js";

let test: TestContext;
let context: Context;
let seen: [id: string, nowMs: number][];
beforeEach(() => {
  test = createContext();
  seen = [];
  const expire: JobHandlers["expire_session"] = (at, { id }) => {
    seen.push([id, at.clock.nowMs()]);
    if (id === "throws") throw new Error("broken");
    if (id === "plans more") schedule(at, { kind: "expire_session", atMs: 25, id: "planned" });
  };
  context = { ...test.context, jobs: { ...test.context.jobs, expire_session: expire } };
});

const plan = (id: string, atMs: number): void => {
  schedule(context, { kind: "expire_session", atMs, id });
};

it("runs due jobs in order, each at its own time", () => {
  plan("third", 30);
  plan("first", 10);
  plan("second", 10);
  plan("later", 41);
  test.moveTo(40);
  runDue(context);
  expect(seen).toEqual([
    ["first", 10],
    ["second", 10],
    ["third", 30],
  ]);
  expect(nextDueMs(context)).toBe(41);
});

it("runs a job once", () => {
  plan("job", 0);
  runDue(context);
  runDue(context);
  expect(seen).toHaveLength(1);
  expect(nextDueMs(context)).toBeUndefined();
});

it("runs jobs scheduled by other jobs, in order", () => {
  plan("plans more", 20);
  plan("last", 30);
  test.moveTo(100);
  runDue(context);
  expect(seen.map(([id]) => id)).toEqual(["plans more", "planned", "last"]);
});

it("does not retry a failed job, and keeps the others", () => {
  plan("throws", 1);
  plan("next", 2);
  test.moveTo(5);
  expect(() => {
    runDue(context);
  }).toThrow("broken");
  runDue(context);
  expect(seen.map(([id]) => id)).toEqual(["throws", "next"]);
});
