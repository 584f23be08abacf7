import { callFaultKinds, webhookFaultKinds, type Fault, type PlannedFault } from "../state/fault-records.js";
import type { SimulatorClock } from "../state/clock.js";
import { findEarlier } from "../state/earlier-payments.js";
import { isOperationId, listOperations, type OperationId } from "../protocol/operation-lookup.js";
import type { Random } from "../state/random.js";
import type { SimulatorState } from "../state/state.js";

/**
 * Injects faults. They apply in the order added, at most one per call.
 *
 * @example
 * ```ts
 * import { createSimulator } from "purse-payments/simulator";
 *
 * const simulator = createSimulator();
 * simulator.faults.add({ kind: "drop_after", operation: "capturePayment" });
 * simulator.faults.add({ kind: "rate_limit", retryAfterSeconds: 2, times: 3 });
 * ```
 */
export interface Faults {
  /**
   * Queues a fault.
   *
   * @throws `TypeError` when the fault is invalid.
   */
  add(fault: Fault): PlannedFault;
  /** The queued faults. */
  list(): readonly PlannedFault[];
  /** Removes one fault, or all. Returns whether anything was removed. */
  clear(id?: string): boolean;
}

export interface FaultPlan extends Faults {
  /** @param resourceId id in the path of the call */
  takeForCall(operationId: string, resourceId?: string): PlannedFault | undefined;
  takeForWebhook(): PlannedFault | undefined;
}

interface FaultParts {
  readonly state: SimulatorState;
  readonly random: Random;
  readonly clock: SimulatorClock;
}

export function createFaults({ state, random, clock }: FaultParts): FaultPlan {
  function matches(fault: PlannedFault, operationId: string, resourceId: string): boolean {
    const { kind, operation = operationId, lagMs = Infinity } = fault;
    if (operation !== operationId || !includes(callFaultKinds, kind)) return false;
    if (!includes(operationsOf[kind] ?? [operationId], operationId)) return false;
    return kind !== "stale_read" || findEarlier(state, resourceId, clock.nowMs() - lagMs) !== undefined;
  }

  function take(fits: (fault: PlannedFault) => boolean): PlannedFault | undefined {
    const fault = state.faults.find(fits);
    if (fault === undefined) return undefined;
    if (fault.remaining !== "always") fault.remaining -= 1;
    if (fault.remaining === 0) state.faults.splice(state.faults.indexOf(fault), 1);
    return fault;
  }

  return {
    add(given) {
      checkFault(given);
      const { times = 1 } = given;
      const fault: PlannedFault = { id: random.uuid(), ...given, remaining: times };
      state.faults.push(fault);
      return { ...fault };
    },
    list: () => state.faults.map((fault) => ({ ...fault })),
    clear(id) {
      const kept = id === undefined ? [] : state.faults.filter((fault) => fault.id !== id);
      const removed = state.faults.length - kept.length;
      state.faults.splice(0, Infinity, ...kept);
      return removed > 0;
    },
    takeForCall: (operationId, resourceId = "") => take((fault) => matches(fault, operationId, resourceId)),
    takeForWebhook: () => take(({ kind }) => includes(webhookFaultKinds, kind)),
  };
}

/** Kinds that apply to certain operations only. */
const operationsOf: Readonly<Partial<Record<Fault["kind"], readonly OperationId[]>>> = {
  stale_read: ["getPayment"],
  unknown_status: ["createClientSession", "getClientSession", "abortClientSession"],
};

/** Numeric members, the kinds they apply to, and their range. */
const numbers = {
  status: { kinds: ["error_before", "error_after", "html_before", "html_after"], min: 200, max: 599 },
  retryAfterSeconds: { kinds: ["rate_limit"], min: 0, max: 86_400 },
  dripMs: { kinds: ["drip"], min: 1, max: 60_000 },
  delayMs: { kinds: ["webhook_delay"], min: 0, max: 30 * 86_400_000 },
  lagMs: { kinds: ["stale_read"], min: 1, max: 30 * 86_400_000 },
} as const;

const members = ["kind", "operation", "times", ...Object.keys(numbers)];

/** Callers in JavaScript and of the control API can pass anything. */
function checkFault(fault: Fault): void {
  const given: unknown = fault;
  if (typeof given !== "object" || given === null)
    throw new TypeError("A fault must be an object with a kind.");
  const unknown = Object.keys(given).find((name) => !members.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`Unknown member ${unknown} of a fault; known are ${members.join(", ")}.`);
  checkKind(fault);
  checkTimes(fault.times);
  for (const [name, { kinds, min, max }] of Object.entries(numbers)) {
    const value: unknown = fault[name as keyof typeof numbers]; // The names of `numbers` itself.
    if (value === undefined) continue;
    if (!includes(kinds, fault.kind)) throw new TypeError(`${name} applies only to ${kinds.join(", ")}.`);
    const lowest = fault.kind.startsWith("error") ? 400 : min;
    if (!Number.isInteger(value) || Number(value) < lowest || Number(value) > max) {
      throw new TypeError(`${name} must be an integer from ${String(lowest)} to ${String(max)}.`);
    }
  }
}

function checkKind({ kind, operation }: Fault): void {
  const kinds = [...callFaultKinds, ...webhookFaultKinds];
  if (!includes(kinds, kind)) throw new TypeError(`kind must be one of ${kinds.join(", ")}.`);
  if (operation === undefined) return;
  if (includes(webhookFaultKinds, kind)) throw new TypeError(`operation cannot be set for ${kind}.`);
  if (!isOperationId(operation)) {
    const ids = listOperations().map(({ operationId }) => operationId);
    throw new TypeError(`operation must be one of ${ids.join(", ")}.`);
  }
  const possible = operationsOf[kind] ?? [operation];
  if (!possible.includes(operation)) throw new TypeError(`${kind} applies only to ${possible.join(", ")}.`);
}

function checkTimes(times: unknown): void {
  if (times === undefined || times === "always") return;
  if (!Number.isInteger(times) || Number(times) < 1) {
    throw new TypeError('times must be a positive integer or "always".');
  }
}

function includes(list: readonly string[], value: unknown): boolean {
  return typeof value === "string" && list.includes(value);
}
