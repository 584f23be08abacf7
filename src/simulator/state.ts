import type { ClientSessionStatus, CreateClientSessionRequest, Payment } from "../../generated/schema.js";
import type { LedgerEntry } from "./ledger.js";

/** Everything the simulator remembers, as plain data that JSON can hold. */
export interface SimulatorState {
  readonly tokens: Record<string, TokenRecord>;
  readonly sessions: Record<string, SessionRecord>;
  readonly payments: Record<string, Payment>;
  /** Id of the operation that each idempotency key created. One client only, so the key alone is unique. */
  readonly operationIds: Record<string, string>;
  readonly ledger: LedgerEntry[];
}

interface TokenRecord {
  readonly expiresAtMs: number;
}

export interface SessionRecord {
  readonly id: string;
  readonly request: CreateClientSessionRequest;
  readonly expiresAtMs: number;
  status: ClientSessionStatus;
  paymentId?: string;
}

export function createState(): SimulatorState {
  return { tokens: table(), sessions: table(), payments: table(), operationIds: table(), ledger: [] };
}

/** Without a prototype: ids and keys come from outside, and one may be called `constructor`. */
function table<T>(): Record<string, T> {
  // Object.create returns `any`; an object without members is a table of anything.
  return Object.create(null) as Record<string, T>;
}
