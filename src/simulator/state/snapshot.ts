import type { ClockReading } from "./clock.js";
import { createState, type SimulatorState } from "./state.js";

const format = "purse-simulator";
const version = 1;

/**
 * A simulator's whole state as JSON data: sessions, payments, ledger, tokens, scheduled jobs, the time and the private
 * signing keys. For tests: neither keys nor tokens protect anything real.
 */
export interface SimulatorDump {
  /** Marks a dump of the simulator. */
  readonly format: typeof format;
  /** Version of the form of dumps. */
  readonly version: typeof version;
  /** The clock's time. */
  readonly clock: ClockReading;
  /** Everything else. Its form is the simulator's own affair. */
  readonly state: SimulatorState;
}

export function dumpState(state: SimulatorState, clock: ClockReading): SimulatorDump {
  return structuredClone({ format, version, clock, state: { ...state } });
}

/**
 * Validates a dump and returns a copy.
 *
 * @throws `TypeError` when it is not a dump of this version; the message names the invalid part.
 */
export function readDump(dump: unknown): SimulatorDump {
  const given = isObject(dump) ? dump : {};
  if (given["format"] !== format) throw refuse(`its format is not ${JSON.stringify(format)}`);
  if (given["version"] !== version) {
    throw refuse(
      `its version is ${JSON.stringify(given["version"] ?? "missing")} and this simulator reads ${String(version)}`,
    );
  }
  const { clock, state } = given;
  if (!isObject(clock) || typeof clock["nowMs"] !== "number" || typeof clock["isFrozen"] !== "boolean")
    throw refuse("clock must have nowMs (a number) and isFrozen (true or false)");
  if (!isObject(state)) throw refuse("state is missing");
  const reading = { nowMs: clock["nowMs"], isFrozen: clock["isFrozen"] };
  if (Number.isNaN(new Date(reading.nowMs).getTime())) throw refuse("clock.nowMs is not a valid time");
  return { format, version, clock: reading, state: readState(state) };
}

/** Replaces the contents, because other modules keep references to the state object. */
export function replaceState(state: SimulatorState, next: SimulatorState): void {
  Object.assign(state, next);
}

/** Resends webhooks that were being sent when the state was dumped, because they may not have arrived. */
export function resumeDeliveries({ deliveries, due }: SimulatorState, nowMs: number): void {
  for (const delivery of deliveries) {
    if (delivery.status !== "sending") continue;
    delivery.status = "waiting";
    delivery.nextAttemptAtMs = nowMs;
    due.push({ kind: "deliver_webhook", atMs: nowMs, deliveryId: delivery.id });
  }
}

type Kind = "a string" | "a number" | "an object" | "an array" | "anything";

/** Members that the simulator relies on, with their types. */
const requiredMembers: Partial<Record<keyof SimulatorState, Readonly<Record<string, Kind>>>> = {
  tokens: { expiresAtMs: "a number" },
  sessions: { id: "a string", request: "an object", expiresAtMs: "a number", status: "a string" },
  payments: {
    id: "a string",
    amount: "a number",
    currency: "a string",
    amounts: "an object",
    authorization: "an object",
    captures: "an array",
    refunds: "an array",
    voids: "an array",
  },
  paymentLinks: { id: "a string", request: "an object", expiresAtMs: "a number", status: "a string" },
  ledger: {
    sequence: "a number",
    paymentId: "a string",
    kind: "a string",
    operationId: "a string",
    amount: "a number",
    currency: "a string",
  },
  due: { kind: "a string", atMs: "a number" },
  signingKeys: { kid: "a string", privateKey: "an object" },
  deliveries: {
    id: "a string",
    paymentId: "a string",
    url: "a string",
    headers: "an array",
    body: "a string",
    status: "a string",
    attempts: "an array",
  },
  faults: { id: "a string", kind: "a string", remaining: "anything" },
};

/** The empty state defines which members exist and their types. */
function readState(given: Readonly<Record<string, unknown>>): SimulatorState {
  const state = createState();
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(state, name));
  if (unknown !== undefined) throw refuse(`state.${unknown} is unknown`);
  const read = Object.entries(state).map(([name, empty]: [string, unknown]) => {
    const value = given[name];
    if (Array.isArray(empty)) return [name, readList(name, value)] as const;
    if (typeof empty === "number") return [name, readCount(name, value)] as const;
    return [name, readTable(name, value)] as const;
  });
  // Each member now has the type it has in the empty state; nested values are trusted.
  return Object.assign(state, Object.fromEntries(read)) as SimulatorState;
}

function readCount(name: string, value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw refuse(`state.${name} must be an integer of at least 0`);
}

function readList(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refuse(`state.${name} must be an array`);
  for (const [index, entry] of value.entries()) checkEntry(name, String(index), entry);
  return structuredClone(value);
}

function readTable(name: string, value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw refuse(`state.${name} must be an object`);
  // No prototype, as in the empty state.
  const table = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of Object.entries(value)) {
    if (name !== "operationIds") checkEntry(name, JSON.stringify(key), entry);
    else if (typeof entry !== "string")
      throw refuse(`state.${name}[${JSON.stringify(key)}] must be a string`);
    if (isObject(entry) && "id" in entry && entry["id"] !== key) {
      throw refuse(`state.${name}[${JSON.stringify(key)}] contains a different id`);
    }
    table[key] = structuredClone(entry);
  }
  return table;
}

function checkEntry(name: string, key: string, entry: unknown): void {
  if (!isObject(entry)) throw refuse(`state.${name}[${key}] must be an object`);
  const required = requiredMembers[name as keyof SimulatorState] ?? {}; // `name` comes from the empty state.
  for (const [member, kind] of Object.entries(required)) {
    const where = `state.${name}[${key}].${member}`;
    if (!Object.hasOwn(entry, member)) throw refuse(`${where} is missing`);
    if (!isOfKind(entry[member], kind)) throw refuse(`${where} must be ${kind}`);
  }
  if (name === "signingKeys") checkPrivateKey(entry["privateKey"], key);
}

/** An incomplete key would fail only at the next payment. */
function checkPrivateKey(privateKey: unknown, key: string): void {
  const members = ["kty", "n", "e", "d", "p", "q"];
  const missing = members.find((name) => !isObject(privateKey) || typeof privateKey[name] !== "string");
  if (missing !== undefined) throw refuse(`state.signingKeys[${key}].privateKey.${missing} is missing`);
}

function isOfKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case "a string":
      return typeof value === "string";
    case "a number":
      return typeof value === "number" && Number.isFinite(value);
    case "an object":
      return isObject(value);
    case "an array":
      return Array.isArray(value);
    case "anything":
      return true;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(why: string): TypeError {
  return new TypeError(`Not a valid dump of a Purse simulator: ${why}. Create one with simulator.dump().`);
}
