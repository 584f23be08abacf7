import { expect, test } from "vitest";
import {
  abortClientSession,
  capturePayment,
  createClientSession,
  createPayment,
  getClientSession,
  getPayment,
  getSigningJwks,
  listEligibleSolutions,
  refundPayment,
  voidPayment,
} from "../../../generated/operations.js";
import type { ExchangeResult } from "../../../src/http/exchange.js";
import type { AnswerBody } from "../../../src/http/response-body.js";
import { judge, type CallSoFar } from "../../../src/call/verdict.js";

const fresh: CallSoFar = { doubt: undefined, reauthenticated: false, usedToken: true };
const reads = [getPayment, getClientSession, listEligibleSolutions];
const honoured = [capturePayment, refundPayment, voidPayment];
const unconfirmed = [createPayment, createClientSession, abortClientSession];

const unreadable = (reason: "empty" | "not_json" | "not_an_object" | "too_large"): AnswerBody => ({
  kind: "unreadable",
  reason,
});

function answered(status: number, body: Record<string, unknown> | AnswerBody = {}): ExchangeResult {
  const isBody = body["kind"] === "unreadable";
  return {
    kind: "answer",
    status,
    headers: new Headers(),
    body: isBody ? (body as AnswerBody) : { kind: "object", value: body },
  };
}

const lost: ExchangeResult = { kind: "lost", cause: { name: "Error", code: "ECONNRESET" } };
const notSent: ExchangeResult = { kind: "not_sent", cause: { name: "Error", code: "ECONNREFUSED" } };
const timedOut: ExchangeResult = { kind: "timeout" };
const interrupted = (reason: "aborted" | "deadline", mayHaveLeft: boolean): ExchangeResult => ({
  kind: "interrupted",
  reason,
  mayHaveLeft,
});

const retry = "retry transient";
const throttled = "retry throttled";

/** Result, then what it means for a read, for a POST whose key is honoured, and for one whose key may not be. */
const table: readonly [string, ExchangeResult, string, string, string][] = [
  ["200 with an object", answered(200), "succeed", "succeed", "succeed"],
  ["201 with an object", answered(201), "succeed", "succeed", "succeed"],
  ["299 with an object", answered(299), "succeed", "succeed", "succeed"],
  ["199", answered(199), retry, "retry transient unreadable_answer", "fail unreadable_answer"],
  ["600", answered(600), retry, "retry transient unreadable_answer", "fail unreadable_answer"],
  ["nothing sent", notSent, retry, retry, retry],
  ["connection lost", lost, retry, "retry transient connection_lost", "fail connection_lost"],
  ["time-out", timedOut, retry, "retry transient timeout", "fail timeout"],
  ["abort before sending", interrupted("aborted", false), "fail", "fail", "fail"],
  ["abort after sending", interrupted("aborted", true), "fail", "fail aborted", "fail aborted"],
  ["deadline before sending", interrupted("deadline", false), "fail", "fail", "fail"],
  ["deadline after sending", interrupted("deadline", true), "fail", "fail timeout", "fail timeout"],
  ["429", answered(429), throttled, throttled, throttled],
  ["408", answered(408), retry, "retry transient timeout", "fail timeout"],
  ["425", answered(425), retry, "retry transient timeout", "fail timeout"],
  ["500", answered(500), retry, "retry transient server_error", "fail server_error"],
  ["502", answered(502), retry, "retry transient server_error", "fail server_error"],
  ["503", answered(503), retry, "retry transient server_error", "fail server_error"],
  ["504", answered(504), retry, "retry transient server_error", "fail server_error"],
  ["520 of a gateway", answered(520), retry, "retry transient server_error", "fail server_error"],
  [
    "an empty 204",
    answered(204, unreadable("empty")),
    retry,
    "retry transient unreadable_answer",
    "fail unreadable_answer",
  ],
  [
    "200 with HTML",
    answered(200, unreadable("not_json")),
    retry,
    "retry transient unreadable_answer",
    "fail unreadable_answer",
  ],
  [
    "200 with an array",
    answered(200, unreadable("not_an_object")),
    retry,
    "retry transient unreadable_answer",
    "fail unreadable_answer",
  ],
  [
    "200 that is too large",
    answered(200, unreadable("too_large")),
    "fail",
    "fail unreadable_answer",
    "fail unreadable_answer",
  ],
  ["opaque", answered(0, unreadable("empty")), "fail", "fail redirected", "fail redirected"],
  ["300", answered(300, unreadable("empty")), "fail", "fail redirected", "fail redirected"],
  ["302", answered(302, unreadable("empty")), "fail", "fail redirected", "fail redirected"],
  ["307", answered(307, unreadable("empty")), "fail", "fail redirected", "fail redirected"],
  ["399", answered(399), "fail", "fail redirected", "fail redirected"],
  ["499", answered(499), "fail", "fail", "fail"],
  ["401", answered(401), "reauthenticate", "reauthenticate", "reauthenticate"],
  ["400", answered(400), "fail", "fail", "fail"],
  ["403", answered(403), "fail", "fail", "fail"],
  ["404", answered(404), "fail", "fail", "fail"],
  ["422", answered(422), "fail", "fail", "fail"],
  ["another 409", answered(409, { type: "urn:example:state" }), "fail", "fail", "fail"],
  ["a 409 that says no more", answered(409, { type: "about:blank" }), "fail", "recover", "fail"],
  ["409 with the key's operation", answered(409, { resource_id: "op" }), "fail", "recover op", "fail"],
  [
    "409 without the key's operation",
    answered(409, { type: "urn:eu.purse:write-conflict" }),
    "fail",
    "recover",
    "fail",
  ],
];

