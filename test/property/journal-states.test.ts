import fc from "fast-check";
import { expect, test } from "vitest";
import type { MovementEntry } from "../../src/journal/entry.js";
import type { MovementState } from "../../src/journal/movement.js";
import { advance, type Evidence } from "../../src/journal/states.js";

const doubtAfterMs = 300_000;
const start: MovementEntry = {
  topic: "movement",
  id: "a",
  kind: "capture",
  paymentId: "p",
  amount: 100,
  merchantReference: undefined,
  idempotencyKey: "k",
  state: "open",
  operationId: undefined,
  operationStatus: undefined,
  reason: undefined,
  attempts: 1,
  harmless: 0,
  unclearSinceMs: undefined,
  seenVersion: undefined,
  untold: "",
  told: undefined,
  endsAtMs: undefined,
  createdAtMs: 0,
  updatedAtMs: 0,
  revision: 1,
  nowMs: 0,
};

const reason = fc.constant("why");
const named = fc.option(fc.constant("op"), { nil: undefined });
const evidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc.record({
    kind: fc.constant("operation" as const),
    id: fc.constant("op"),
    status: fc.constantFrom("SUCCESS", "FAILURE", "CONFLICT", "PENDING", "UNCERTAIN", "PLANNED"),
    version: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  }),
  fc.constant({ kind: "accepted" as const }),
  fc.record({ kind: fc.constantFrom("refused" as const, "not_done" as const), reason }),
  fc.record({
    kind: fc.constantFrom("unknown" as const, "unclear" as const, "unread" as const),
    reason,
    operationId: named,
  }),
);

/** What happens, and how much later. Each is learned by an attempt of its own, as far as it is one. */
const history = fc.array(fc.record({ evidence, afterMs: fc.integer({ min: 0, max: 200_000 }) }), {
  maxLength: 20,
});

const order: Record<MovementState, number> = {
  open: 0,
  pending: 1,
  in_doubt: 2,
  succeeded: 3,
  failed: 3,
  refused: 3,
};
const asking = ["accepted", "refused", "not_done", "unknown"];

interface Step {
  readonly before: MovementEntry;
  readonly after: MovementEntry;
  readonly evidence: Evidence;
  readonly nowMs: number;
}

function play(events: readonly { evidence: Evidence; afterMs: number }[]): Step[] {
  let entry = start;
  let nowMs = 0;
  let isFirst = true;
  return events.map(({ evidence: learned, afterMs }) => {
    nowMs += afterMs;
    if (!isFirst && asking.includes(learned.kind)) entry = { ...entry, attempts: entry.attempts + 1 };
    isFirst = false;
    const before = entry;
    entry = advance(before, learned, nowMs, doubtAfterMs);
    return { before, after: entry, evidence: learned, nowMs };
  });
}

function always(name: string, holds: (step: Step, index: number, all: readonly Step[]) => boolean): void {
  test(name, () => {
    fc.assert(
      fc.property(history, (events) => {
        const steps = play(events);
        for (const [index, step] of steps.entries()) expect(holds(step, index, steps)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
}

always("a movement only goes forward", ({ before, after }) => order[after.state] >= order[before.state]);

always("what is final stays as it is", ({ before, after }) => order[before.state] < 3 || after === before);

always("only the operation itself succeeds or fails a movement", ({ before, after, evidence: learned }) => {
  if (after.state === before.state) return true;
  if (after.state === "succeeded") return learned.kind === "operation" && learned.status === "SUCCESS";
  return (
    after.state !== "failed" ||
    (learned.kind === "operation" && ["FAILURE", "CONFLICT"].includes(learned.status))
  );
});

always(
  "only the service's own word refuses, and never after an attempt that may have taken effect",
  (step, index, all) => {
    const { before, after, evidence: learned } = step;
    if (after.state === before.state || after.state !== "refused") return true;
    const earlier = all.slice(0, index).map(({ evidence: each }) => each.kind);
    return (
      learned.kind === "refused" &&
      earlier.every((kind) => kind === "not_done" || kind === "unread" || kind === "unclear")
    );
  },
);

always("nothing is in doubt before its time, nor by an outage", (step, index, all) => {
  const { before, after, evidence: learned, nowMs } = step;
  if (after.state === before.state || after.state !== "in_doubt") return true;
  if (learned.kind === "not_done" || learned.kind === "unread" || learned.kind === "unknown") return false;
  return all.slice(0, index + 1).some((each) => nowMs - each.nowMs >= doubtAfterMs);
});

always("an operation that was named is not forgotten", ({ before, after }) => {
  return before.operationId === undefined || after.operationId === before.operationId;
});

always("every change of state is to be told, in order", (_, index, all) => {
  const changes = all.slice(0, index + 1).filter(({ before, after }) => before.state !== after.state);
  return all[index]?.after.untold === changes.map(({ after }) => after.state).join(" ");
});

always(
  "a reading that is older changes nothing of what a partner has not decided",
  ({ before, after, evidence: learned }) => {
    if (learned.kind !== "operation" || learned.version === undefined || before.seenVersion === undefined)
      return true;
    if (learned.version >= before.seenVersion || ["SUCCESS", "FAILURE", "CONFLICT"].includes(learned.status))
      return true;
    return after.operationStatus === before.operationStatus;
  },
);
