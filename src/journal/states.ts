import { isDoubtful, type MovementEntry } from "./entry.js";
import type { MovementState } from "./movement.js";

/** What was learned of a movement, from asking for it or from reading its payment. */
export type Evidence =
  /** The operation itself, found by its id or by a sign as good. */
  | {
      readonly kind: "operation";
      readonly id: string;
      readonly status: string;
      /** Version of the payment that shows it. */
      readonly version?: number | undefined;
    }
  /** Purse accepted it, and its answer does not tell the operation from others. */
  | { readonly kind: "accepted" }
  /** The service's own word: it will not do it. */
  | { readonly kind: "refused"; readonly reason: string }
  /** This attempt provably changed nothing. */
  | { readonly kind: "not_done"; readonly reason: string }
  /** This attempt may have taken effect. `operationId`: what the service says that the key made. */
  | { readonly kind: "unknown"; readonly reason: string; readonly operationId?: string | undefined }
  /** The service answers, the payment was read, and neither shows what became of it. */
  | { readonly kind: "unclear"; readonly reason: string; readonly operationId?: string | undefined }
  /** The payment could not be read, which says nothing. */
  | { readonly kind: "unread"; readonly reason: string; readonly operationId?: string | undefined };

const order: Readonly<Record<MovementState, number>> = {
  open: 0,
  pending: 1,
  in_doubt: 2,
  succeeded: 3,
  failed: 3,
  refused: 3,
};

/**
 * The next state of a movement: the only place that decides it. Pure, so that the rules can be tested apart from store and
 * network. A movement only goes forward; `succeeded`, `failed` and `refused` are final.
 *
 * @param doubtAfterMs how long a fate may stay unclear before a person has to look.
 * @returns the same entry if the evidence changes nothing.
 */
export function advance(
  entry: MovementEntry,
  evidence: Evidence,
  nowMs: number,
  doubtAfterMs: number,
): MovementEntry {
  if (order[entry.state] === order.succeeded) return entry;
  const next = learn(entry, evidence, nowMs);
  const { unclearSinceMs } = next;
  // Only a service that answers leads to doubt. An outage ends nothing, however long it lasts.
  const hasAnswered = evidence.kind !== "not_done" && evidence.kind !== "unread";
  const isGivenUp = hasAnswered && unclearSinceMs !== undefined && nowMs - unclearSinceMs >= doubtAfterMs;
  const state = isGivenUp && order[next.state] < order.in_doubt ? "in_doubt" : next.state;
  if (order[state] < order[entry.state]) return { ...next, state: entry.state };
  const isChanged = state !== entry.state;
  return {
    ...next,
    state,
    reason: state === "succeeded" ? undefined : next.reason,
    updatedAtMs: isChanged || next.operationStatus !== entry.operationStatus ? nowMs : entry.updatedAtMs,
    untold: isChanged ? `${entry.untold} ${state}`.trim() : entry.untold,
  };
}

function learn(entry: MovementEntry, evidence: Evidence, nowMs: number): MovementEntry {
  switch (evidence.kind) {
    case "operation":
      return learnOperation(entry, evidence, nowMs);
    case "accepted":
      return { ...entry, state: "pending", unclearSinceMs: undefined, reason: undefined };
    case "refused":
      if (entry.state !== "open") return entry;
      if (isDoubtful(entry)) return unclear(entry, evidence.reason, nowMs);
      return { ...entry, state: "refused", reason: evidence.reason };
    case "not_done":
      return { ...entry, harmless: entry.harmless + 1, reason: evidence.reason };
    case "unknown":
      // A new doubt: what was read before it proves nothing about it.
      return { ...named(entry, evidence.operationId), unclearSinceMs: undefined, reason: evidence.reason };
    case "unclear":
      return unclear(named(entry, evidence.operationId), evidence.reason, nowMs);
    case "unread":
      return { ...named(entry, evidence.operationId), reason: evidence.reason };
  }
}

function unclear(entry: MovementEntry, reason: string, nowMs: number): MovementEntry {
  return { ...entry, reason, unclearSinceMs: entry.unclearSinceMs ?? nowMs };
}

function named(entry: MovementEntry, operationId: string | undefined): MovementEntry {
  return { ...entry, operationId: entry.operationId ?? operationId };
}

function learnOperation(
  entry: MovementEntry,
  { id, status, version }: Evidence & { kind: "operation" },
  nowMs: number,
): MovementEntry {
  const state = stateOf(status);
  const isOld = version !== undefined && entry.seenVersion !== undefined && version < entry.seenVersion;
  // What a partner has decided stays decided; of what it has not, only the newest reading counts.
  if (isOld && state === "pending") return entry;
  const isClear = state !== "pending" || status === "PENDING";
  return {
    ...entry,
    state,
    operationId: id,
    operationStatus: status,
    seenVersion: isOld ? entry.seenVersion : (version ?? entry.seenVersion),
    reason: isClear ? undefined : `the operation's status is ${status}`,
    unclearSinceMs: isClear ? undefined : (entry.unclearSinceMs ?? nowMs),
  };
}

/** A status that this release does not know is not decided. */
function stateOf(status: string): MovementState {
  if (status === "SUCCESS") return "succeeded";
  return status === "FAILURE" || status === "CONFLICT" ? "failed" : "pending";
}
