import { expect, test } from "vitest";
import { createPayment, type OperationEntry } from "../../../generated/operations.js";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { serializeBody } from "../../../src/call/request-body.js";
import { failureAs, thrownBy } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { sessionId, testClient } from "../../support/test-client.js";

/** As after a new description in which a list of values has shrunk to one. */
const shrunken: OperationEntry = {
  ...createPayment,
  requiredMembers: ["amount", "channel"],
  takesEntityId: false,
  constantMembers: { capture_mode: "MANUAL", channel: "WEB" },
};

const bodyOf = (params: object, entry = shrunken): unknown =>
  JSON.parse(serializeBody(params, entry, undefined, "params").text);

test("a constant is filled in only where it is missing and required", () => {
  expect(bodyOf({ amount: 1 })).toEqual({ amount: 1, channel: "WEB" });
  expect(bodyOf({ amount: 1, channel: undefined })).toEqual({ amount: 1, channel: "WEB" });
});

test("a constant that the caller gives is sent as it was given", () => {
  const params = { amount: 1, capture_mode: "MANUAL", channel: "WEB" };
  expect(bodyOf(params)).toEqual(params);
});

test.each([
  ["capture_mode", "AUTOMATIC", '"MANUAL"'],
  ["capture_mode", null, '"MANUAL"'],
  ["channel", "SHOP", '"WEB"'],
  ["channel", "", '"WEB"'],
])("the member %s given as %j is refused, and not replaced", (name, value, only) => {
  const error = thrownBy(() => bodyOf({ amount: 1, [name]: value }));
  expect(error).toBeInstanceOf(PurseInvalidArgumentError);
  expect((error as PurseInvalidArgumentError).message).toBe(
    `params.${name} must be ${only}: the API takes no other value.`,
  );
});

test("a getter is asked once: what was compared is what is sent", () => {
  const values = ["MANUAL", "AUTOMATIC"];
  const params = {
    amount: 1,
    get capture_mode() {
      return values.shift();
    },
  };
  expect(bodyOf(params)).toEqual({ amount: 1, capture_mode: "MANUAL", channel: "WEB" });
});

test("purse.api sends the status of an abort as the caller wrote it, or not at all", async () => {
  const client = testClient([answers(400), answers(400)]);
  for (const status of ["ABORTED_BY_MERCHANT", "ABORTED_BY_SHOP"]) {
    const init = { params: { path: { id: sessionId } }, body: { status } };
    await client.api.POST("/payment/v2/client-sessions/{id}/abort", init as never);
  }
  expect(client.sent.map(({ body }) => body)).toEqual([
    '{"status":"ABORTED_BY_MERCHANT"}',
    '{"status":"ABORTED_BY_SHOP"}',
  ]);
  await failureAs(
    PurseInvalidArgumentError,
    client.api.POST("/payment/v2/client-sessions/{id}/abort", { body: null } as never),
  );
});
