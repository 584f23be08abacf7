import { PurseRedirectionError } from "../../../src/errors/redirection-error.js";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import { createRedirectionVerifier, type VerifyOptions } from "../../../src/redirection/index.js";
import { failureAs } from "../../support/failures.js";
import { goodClaims, signingKey, signToken } from "../../support/signed-tokens.js";
import { answers } from "../../support/stub-fetch.js";
import { testClient, type TestClient } from "../../support/test-client.js";

const key = await signingKey("key-1");

async function clientWithToken(): Promise<{ client: TestClient; token: string }> {
  const client = testClient([answers(200, { keys: [key.entry] })]);
  return { client, token: await signToken(key) };
}

test("without an expected session, tokens of any session are accepted", async () => {
  const { client, token } = await clientWithToken();
  expect(await client.redirection.verify(token, {})).toEqual(goodClaims);
});

const lost: [string, unknown][] = [
  ["undefined", { clientSessionId: undefined }],
  ["null", { clientSessionId: null }],
  ["empty", { clientSessionId: "" }],
  ["a number", { clientSessionId: 5 }],
];

test.each(lost)("an expected session id that is %s is refused, not ignored", async (_, options) => {
  const { client, token } = await clientWithToken();
  const call = client.redirection.verify(token, options as { clientSessionId: string });
  await expect(call).rejects.toMatchObject({ code: "redirection", reason: "session_missing" });
});

class Expectation {
  clientSessionId = goodClaims.client_session_id;
}

/** Options that, if ignored, would let in tokens of any session. */
const misunderstood: [string, unknown, string, string][] = [
  [
    "snake_case",
    { client_session_id: "session-2" },
    "options.client_session_id",
    "Did you mean clientSessionId?",
  ],
  [
    "another case",
    { clientSessionID: "session-2" },
    "options.clientSessionID",
    "Did you mean clientSessionId?",
  ],
  ["a shorter name", { sessionId: "session-2" }, "options.sessionId", "Did you mean clientSessionId?"],
  ["no value under a wrong name", { clientSessionid: undefined }, "options.clientSessionid", "is not known"],
  ["one member too many", { clientSessionId: "session-1", x: 1 }, "options.x", "there are clientSessionId"],
  [
    "a hidden member",
    Object.defineProperty({}, "session", { value: "session-2" }),
    "options.session",
    "is not known",
  ],
  ["null", null, "options", "is null"],
  ["a string", "session-2", "options", "is a string"],
  ["an array", ["session-2"], "options", "is an array"],
  ["an empty array", [], "options", "is an array"],
  ["a Map", new Map([["clientSessionId", "session-2"]]), "options", "plain object"],
  ["an instance of a class", new Expectation(), "options", "plain object"],
  ["an object that inherits it", Object.create({ clientSessionId: "session-2" }), "options", "plain object"],
  ["a URLSearchParams", new URLSearchParams({ clientSessionId: "session-2" }), "options", "plain object"],
  ["a String object", Object("session-2"), "options", "plain object"],
  ["a function", () => "session-2", "options", "is a function"],
];

test.each(misunderstood)("options given as %s are refused", async (_, options, argument, words) => {
  const { client, token } = await clientWithToken();
  const keys = { keys: [(await signingKey("key-1")).entry] };
  const verifiers = [client.redirection, createRedirectionVerifier({ keys })];
  for (const verifier of verifiers) {
    const call = verifier.verify(token, options as VerifyOptions);
    const error = await failureAs(PurseInvalidArgumentError, call);
    expect(error.argument).toBe(argument);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain("session-2");
  }
});

test.each<[string, VerifyOptions]>([
  ["without a prototype", Object.assign(Object.create(null) as object, { clientSessionId: "session-1" })],
  ["of another realm", runInNewContext('({ clientSessionId: "session-1" })') as VerifyOptions],
  ["frozen", Object.freeze({ clientSessionId: "session-1" })],
])("options %s are accepted", async (_, options) => {
  const { client, token } = await clientWithToken();
  expect(await client.redirection.verify(token, options)).toEqual(goodClaims);
});

test("an unreadable address is refused like one without a token", async () => {
  const { client } = await clientWithToken();
  const input = {
    get url(): string {
      throw new RangeError("mine");
    },
  };
  const verifiers = [client.redirection, createRedirectionVerifier({ keys: { keys: [] } })];
  for (const verifier of verifiers) {
    const error = await failureAs(PurseRedirectionError, verifier.verify(input as Request));
    expect(error.reason).toBe("token_malformed");
  }
});