function inWords(result: ExchangeResult, operation: typeof getPayment, so: CallSoFar = fresh): string {
  const verdict = judge(result, operation, so);
  return Object.values(verdict).filter(Boolean).join(" ");
}

test.each(table)(
  "%s is judged by what the operation can bear",
  (_, result, forRead, forHonoured, forOthers) => {
    for (const operation of reads) expect(inWords(result, operation)).toBe(forRead);
    for (const operation of honoured) expect(inWords(result, operation)).toBe(forHonoured);
    for (const operation of unconfirmed) expect(inWords(result, operation)).toBe(forOthers);
  },
);

test("a second 401 fails", () => {
  const so = { ...fresh, reauthenticated: true };
  for (const operation of [...reads, ...honoured, ...unconfirmed]) {
    expect(inWords(answered(401), operation, so)).toBe("fail");
  }
});

test("where no token is needed at first, 401 and 403 ask for one, once", () => {
  const without = { ...fresh, usedToken: false };
  for (const status of [401, 403]) {
    expect(inWords(answered(status), getSigningJwks, without)).toBe("reauthenticate");
    expect(inWords(answered(status), getSigningJwks, { ...fresh, reauthenticated: true })).toBe("fail");
  }
});

test("a key in use without the operation's id is waited for only if the first request was our own", () => {
  const inUse = answered(409, { type: "urn:eu.purse:write-conflict" });
  const so: CallSoFar = { ...fresh, doubt: "connection_lost" };
  expect(inWords(inUse, capturePayment, so)).toBe("retry in_progress still_in_progress");
  expect(inWords(inUse, createPayment, so)).toBe("fail");
});

test("a second 403 fails where no token was needed, and other refusals ask for none", () => {
  const without = { ...fresh, usedToken: false };
  for (const status of [400, 404, 402])
    expect(inWords(answered(status), getSigningJwks, without)).toBe("fail");
  for (const operation of [...reads, ...honoured, ...unconfirmed]) {
    expect(inWords(answered(403), operation, without)).toBe("fail");
  }
});

test("a resource id of 255 characters is one", () => {
  const id = "x".repeat(255);
  expect(inWords(answered(409, { resource_id: id }), capturePayment)).toBe(`recover ${id}`);
});

test("a conflict whose body cannot be read may be about the key", () => {
  const so: CallSoFar = { ...fresh, doubt: "connection_lost" };
  const conflict = answered(409, unreadable("not_json"));
  expect(inWords(conflict, capturePayment)).toBe("recover");
  expect(inWords(conflict, capturePayment, so)).toBe("retry in_progress still_in_progress");
  expect(inWords(conflict, createPayment, so)).toBe("fail");
});

test.each([[""], [5], [null], [{}], ["x".repeat(256)]])("a resource id of %j is no resource id", (id) => {
  const conflict = answered(409, { type: "urn:eu.purse:write-conflict", resource_id: id });
  expect(inWords(conflict, capturePayment)).toBe("recover");
});
