import type { PurseLogger } from "../hooks.js";
import type { Entry, MovementEntry } from "./entry.js";
import type { MovementKind, MovementState } from "./movement.js";

/** A movement has reached a new state. Says no id, key or amount, like the client's own events. */
export interface MovementEvent {
  /** What is asked for. */
  readonly kind: MovementKind;
  /** The state that was reached. */
  readonly state: MovementState;
  /** Status of the operation, once it is known. */
  readonly operationStatus?: string;
  /** How many times Purse was asked. */
  readonly attempts: number;
  /** Milliseconds since it was recorded, on the store's clock. */
  readonly ageMs: number;
}

/** Something failed that is tried again: a callback, the store, or a reading of a payment that is expected. */
export interface JournalFailureEvent {
  /** What failed: a function of yours, the store, or a call of the client. */
  readonly what: "onChange" | "onPayment" | "store" | "client";
  /** Name of what was thrown. */
  readonly failure: string;
}

/**
 * Functions that are told what a journal does. Each is called in place and not waited for; what it throws or rejects with is
 * dropped.
 */
export interface JournalHooks {
  /** A movement has reached another state. */
  onMovementState?(event: MovementEvent): unknown;
  /** Something failed, and is tried again. */
  onFailure?(event: JournalFailureEvent, error: unknown): unknown;
}

/** Tells hooks and logger. */
export interface Watch {
  /** Of a state that is in the store now. */
  reached(before: Entry, after: MovementEntry): void;
  failed(what: JournalFailureEvent["what"], error: unknown): void;
}

export function createWatch(hooks: JournalHooks | undefined, logger: PurseLogger | undefined): Watch {
  return {
    reached(before, after) {
      if (after.state === before.state) return;
      const { kind, state, operationStatus, attempts, updatedAtMs, createdAtMs } = after;
      const status = operationStatus === undefined ? {} : { operationStatus };
      const event = Object.freeze({ kind, state, ...status, attempts, ageMs: updatedAtMs - createdAtMs });
      const line = `journal: ${kind} ${state}, attempts ${String(attempts)}, age ${String(event.ageMs)} ms`;
      quietly(() => hooks?.onMovementState?.(event));
      quietly(() => logger?.[levels[state]]?.(line, event));
    },
    failed(what, error) {
      const event = Object.freeze({ what, failure: error instanceof Error ? error.name : typeof error });
      quietly(() => hooks?.onFailure?.(event, error));
      quietly(() => logger?.warn?.(`journal: ${what} failed (${event.failure}); it is tried again`, event));
    },
  };
}

const levels: Readonly<Record<MovementState, keyof PurseLogger>> = {
  open: "debug",
  pending: "debug",
  succeeded: "debug",
  failed: "warn",
  refused: "warn",
  in_doubt: "error",
};

/** A hook must not change a movement. */
function quietly(tell: () => unknown): void {
  new Promise((resolve) => {
    resolve(tell());
  }).catch(() => undefined);
}
