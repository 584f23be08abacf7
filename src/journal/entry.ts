import type { Movement, MovementKind, MovementState } from "./movement.js";

/** What an entry of the journal is about. */
export type Topic = "movement" | "session";

/** One row of the journal's table: a movement, or a client session whose payment is expected. */
export interface Entry {
  readonly topic: Topic;
  /** The movement's id, or the client session's. */
  readonly id: string;
  readonly kind: MovementKind | "session";
  /** Of a session, only once it is known. */
  readonly paymentId: string | undefined;
  readonly amount: number;
  readonly merchantReference: string | undefined;
  readonly idempotencyKey: string;
  readonly state: MovementState | "closed";
  readonly operationId: string | undefined;
  readonly operationStatus: string | undefined;
  readonly reason: string | undefined;
  /** How many times Purse was asked, or may have been: counted before the request leaves. */
  readonly attempts: number;
  /** How many of these provably changed nothing. */
  readonly harmless: number;
  /** Since when the service answers and its answers do not show what became of the movement. */
  readonly unclearSinceMs: number | undefined;
  /** Version of the newest payment that this entry was compared with. */
  readonly seenVersion: number | undefined;
  /** The states that the caller has not been told of, separated by blanks. */
  readonly untold: string;
  /** Of a session: fingerprint of the last state of its payment that the caller was told of. */
  readonly told: string | undefined;
  /** Of a session: until when it is read. */
  readonly endsAtMs: number | undefined;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Counts the writes. A write succeeds only on the revision that it is based on. */
  readonly revision: number;
  /** The store's time when the entry was read. */
  readonly nowMs: number;
}

/** What an entry begins with. */
export type NewEntry = Pick<
  Entry,
  | "topic"
  | "id"
  | "kind"
  | "paymentId"
  | "amount"
  | "merchantReference"
  | "idempotencyKey"
  | "attempts"
  | "endsAtMs"
>;

/** A movement's entry. */
export interface MovementEntry extends Entry {
  readonly topic: "movement";
  readonly kind: MovementKind;
  readonly paymentId: string;
  readonly state: MovementState;
}

export function isMovement(entry: Entry): entry is MovementEntry {
  return entry.topic === "movement";
}

/**
 * Whether Purse is asked for the movement, and not only read: until the operation is known, the key is the only way to
 * find out what became of it.
 */
export function isToBeAsked({ topic, state, operationId }: Entry): boolean {
  return topic === "movement" && operationId === undefined && (state === "open" || state === "pending");
}

/** Whether an attempt before the present one may have taken effect. */
export function isDoubtful({ attempts, harmless }: Entry): boolean {
  return attempts - 1 > harmless;
}

export function toMovement(entry: MovementEntry): Movement {
  const { id, kind, paymentId, amount, idempotencyKey, state, attempts } = entry;
  const { merchantReference, operationId, operationStatus, reason } = entry;
  return {
    id,
    kind,
    paymentId,
    amount,
    ...(merchantReference === undefined ? {} : { merchantReference }),
    idempotencyKey,
    state,
    ...(operationId === undefined ? {} : { operationId }),
    ...(operationStatus === undefined ? {} : { operationStatus }),
    ...(reason === undefined ? {} : { reason }),
    attempts,
    createdAt: new Date(entry.createdAtMs),
    updatedAt: new Date(entry.updatedAtMs),
  };
}
