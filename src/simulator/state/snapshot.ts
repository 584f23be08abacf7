import type { ClockReading } from "./clock.js";
import { createState, type SimulatorState } from "./state.js";

const format = "purse-simulator";
const version = 1;

/**
 * Everything that a simulator remembers, as data that JSON can hold: sessions, payments, ledger, tokens, what is still to happen, the
 * time, and the signing keys with their private halves. It is made for tests: neither keys nor tokens protect anything real.
 */
export interface SimulatorDump {
  readonly format: typeof format;
  readonly version: typeof version;
  readonly clock: ClockReading;
  readonly state: SimulatorState;
}

export function dumpState(state: SimulatorState, clock: ClockReading): SimulatorDump {
  return structuredClone({ format, version, clock, state: { ...state } });
}

/**
 * Checks a dump and gives a copy of it that can be worked with.
 *
 * @throws `TypeError` when it is not a dump of this version; it says where.
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
    throw refuse("clock has to have nowMs (a number) and isFrozen (true or false)");
  if (!isObject(state)) throw refuse("state is missing");
  const reading = { nowMs: clock["nowMs"], isFrozen: clock["isFrozen"] };
  if (Number.isNaN(new Date(reading.nowMs).getTime())) throw refuse("clock.nowMs is not a point in time");
  return { format, version, clock: reading, state: readState(state) };
}

/** Puts one state in the place of another, which everybody holds. */
export function replaceState(state: SimulatorState, next: SimulatorState): void {
  Object.assign(state, next);
}

/** What was being sent when the state was dumped is sent again: whether it arrived, nobody knows. */
export function resumeDeliveries({ deliveries, due }: SimulatorState, nowMs: number): void {
  for (const delivery of deliveries) {
    if (delivery.status !== "sending") continue;
    delivery.status = "waiting";
    delivery.nextAttemptAtMs = nowMs;
    due.push({ kind: "deliver_webhook", atMs: nowMs, deliveryId: delivery.id });
  }
}

type Kind = "a text" | "a number" | "an object" | "a list" | "anything";

/** Without these, of these kinds, the rest of the simulator would stumble much later. */
const requiredMembers: Partial<Record<keyof SimulatorState, Readonly<Record<string, Kind>>>> = {
  tokens: { expiresAtMs: "a number" },
  sessions: { id: "a text", request: "an object", expiresAtMs: "a number", status: "a text" },
  payments: {
    id: "a text",
    amount: "a number",
    currency: "a text",
    amounts: "an object",
    authorization: "an object",
    captures: "a list",
    refunds: "a list",
    voids: "a list",
  },
  paymentLinks: { id: "a text", request: "an object", expiresAtMs: "a number", status: "a text" },
  ledger: {
    sequence: "a number",
    paymentId: "a text",
    kind: "a text",
    operationId: "a text",
    amount: "a number",
    currency: "a text",
  },
  due: { kind: "a text", atMs: "a number" },
  signingKeys: { kid: "a text", privateKey: "an object" },
  deliveries: {
    id: "a text",
    paymentId: "a text",
    url: "a text",
    headers: "a list",
    body: "a text",
    status: "a text",
    attempts: "a list",
  },
  faults: { id: "a text", kind: "a text", remaining: "anything" },
};

/** The empty state says which members there are and of which kind each is. */
function readState(given: Readonly<Record<string, unknown>>): SimulatorState {
  const state = createState();
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(state, name));
  if (unknown !== undefined) throw refuse(`state.${unknown} is not known`);
  const read = Object.entries(state).map(([name, empty]: [string, unknown]) => {
    const value = given[name];
    if (Array.isArray(empty)) return [name, readList(name, value)] as const;
    if (typeof empty === "number") return [name, readCount(name, value)] as const;
    return [name, readTable(name, value)] as const;
  });
  // Each member is now of the kind that the empty state has; what objects hold inside is trusted.
  return Object.assign(state, Object.fromEntries(read)) as SimulatorState;
}

function readCount(name: string, value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw refuse(`state.${name} has to be an integer from 0 on`);
}

function readList(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw refuse(`state.${name} has to be a list`);
  for (const [index, entry] of value.entries()) checkEntry(name, String(index), entry);
  return structuredClone(value);
}

function readTable(name: string, value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw refuse(`state.${name} has to be an object`);
  // Without a prototype, as in the empty state.
  const table = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of Object.entries(value)) {
    if (name !== "operationIds") checkEntry(name, JSON.stringify(key), entry);
    else if (typeof entry !== "string")
      throw refuse(`state.${name}[${JSON.stringify(key)}] has to be a text`);
    if (isObject(entry) && "id" in entry && entry["id"] !== key) {
      throw refuse(`state.${name}[${JSON.stringify(key)}] has another id inside`);
    }
    table[key] = structuredClone(entry);
  }
  return table;
}

function checkEntry(name: string, key: string, entry: unknown): void {
  if (!isObject(entry)) throw refuse(`state.${name}[${key}] has to be an object`);
  const required = requiredMembers[name as keyof SimulatorState] ?? {}; // A name of the empty state.
  for (const [member, kind] of Object.entries(required)) {
    const where = `state.${name}[${key}].${member}`;
    if (!Object.hasOwn(entry, member)) throw refuse(`${where} is missing`);
    if (!isOfKind(entry[member], kind)) throw refuse(`${where} has to be ${kind}`);
  }
  if (name === "signingKeys") checkPrivateKey(entry["privateKey"], key);
}

/** Half a key would only show when somebody pays. */
function checkPrivateKey(privateKey: unknown, key: string): void {
  const members = ["kty", "n", "e", "d", "p", "q"];
  const missing = members.find((name) => !isObject(privateKey) || typeof privateKey[name] !== "string");
  if (missing !== undefined) throw refuse(`state.signingKeys[${key}].privateKey.${missing} is missing`);
}

function isOfKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case "a text":
      return typeof value === "string";
    case "a number":
      return typeof value === "number" && Number.isFinite(value);
    case "an object":
      return isObject(value);
    case "a list":
      return Array.isArray(value);
    case "anything":
      return true;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(why: string): TypeError {
  return new TypeError(`This is not a dump of a Purse simulator: ${why}. Make one with simulator.dump().`);
}
