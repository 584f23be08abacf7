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

test("a token request that finds nobody tells the code underneath", async () => {
  const client = testClient([], { tokenSteps: [fails("ECONNREFUSED")] });
  const error = await failureAs(PurseTokenError, client.accessTokens.retrieve());
  expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
});
