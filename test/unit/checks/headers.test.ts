import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import type { RequestOptions } from "../../../src/options.js";
import { failureAs } from "../../support/failures.js";
import { answers } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient, testCredentials } from "../../support/test-client.js";

async function refusalOf(headers: unknown): Promise<PurseInvalidArgumentError> {
  const client = testClient([answers(200, payment())]);
  const options = { headers } as RequestOptions;
  const error = await failureAs(PurseInvalidArgumentError, client.payments.retrieve(paymentId, options));
  expect(client.sent).toHaveLength(0);
  expect(client.tokenRequests).toHaveLength(0);
  return error;
}

const ofTheClient = ["authorization", "x-api-key", "x-idempotency-key", "content-type", "host"];
const ofTheConnection = ["connection", "content-length", "expect", "keep-alive", "proxy-connection"];
const ofTheTransfer = ["te", "trailer", "transfer-encoding", "upgrade"];

test.each([...ofTheClient, ...ofTheConnection, ...ofTheTransfer])(
  "the header %s is refused in any case",
  async (name) => {
    for (const spelling of [name, name.toUpperCase(), name.replace(/^./, (first) => first.toUpperCase())]) {
      const error = await refusalOf({ [spelling]: "planted-value" });
      expect(error.argument).toBe(`options.headers["${spelling}"]`);
      expect(error.message).toContain("is set by the client itself");
      expect(error.message).not.toContain("planted-value");
    }
  },
);

const ascii = "visible ASCII without surrounding blanks";

test.each([
  ["a carriage return", "a\rb", ascii],
  ["a line feed", "a\nb", ascii],
  ["a line feed at the end", "value\n", ascii],
  ["NUL", "a\0b", ascii],
  ["a tab", "a\tb", ascii],
  ["DEL", "a\u007fb", ascii],
  ["Latin-1", "é", ascii],
  ["the euro sign", "€", ascii],
  ["a leading blank", " a", ascii],
  ["a trailing blank", "a ", ascii],
  ["nothing but a blank", " ", ascii],
  ["a number", 5, "must be a string, but is a number"],
  ["null", null, "must be a string, but is null"],
  ["an array", ["a"], "must be a string, but is an array"],
])("a header value with %s is refused with the rule, without being quoted", async (_, value, rule) => {
  const error = await refusalOf({ "x-trace": value });
  expect(error.argument).toBe('options.headers["x-trace"]');
  expect(error.message).toContain(rule);
  if (typeof value === "string" && value.trim().length > 1) expect(error.message).not.toContain(value);
});

test.each([
  ["with a blank", "x trace"],
  ["with a line break", "x-a\r\nx-b"],
  ["with a blank in front", " x-trace"],
  ["with a line feed behind", "x-trace\n"],
  ["empty", ""],
  ["not ASCII", "x-é"],
  ["with a colon", "x:y"],
])("a header name that is %s is refused without being quoted", async (_, name) => {
  const error = await refusalOf({ [name]: "a" });
  expect(error.message).toBe('options.headers["?"] is not a valid header name.');
});

test.each([
  ["a string", "a string"],
  [5, "a number"],
  [null, "null"],
  [["x-a", "b"], "an array"],
  [true, "a boolean"],
])("headers given as %j are refused", async (headers, what) => {
  const error = await refusalOf(headers);
  expect(error.message).toBe(`options.headers must be an object of strings, but is ${what}.`);
});

test("a header whose value is empty goes out", async () => {
  const client = testClient([answers(200, payment())]);
  await client.payments.retrieve(paymentId, { headers: { "x-empty": "" } });
  expect(client.sent[0]?.headers.get("x-empty")).toBe("");
});

test("additional headers go out, those left undefined do not", async () => {
  const client = testClient([answers(200, payment())]);
  const headers = Object.freeze({ "X-Trace": "trace 1", "x-nothing": undefined });
  await client.payments.retrieve(paymentId, { headers });
  expect(client.sent[0]?.headers.get("x-trace")).toBe("trace 1");
  expect(client.sent[0]?.headers.has("x-nothing")).toBe(false);
});

test("every request carries token, API key and the media types that are understood", async () => {
  const client = testClient([answers(200, payment()), answers(200, payment())]);
  await client.payments.retrieve(paymentId, { headers: { accept: "text/html" } });
  await client.payments.capture(paymentId, { amount: 1 });
  for (const { headers } of client.sent) {
    expect(headers.get("authorization")).toBe("Bearer token-number-1");
    expect(headers.get("x-api-key")).toBe(testCredentials.apiKey);
    expect(headers.get("accept")).toBe("application/json, application/problem+json");
  }
  expect(client.sent[1]?.headers.get("content-type")).toBe("application/json");
});

test("a read has no body", async () => {
  const client = testClient([answers(200, payment())]);
  await client.payments.retrieve(paymentId);
  expect(client.sent[0]?.body).toBeUndefined();
  expect(client.sent[0]?.headers.has("content-type")).toBe(false);
});

test("what needs no credentials is given none", async () => {
  const client = testClient([answers(200, { keys: [] })]);
  await client.signingKeys.list();
  expect(client.sent[0]?.headers.has("authorization")).toBe(false);
  expect(client.sent[0]?.headers.has("x-api-key")).toBe(false);
  expect(client.tokenRequests).toHaveLength(0);
});

test("a client without an API key sends none", async () => {
  const client = testClient([answers(200, payment())], { options: { apiKey: undefined } });
  await client.payments.retrieve(paymentId);
  expect(client.sent[0]?.headers.has("x-api-key")).toBe(false);
});

test("every request forbids following redirects", async () => {
  const client = testClient([answers(200, payment())]);
  await client.payments.retrieve(paymentId);
  expect(client.sent[0]?.redirect).toBe("manual");
  expect(client.tokenRequests[0]?.redirect).toBe("manual");
});

test("maxAgeSeconds becomes Cache-Control, and anything but a whole number is refused", async () => {
  const client = testClient([answers(200, payment()), answers(200, payment())]);
  await client.payments.retrieve(paymentId, { maxAgeSeconds: 0 });
  await client.payments.retrieve(paymentId);
  expect(client.sent.map(({ headers }) => headers.get("cache-control"))).toEqual(["max-age=0", null]);
  for (const wrong of [-1, 1.5, Number.NaN, Infinity, "5", null]) {
    const call = client.payments.retrieve(paymentId, { maxAgeSeconds: wrong as number });
    expect((await failureAs(PurseInvalidArgumentError, call)).argument).toBe("options.maxAgeSeconds");
  }
  expect(client.sent).toHaveLength(2);
});
