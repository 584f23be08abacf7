import {
  isPurseError,
  type Purse,
  type PurseOptions,
  type PurseOutcomeUnknownError,
} from "../../../src/index.js";
import type { Control } from "../control.js";
import type { Fault } from "../faults.js";
import { assert, assertEqual } from "./assertions.js";
import { outcomeOf, type ChangingOperation, type Outcome } from "./operations.js";

/** What a case works with: a client of any runtime, and the back door of the failing service. */
export interface CaseContext {
  createClient: (options?: PurseOptions) => Purse;
  control: Control;
}

export interface FaultRow {
  operation: string;
  fault: string;
  /** How many requests the fault met at most. */
  times: number;
  seen: number;
  keys: number;
  bodies: number;
  doneBefore: number;
  outcome: string;
  doneAfter: number;
}

/** The last attempt of every call meets the fault too. */
export const persistent = 99;

/** Long enough for a healthy answer on a busy machine, short enough for a stalled one not to hold everything up. */
const faultTimeoutMs = 700;

/** Errors that promise that nothing was changed. */
const notDone: ReadonlySet<string> = new Set([
  "connection",
  "timeout",
  "aborted",
  "token",
  "authentication",
  "permission",
  "bad_request",
  "not_found",
  "conflict",
  "rate_limit",
  "server",
  "invalid_argument",
]);

/**
 * One call under one fault. Holds for every fault and every operation with an honoured key: the money moves at most
 * once, a success is in the ledger once, an error that says "not done" is not in it, and what was unknown is looked
 * up and resolved to what the ledger says.
 */
export async function runFaultCase(
  { createClient, control }: CaseContext,
  operation: ChangingOperation,
  fault: Fault,
  times: number,
): Promise<FaultRow> {
  const purse = createClient();
  const id = await operation.prepare(purse, control);
  const path = `/${id}${operation.path}`; // Of this case alone, so that many can run at once.
  await control.plan({ fault, method: "POST", path, times });
  const outcome = await outcomeOf(operation.call(purse, id, { timeoutMs: faultTimeoutMs }));
  await control.clearFaults(path);
  await control.settled();

  const seen = await control.requests(path);
  const keys = new Set(seen.map(({ idempotencyKey }) => idempotencyKey));
  const bodies = new Set(seen.map(({ body }) => body));
  assertEqual(
    [keys.size, bodies.size, keys.has(undefined)],
    [1, 1, false],
    "one key and one body on every attempt",
  );
  const doneBefore = await operation.countDone(control, id);
  assert(doneBefore <= 1, `the money moved ${String(doneBefore)} times`);
  const told = await judge(outcome, doneBefore);
  const doneAfter = await operation.countDone(control, id);
  assert(doneAfter <= 1, `after resolve() the money has moved ${String(doneAfter)} times`);
  if (told.isResolved) assertEqual(doneAfter, 1, "resolved calls in the ledger");
  return {
    operation: operation.name,
    fault: describe(fault),
    times,
    seen: seen.length,
    keys: keys.size,
    bodies: bodies.size,
    doneBefore,
    outcome: told.text,
    doneAfter,
  };
}

/**
 * One call under one fault, where the key is not known to be honoured: what may have been done is never sent again,
 * what provably was not done may be, and no answer lies.
 */
export async function runUnconfirmedCase(
  { createClient, control }: CaseContext,
  operation: ChangingOperation,
  fault: Fault,
  times: number,
): Promise<FaultRow> {
  const purse = createClient();
  const id = await operation.prepare(purse, control);
  const before = { done: await operation.countDone(control, id), seen: (await control.requests()).length };
  await control.plan({ fault, method: "POST", path: operation.path, times });
  const outcome = await outcomeOf(operation.call(purse, id, { timeoutMs: faultTimeoutMs }));
  await control.clearFaults();
  await control.settled();

  const seen = (await control.requests())
    .slice(before.seen)
    .filter(({ method, path }) => method === "POST" && path.includes(operation.path));
  const keys = new Set(seen.map(({ idempotencyKey }) => idempotencyKey));
  const bodies = new Set(seen.map(({ body }) => body));
  assertEqual([keys.size, bodies.size], [1, 1], "one key and one body on every attempt");
  const done = (await operation.countDone(control, id)) - before.done;
  assert(done <= 1, `it was done ${String(done)} times`);
  const text = judgeUnconfirmed(outcome, done);
  const counts = {
    seen: seen.length,
    keys: keys.size,
    bodies: bodies.size,
    doneBefore: done,
    doneAfter: done,
  };
  return { operation: operation.name, fault: describe(fault), times, ...counts, outcome: text };
}

function judgeUnconfirmed(outcome: Outcome, done: number): string {
  if ("response" in outcome) {
    assertEqual(done, 1, "reported successes that were done");
    return String(outcome.response.idempotency);
  }
  const { error } = outcome;
  assert(isPurseError(error), `not an error of the package: ${String(error)}`);
  if (error.code === "outcome_unknown") return `outcome_unknown (${error.reason})`;
  assert(notDone.has(error.code), `${error.code} is not an error that a changing call may end with here`);
  assertEqual(done, 0, `what was done after ${error.code}, which says that nothing was`);
  return error.code;
}

async function judge(outcome: Outcome, done: number): Promise<{ text: string; isResolved: boolean }> {
  if ("response" in outcome) {
    assertEqual(done, 1, "reported successes in the ledger");
    return { text: String(outcome.response.idempotency), isResolved: true };
  }
  const { error } = outcome;
  assert(isPurseError(error), `not an error of the package: ${String(error)}`);
  if (error.code !== "outcome_unknown") {
    assert(notDone.has(error.code), `${error.code} is not an error that a changing call may end with here`);
    assertEqual(done, 0, `ledger entries after ${error.code}, which says that nothing moved`);
    return { text: error.code, isResolved: false };
  }
  return { text: `outcome_unknown (${error.reason}) ${await clearUp(error, done)}`, isResolved: true };
}

async function clearUp(error: PurseOutcomeUnknownError, done: number): Promise<string> {
  assert(error.idempotencyKey !== undefined, "an unknown outcome names its key");
  const { outcome } = await error.inspect();
  const isTruth = done === 1 ? outcome === "ambiguous" || outcome === "done" : outcome === "not_seen";
  assert(isTruth, `inspect() sees ${outcome}, but the ledger holds ${String(done)}`);
  await error.resolve();
  return `inspect: ${outcome}, resolve: ok`;
}

export function describe(fault: Fault): string {
  const status = "status" in fault ? ` ${String(fault.status)}` : "";
  return `${fault.kind}${status}${"guarded" in fault ? (fault.guarded ? " guarded" : " unguarded") : ""}`;
}
