import type { CallFaultKind, OperationAnswer, Simulator } from "../../src/simulator/index.js";
import { pick } from "./orders.js";

const operations = ["capturePayment", "refundPayment", "voidPayment"] as const;
const kinds: readonly CallFaultKind[] = [
  "drop_before",
  "drop_after",
  "drop_after",
  "error_before",
  "error_after",
  "html_before",
  "html_after",
  "truncate",
  "rate_limit",
  "unauthorized",
  "stall_after",
];
const answers: readonly OperationAnswer[] = [
  "pending",
  "pending",
  "pending_then_refuse",
  "refuse",
  "conflict",
  "uncertain",
];
const mostFaults = 8;

/** Adds something that goes wrong, for one of the next calls. */
export function makeTrouble({ faults, partners }: Simulator, random: () => number): void {
  if (random() < 0.3) {
    partners.next(pick(random, answers), { kind: pick(random, ["capture", "refund", "void"] as const) });
    return;
  }
  if (faults.list().length >= mostFaults) return;
  if (random() < 0.3) faults.add({ kind: "stale_read", lagMs: 3000 });
  else if (random() < 0.2) faults.add({ kind: "error_before", operation: "getPayment" });
  else {
    const kind = pick(random, kinds);
    faults.add({
      kind,
      operation: pick(random, operations),
      ...(kind === "rate_limit" && { retryAfterSeconds: 1 }),
    });
  }
}
