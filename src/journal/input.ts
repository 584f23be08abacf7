import { checkPathSegment, hasControlCharacter } from "../checks/values.js";
import { isAmount } from "../idempotency/operation-query.js";
import { describe, readMembers, refuseArgument } from "../checks/members.js";
import type { MovementEntry } from "./entry.js";
import type { MovementKind, MovementState } from "./movement.js";

/** A movement that is wanted, without its kind. */
export interface MovementInput {
  /**
   * Your own name for this one movement, of 1 to 255 printable characters: the same for every click, process and restart, and
   * another for another movement.
   */
  id: string;
  /** Id of the payment. */
  paymentId: string;
  /** In whole minor units: 4299 is 42.99 EUR. */
  amount: number;
  /** Goes to Purse as `merchant_reference`. Give each movement one of its own. */
  merchantReference?: string | undefined;
}

/** A movement to record: as {@link MovementInput}, with its kind. */
export interface RecordInput extends MovementInput {
  /** What to ask for. */
  kind: MovementKind;
}

/** A movement after every check. */
export interface WantedMovement {
  readonly kind: MovementKind;
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly merchantReference: string | undefined;
}

const kinds: readonly unknown[] = ["capture", "refund", "void"] satisfies MovementKind[];
const states: readonly unknown[] = [
  "open",
  "pending",
  "succeeded",
  "failed",
  "refused",
  "in_doubt",
] satisfies MovementState[];
const inputMembers = ["id", "paymentId", "amount", "merchantReference"];
const longestText = 255;
const mostEntries = 1000;

export function checkInput(input: unknown, kind: MovementKind): WantedMovement {
  return checkValues(readMembers(input, "input", inputMembers), kind);
}

export function checkRecordInput(input: unknown): WantedMovement {
  const given = readMembers(input, "input", ["kind", ...inputMembers]);
  if (!kinds.includes(given["kind"])) refuseArgument("input.kind", "must be capture, refund or void.");
  return checkValues(given, given["kind"] as MovementKind); // Just compared.
}

function checkValues(given: Readonly<Record<string, unknown>>, kind: MovementKind): WantedMovement {
  const { id, paymentId, amount, merchantReference } = given;
  if (!isAmount(amount)) {
    return refuseArgument(
      "input.amount",
      "must be a non-negative whole number of minor units, such as 4299 for 42.99 EUR.",
    );
  }
  return {
    kind,
    id: checkId(id, "input.id"),
    paymentId: checkPathSegment(paymentId, "input.paymentId"),
    amount,
    merchantReference:
      merchantReference === undefined ? undefined : checkText(merchantReference, "input.merchantReference"),
  };
}

/** Printable: what a database keeps as it is, and a person can tell from another. */
export function checkId(id: unknown, argument: string): string {
  const text = checkText(id, argument);
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(text)
    ? refuseArgument(argument, "must have printable characters only.")
    : text;
}

function checkText(value: unknown, argument: string): string {
  if (typeof value !== "string")
    return refuseArgument(argument, `must be a string, but is ${describe(value)}.`);
  if (value === "" || value.length > longestText)
    return refuseArgument(argument, `must have 1 to ${String(longestText)} characters.`);
  return hasControlCharacter(value) || !isWellFormed(value)
    ? refuseArgument(argument, "must not contain control characters or half a surrogate pair.")
    : value;
}

function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

/** Refuses an id that was used for another movement. */
export function checkSame(entry: MovementEntry, wanted: WantedMovement): void {
  const names = ["kind", "paymentId", "amount", "merchantReference"] as const;
  const other = names.find((name) => entry[name] !== wanted[name]);
  if (other === undefined) return;
  refuseArgument(
    "input.id",
    `belongs to a movement with another ${other}. Nothing was sent. Use one id for each movement.`,
  );
}

export function checkState(state: unknown): MovementState | undefined {
  if (state === undefined || states.includes(state)) return state as MovementState | undefined; // Just compared.
  return refuseArgument("options.state", `must be one of ${states.join(", ")}.`);
}

export function checkLimit(limit: unknown, standard: number): number {
  if (limit === undefined) return standard;
  if (Number.isInteger(limit) && Number(limit) >= 1 && Number(limit) <= mostEntries) return Number(limit);
  return refuseArgument("options.limit", `must be a whole number from 1 to ${String(mostEntries)}.`);
}

/** A point in time: a `Date`, an ISO 8601 text with its offset, or milliseconds since 1970. */
export type Time = Date | string | number;

/** Milliseconds since 1970. */
export function checkTime(value: unknown, argument: string): number | undefined {
  if (value === undefined) return undefined;
  const timeMs = value instanceof Date ? value.getTime() : typeof value === "number" ? value : timeOf(value);
  if (Number.isFinite(timeMs)) return timeMs;
  return refuseArgument(
    argument,
    "must be a Date, an ISO 8601 date and time with its offset, or milliseconds.",
  );
}

/** NaN if it does not name a point in time: without an offset it would mean another one on each host. */
export function timeOf(text: unknown): number {
  const isPoint = typeof text === "string" && /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  return isPoint ? Date.parse(text) : NaN;
}
