import type { CreateClientSessionRequest } from "../../../generated/schema.js";
import { currencyValues } from "../../../generated/enums.js";
import type { Context } from "../context.js";
import type { Fault } from "../state/fault-records.js";
import type { KeyRotation } from "../state/redirection-signing.js";
import type { Simulator } from "../simulator-interface.js";
import type { SimulatorDump } from "../state/snapshot.js";
import type { SettledAnswer, PartnerAnswer, PartnerOrderTarget } from "../state/records.js";
import { checkMembers } from "../known-members.js";

/* Validates input of the control API, except what the simulator's own functions check. */

type Members = Readonly<Record<string, unknown>>;

export const maxDumpCharacters: number = 64 * 1024 * 1024;
const maxBodyCharacters = 64 * 1024;

export async function readJson(
  request: Request,
  maxCharacters: number = maxBodyCharacters,
): Promise<Members> {
  const text = await request.text();
  if (text.length > maxCharacters)
    throw new TypeError(`The body is larger than ${String(maxCharacters)} characters.`);
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    throw new TypeError("The body is not JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError("The body must be a JSON object.");
  }
  return value as Members; // Keys of a JSON object are strings.
}

export async function setClock({ clock }: Simulator, body: Members): Promise<void> {
  checkMembers(body, ["advance", "setTo", "frozen"]);
  const { advance, setTo, frozen } = body;
  if (Object.keys(body).length !== 1) {
    throw new TypeError(
      'Send one of {"advance": {"minutes": 5}}, {"setTo": "2030-01-01T00:00:00Z"}, {"frozen": true}.',
    );
  }
  if (advance !== undefined) {
    if (typeof advance !== "object" || advance === null) {
      throw new TypeError('advance must be an object such as {"hours": 1, "minutes": 30}.');
    }
    await clock.advance(advance); // `advance` checks the members.
  } else if (setTo !== undefined) {
    if (typeof setTo !== "string" && typeof setTo !== "number") {
      throw new TypeError("setTo must be an ISO 8601 date or milliseconds since 1970.");
    }
    await clock.setTo(setTo);
  } else if (frozen === true) clock.freeze();
  else if (frozen === false) clock.resume();
  else throw new TypeError("frozen must be true or false.");
}

export function toFault(body: Members): Fault {
  return body as unknown as Fault; // `faults.add` checks every member.
}

export function toRotation(body: Members): KeyRotation {
  checkMembers(body, ["kid", "retireAfterMs"]);
  return body; // `rotateSigningKey` checks the values.
}

export function toDump(body: Members): SimulatorDump {
  return body as unknown as SimulatorDump; // `load` checks it.
}

const answers: readonly PartnerAnswer[] = [
  "approve",
  "refuse",
  "error",
  "pending",
  "pending_then_refuse",
  "undecided",
  "conflict",
  "uncertain",
];
const kinds = ["authorization", "capture", "refund", "void"] as const;

export function toPartnerOrder(body: Members): { answer: PartnerAnswer; target: PartnerOrderTarget } {
  checkMembers(body, ["answer", "kind", "partner", "method"]);
  const answer = oneOf("answer", answers, body["answer"]);
  const { partner, method } = body;
  return {
    answer,
    target: {
      ...(body["kind"] === undefined ? {} : { kind: oneOf("kind", kinds, body["kind"]) }),
      ...(partner === undefined ? {} : { partner: stringOf("partner", partner) }),
      ...(method === undefined ? {} : { method: stringOf("method", method) }),
    },
  };
}

export function toSettlement(body: Members): { id: string; answer: SettledAnswer } {
  checkMembers(body, ["id", "answer"]);
  return { id: stringOf("id", body["id"]), answer: oneOf("answer", ["approve", "refuse"], body["answer"]) };
}

/** A session for trying the payment page and the widget; it returns to the dashboard. */
export function toDemoSession(context: Context, body: Members): CreateClientSessionRequest {
  checkMembers(body, ["amount", "currency", "integrationMode", "captureMode", "locale"]);
  const { amount = 4299, currency = "EUR", integrationMode = "HOSTED_PAGE" } = body;
  if (!Number.isSafeInteger(amount) || Number(amount) < 1) {
    throw new TypeError("amount must be a positive integer in minor units.");
  }
  const total = Number(amount);
  return {
    entity_id: context.settings.entityId,
    amount: total,
    currency: oneOf("currency", currencyValues, currency),
    integration_mode: oneOf("integrationMode", ["HOSTED_PAGE", "EMBEDDED"], integrationMode),
    capture_mode: oneOf("captureMode", ["MANUAL", "AUTOMATIC"], body["captureMode"] ?? "MANUAL"),
    shopper_redirection_url: `${context.baseUrl()}/_simulator/returned`,
    ...(body["locale"] === undefined ? {} : { customer: { locale: stringOf("locale", body["locale"]) } }),
    order: {
      reference: `demo-${context.random.digits(6)}`,
      net_amount: total,
      shipments: [
        {
          net_amount: total,
          item_lines: [{ type: "PHYSICAL", name: "Example item", quantity: 1, net_amount: total }],
        },
      ],
    },
  };
}

function oneOf<T extends string>(name: string, values: readonly T[], value: unknown): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new TypeError(`${name} must be one of ${values.join(", ")}.`);
  return found;
}

function stringOf(name: string, value: unknown): string {
  if (typeof value !== "string" || value === "") throw new TypeError(`${name} must be a non-empty string.`);
  return value;
}
