import { describe, expect, test } from "vitest";
import type { Payment } from "../../../../src/index.js";
import { changesOf, type WebhookChange } from "../../../../src/webhooks/once/diff-states.js";
import { failedOperationsOf, parseSummary, summarize } from "../../../../src/webhooks/once/payment-state.js";
import { statedPayment } from "../../../support/webhooks.js";

type Members = Record<string, unknown>;

const amounts = { total_authorized: 1000, total_captured: 0, total_refunded: 0, total_voided: 0 };
const pending = { authorization: { status: "PENDING" }, amounts: { ...amounts, total_authorized: 0 } };
const captured = { amounts: { ...amounts, total_captured: 600 } };
const failing = (status: string, id = "capture-1"): Members => ({ captures: [{ id, status, amount: 600 }] });

async function changesBetween(before: Members | undefined, now: Members): Promise<readonly WebhookChange[]> {
  const previous = before === undefined ? undefined : await summarize(statedPayment(before));
  return changesOf(await summarize(statedPayment(now)), previous);
}

const alone: readonly [string, Members, WebhookChange[]][] = [
  ["waits for its authorization", pending, []],
  ["is authorized", {}, ["authorized"]],
  ["is refused", { authorization: { status: "REFUSED" } }, ["refused"]],
  ["ended in an error", { authorization: { status: "ERROR" } }, ["refused"]],
  ["was aborted", { authorization: { status: "ABORTED" } }, ["refused"]],
  ["is authorized and captured", captured, ["authorized", "captured"]],
  [
    "was used in every way",
    { amounts: { ...amounts, total_captured: 600, total_refunded: 100, total_voided: 400 } },
    ["authorized", "captured", "refunded", "voided"],
  ],
  ["has a capture that failed", failing("FAILURE"), ["authorized", "operationFailed"]],
  ["has a capture that failed in part", failing("CONFLICT"), ["authorized", "operationFailed"]],
  ["has a capture that is under way", failing("PENDING"), ["authorized"]],
  ["has a capture of unknown fate", failing("UNCERTAIN"), ["authorized"]],
  ["has a status of tomorrow", { authorization: { status: "SHINY" } }, []],
];

test.each(alone)("with nothing to compare with, a payment that %s", async (_, now, expected) => {
  expect(await changesBetween(undefined, now)).toEqual(expected);
});

const compared: readonly [string, Members, Members, WebhookChange[]][] = [
  ["nothing", {}, {}, []],
  ["the authorization", pending, {}, ["authorized"]],
  ["the authorization, for the worse", pending, { authorization: { status: "REFUSED" } }, ["refused"]],
  ["the authorization, after it was given", {}, { authorization: { status: "ERROR" } }, ["refused"]],
  [
    "the kind of refusal",
    { authorization: { status: "REFUSED" } },
    { authorization: { status: "ABORTED" } },
    [],
  ],
  ["a first capture", {}, captured, ["captured"]],
  ["a second capture", captured, { amounts: { ...amounts, total_captured: 1000 } }, ["captured"]],
  ["a capture taken back", captured, { amounts: { ...amounts, total_captured: 500 } }, []],
  ["a refund", captured, { amounts: { ...captured.amounts, total_refunded: 1 } }, ["refunded"]],
  ["a void", captured, { amounts: { ...captured.amounts, total_voided: 1 } }, ["voided"]],
  ["a capture that fails", failing("PENDING"), failing("FAILURE"), ["operationFailed"]],
  ["a capture that failed before", failing("FAILURE"), failing("FAILURE"), []],
  ["a capture that starts", {}, failing("PENDING"), []],
  [
    "a second capture that fails",
    failing("FAILURE"),
    { captures: [...(failing("FAILURE")["captures"] as []), { id: "capture-2", status: "FAILURE" }] },
    ["operationFailed"],
  ],
];

test.each(compared)("against what was handled last, %s", async (_, before, now, expected) => {
  expect(await changesBetween(before, now)).toEqual(expected);
});

describe("a fingerprint", () => {
  const fingerprintOf = async (members: Members): Promise<string> => {
    return (await summarize(statedPayment(members))).fingerprint;
  };

  test.each<[string, Members]>([
    ["the authorization", pending],
    ["an amount", captured],
    ["an amount of a name not known", { amounts: { ...amounts, total_donated: 1 } }],
    ["an operation", failing("PENDING")],
    ["an operation's status", failing("SUCCESS")],
    ["the kind of an operation", { refunds: failing("PENDING")["captures"] }],
  ])("differs with %s", async (_, members) => {
    expect(await fingerprintOf(members)).not.toBe(await fingerprintOf({}));
    if (members["captures"] !== undefined) {
      expect(await fingerprintOf(members)).not.toBe(await fingerprintOf(failing("UNCERTAIN")));
    }
  });

  test("does not depend on the version, on customers, or on the order of members", async () => {
    const operations = [
      { id: "a", status: "SUCCESS", amount: 1 },
      { id: "b", status: "SUCCESS", amount: 2 },
    ];
    const turned = Object.fromEntries(Object.entries(amounts).reverse());
    expect(
      await fingerprintOf({ version: 9, customer: { name: "x" }, amounts: turned, captures: operations }),
    ).toBe(await fingerprintOf({ captures: [...operations].reverse() }));
  });
});

test.each<[string, Members]>([
  ["missing", { authorization: undefined, amounts: undefined, captures: undefined, refunds: undefined }],
  ["null", { authorization: null, amounts: null, captures: null, voids: null, version: null }],
  ["of other types", { authorization: "x", amounts: 5, captures: "x", voids: { a: 1 }, version: "2" }],
  [
    "full of oddities",
    { captures: [null, 5, "x", {}, { id: 5 }, { status: "FAILURE" }], amounts: { total_captured: "5" } },
  ],
])("members that are %s make no summary fail", async (_, members) => {
  const summary = await summarize(statedPayment(members));
  expect(summary).toMatchObject({ totalCaptured: 0, failedOperations: [] });
  expect(parseSummary(JSON.stringify(summary))).toEqual(summary);
});

test("failed operations are found in all three lists", () => {
  const failedOperation = (id: string): Members => ({ id, status: "FAILURE" });
  const payment: Partial<Payment> = statedPayment({
    captures: [failedOperation("a"), { id: "x", status: "SUCCESS" }],
    refunds: [failedOperation("b")],
    voids: [failedOperation("c")],
  });
  expect(failedOperationsOf(payment).map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

test.each([
  [undefined],
  [null],
  [5],
  [""],
  ["{"],
  ["null"],
  ["[]"],
  ["{}"],
  ['{"fingerprint":"x"}'],
  [
    '{"version":"1","totalAuthorized":0,"totalCaptured":0,"totalRefunded":0,"totalVoided":0,"failedOperations":[],"fingerprint":"x"}',
  ],
])("%j is not taken for a summary", (text) => {
  expect(parseSummary(text)).toBeUndefined();
});
