import { callFaultKinds, webhookFaultKinds, type Fault, type PlannedFault } from "../state/fault-records.js";
import type { SimulatorClock } from "../state/clock.js";
import { findEarlier } from "../state/earlier-payments.js";
import { isOperationId, listOperations, type OperationId } from "../protocol/operation-lookup.js";
import type { Random } from "../state/random.js";
import type { SimulatorState } from "../state/state.js";

/**
 * Faults on demand, first come first served; each call meets one at most.
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
  /** @throws `TypeError` when the fault cannot be: it says what is wrong and what would be right. */
  add(fault: Fault): PlannedFault;
  /** Those that wait for calls still. */
  list(): readonly PlannedFault[];
  /** Forgets one fault, or all. Tells whether there was something to forget. */
  clear(id?: string): boolean;
}

/** The faults as the simulator uses them. */
export interface FaultPlan extends Faults {
  /** `resourceId` is the id in the call's path. */
  takeForCall(operationId: string, resourceId?: string): PlannedFault | undefined;
  takeForWebhook(): PlannedFault | undefined;
}

interface FaultParts {
  readonly state: SimulatorState;
  readonly random: Random;
  readonly clock: SimulatorClock;
}

export function createFaults({ state, random, clock }: FaultParts): FaultPlan {
  function meets(fault: PlannedFault, operationId: string, resourceId: string): boolean {
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
    add(wanted) {
      checkFault(wanted);
      const { times = 1 } = wanted;
      const fault: PlannedFault = { id: random.uuid(), ...wanted, remaining: times };
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
    takeForCall: (operationId, resourceId = "") => take((fault) => meets(fault, operationId, resourceId)),
    takeForWebhook: () => take(({ kind }) => includes(webhookFaultKinds, kind)),
  };
}

/** The operations that a kind can meet, where it is not all of them. */
const operationsOf: Readonly<Partial<Record<Fault["kind"], readonly OperationId[]>>> = {
  stale_read: ["getPayment"],
  unknown_status: ["createClientSession", "getClientSession", "abortClientSession"],
};

/** Numbers that a fault may carry: for which kinds, and within which bounds. */
const numbers = {
  status: { kinds: ["error_before", "error_after", "html_before", "html_after"], least: 200, most: 599 },
  retryAfterSeconds: { kinds: ["rate_limit"], least: 0, most: 86_400 },
  dripMs: { kinds: ["drip"], least: 1, most: 60_000 },
  delayMs: { kinds: ["webhook_delay"], least: 0, most: 30 * 86_400_000 },
  lagMs: { kinds: ["stale_read"], least: 1, most: 30 * 86_400_000 },
} as const;

const members = ["kind", "operation", "times", ...Object.keys(numbers)];

/** Callers of JavaScript, and of the control API, can pass anything. */
function checkFault(fault: Fault): void {
  const given: unknown = fault;
  if (typeof given !== "object" || given === null) throw new TypeError("A fault is an object with a kind.");
  const unknown = Object.keys(given).find((name) => !members.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`A fault has no ${unknown}; its members are ${members.join(", ")}.`);
  checkKind(fault);
  checkTimes(fault.times);
  for (const [name, { kinds, least, most }] of Object.entries(numbers)) {
    const value: unknown = fault[name as keyof typeof numbers]; // The names of `numbers` itself.
    if (value === undefined) continue;
    if (!includes(kinds, fault.kind)) throw new TypeError(`${name} goes with ${kinds.join(", ")} only.`);
    const lowest = fault.kind.startsWith("error") ? 400 : least;
    if (!Number.isInteger(value) || Number(value) < lowest || Number(value) > most) {
      throw new TypeError(`${name} has to be an integer from ${String(lowest)} to ${String(most)}.`);
    }
  }
}

function checkKind({ kind, operation }: Fault): void {
  const kinds = [...callFaultKinds, ...webhookFaultKinds];
  if (!includes(kinds, kind)) throw new TypeError(`The kind of a fault is one of ${kinds.join(", ")}.`);
  if (operation === undefined) return;
  if (includes(webhookFaultKinds, kind)) throw new TypeError(`${kind} takes no operation.`);
  if (!isOperationId(operation)) {
    const ids = listOperations().map(({ operationId }) => operationId);
    throw new TypeError(`operation is one of ${ids.join(", ")}.`);
  }
  const possible = operationsOf[kind] ?? [operation];
  if (!possible.includes(operation)) throw new TypeError(`${kind} meets ${possible.join(", ")} only.`);
}

function checkTimes(times: unknown): void {
  if (times === undefined || times === "always") return;
  if (!Number.isInteger(times) || Number(times) < 1) {
    throw new TypeError('times has to be a positive integer or "always".');
  }
}

function includes(list: readonly string[], value: unknown): boolean {
  return typeof value === "string" && list.includes(value);
}
