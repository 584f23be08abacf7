import { expect, test } from "vitest";
import { goodClaims, signingKey, signToken } from "../../support/signed-tokens.js";
import { answers } from "../../support/stub-fetch.js";
import { testClient, type TestClient } from "../../support/test-client.js";

async function clientWithToken(): Promise<{ client: TestClient; token: string }> {
  const key = await signingKey("key-1");
  const client = testClient([answers(200, { keys: [key.entry] })]);
  return { client, token: await signToken(key) };
}

test("without an expectation any session's token is taken", async () => {
  const { client, token } = await clientWithToken();
  expect(await client.redirection.verify(token, {})).toEqual(goodClaims);
});

const lost: [string, unknown][] = [
  ["undefined", { clientSessionId: undefined }],
  ["null", { clientSessionId: null }],
  ["empty", { clientSessionId: "" }],
  ["a number", { clientSessionId: 5 }],
  ["null in place of the options", null],
  ["an id in place of the options", "session-2"],
];

test.each(lost)("an expectation that is %s is refused, and not taken for none", async (_, options) => {
  const { client, token } = await clientWithToken();
  const call = client.redirection.verify(token, options as { clientSessionId: string });
  await expect(call).rejects.toMatchObject({ code: "redirection", reason: "session_missing" });
});
