import { expect, test } from "vitest";
import { PurseTokenError } from "../../../src/errors/token-error.js";
import { failureAs } from "../../support/failures.js";
import { answers, fails } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";

test("by default id and secret travel in a Basic header, as they are", async () => {
  const options = { clientId: "id é", clientSecret: "s:%+ü" };
  const client = testClient([answers(200, payment())], { options });
  await client.payments.retrieve(paymentId);
  const [request] = client.tokenRequests;
  const encoded = Buffer.from("id é:s:%+ü", "utf8").toString("base64");
  expect(request?.method).toBe("POST");
  expect(request?.url).toBe("https://purse.test/oauth/token");
  expect(request?.headers.get("authorization")).toBe(`Basic ${encoded}`);
  expect(request?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
  expect(request?.body).toBe("grant_type=client_credentials");
});

test("on request they travel form-encoded in the body, and nowhere else", async () => {
  const options = { clientId: "id&x", clientSecret: "s=+ü", clientAuthentication: "body" as const };
  const client = testClient([answers(200, payment())], { options });
  await client.payments.retrieve(paymentId);
  const [request] = client.tokenRequests;
  expect(request?.headers.has("authorization")).toBe(false);
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: "client_credentials",
    client_id: "id&x",
    client_secret: "s=+ü",
  });
});

test("a token request carries no idempotency key", async () => {
  const client = testClient([answers(200, payment())]);
  await client.payments.retrieve(paymentId);
  expect(client.tokenRequests[0]?.headers.has("x-idempotency-key")).toBe(false);
});

test("a token request carries the API key of a client that has one", async () => {
  for (const apiKey of ["key-1", undefined]) {
    const client = testClient([answers(200, payment())], { options: { apiKey } });
    await client.payments.retrieve(paymentId);
    expect(client.tokenRequests[0]?.headers.get("x-api-key")).toBe(apiKey ?? null);
  }
});

test.each([
  ["https://id.test/oauth/token", null],
  ["https://purse.test:8443/oauth/token", null],
  ["https://login.purse.test/oauth/token", null],
  ["https://purse.test/another/oauth/token", "key-1"],
  ["https://PURSE.test:443/oauth/token", "key-1"],
])("the API key goes to the API's own origin only, and not elsewhere: %s", async (tokenUrl, expected) => {
  const baseUrl = "https://purse.test/prefix";
  const client = testClient([answers(200, payment())], { options: { baseUrl, tokenUrl, apiKey: "key-1" } });
  await client.payments.retrieve(paymentId);
  const requests = [...client.tokenRequests, ...client.sent];
  const token = requests.find(({ url }) => url === new URL(tokenUrl).href);
  expect(token?.headers.get("x-api-key")).toBe(expected);
  expect(requests.find(({ path }) => path.includes("/payments/"))?.headers.get("x-api-key")).toBe("key-1");
});

test("a token request that cannot connect reports the code of the failure", async () => {
  const client = testClient([], { tokenSteps: [fails("ECONNREFUSED")] });
  const error = await failureAs(PurseTokenError, client.accessTokens.retrieve());
  expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
});

test.each<[string, string, boolean]>([
  ["id", "a%b", true],
  ["id", "a+b", true],
  ["i+d", "shh", true],
  ["id", "a/b=c~é", false],
])(
  "with id %s and secret %s a refusal names the way around their encoding: %s",
  async (clientId, clientSecret, isNamed) => {
    const refusals = [answers(401, { error: "invalid_client" }), answers(400, { error: "invalid_request" })];
    for (const refusal of refusals) {
      for (const clientAuthentication of ["basic", "body"] as const) {
        const options = { clientId, clientSecret, clientAuthentication };
        const client = testClient([], { options, tokenSteps: [refusal] });
        const { message } = await failureAs(PurseTokenError, client.accessTokens.retrieve());
        const isToldTo = message.includes('clientAuthentication: "body"');
        expect(isToldTo).toBe(isNamed && clientAuthentication === "basic");
        expect(message).not.toContain(clientSecret);
      }
    }
  },
);
