import { describe, expect, test } from "vitest";
import { PurseApiError } from "../../../src/errors/api-error.js";
import { PurseOutcomeUnknownError } from "../../../src/errors/outcome-unknown-error.js";
import { failureAs, failureOf, renderingsOf, spellingsOf } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import { answers, grants, hangs, throws, type Step } from "../../support/stub-fetch.js";
import {
  paymentId,
  paymentParams,
  testClient,
  testCredentials,
  type TestClient,
} from "../../support/test-client.js";

const token = `planted-token-${"abcdefghij".repeat(17)}`;
const longSecret = "planted/secret+with=signs";
const card = "4111111111111111";
const reference = "planted-merchant-reference/ü";
const params = { amount: 3000, merchant_reference: reference };
const basic = Buffer.from(`${testCredentials.clientId}:${longSecret}`).toString("base64");

const planted: readonly [string, string][] = [
  ["the token", token],
  ["the client secret", longSecret],
  ["the Basic credentials", basic],
  ["the API key", testCredentials.apiKey],
  ["a member of the body", reference],
  ["a card number", card],
];

function clientWith(steps: readonly Step[]): TestClient {
  return testClient(steps, {
    options: { clientSecret: longSecret },
    tokenSteps: [grants(token), grants(token)],
  });
}

/** A card number in disguise cannot be recognized, and text is not encoded twice. */
function plantedSpellings(what: string, secret: string): string[] {
  if (what === "a card number") return [secret];
  return what === "the Basic credentials" ? [secret, encodeURIComponent(secret)] : spellingsOf(secret);
}

function expectNoSecret(error: Error): void {
  const text = renderingsOf(error);
  for (const [what, secret] of planted) {
    for (const spelling of spellingsOf(secret)) expect(text.includes(spelling), what).toBe(false);
  }
  // Not a piece of the token either, such as a cut would leave.
  expect(text).not.toContain("planted-token");
}

/** What an error says only when it is asked. */
function wordsOf(error: Error): string {
  const problems = error instanceof PurseApiError ? error.problems : [];
  const detail = "detail" in error ? error.detail : "";
  return JSON.stringify([problems, detail]);
}

describe.each(planted)("when the service quotes %s", (what, secret) => {
  const spellings = plantedSpellings(what, secret);
  const statuses = [400, 401, 403, 404, 409, 410, 422, 429, 500, 503];

  test.each(statuses)("no rendering of the error for status %d shows it", async (status) => {
    for (const spelling of spellings) {
      const document = {
        type: `urn:x:${spelling}`,
        title: `refused: ${spelling} !`,
        detail: `because of ${spelling}`,
        errors: [{ pointer: `/a/${spelling}`, detail: spelling }],
        resource_id: spelling,
        [spelling]: spelling,
      };
      const step = answers(status, document, /^[!-~]+$/.test(spelling) ? { "x-request-id": spelling } : {});
      const client = clientWith([step, step, step, step]);
      const call = runToEnd(client.clock, client.payments.capture(paymentId, params));
      const error = await failureOf(call);
      expectNoSecret(error);
      // What is not printed may quote the request, but never a secret or a card.
      if (what !== "a member of the body") expect(wordsOf(error)).not.toContain(spelling);
    }
  });

  test("no error about a key that was used shows it as the id of what the key made", async () => {
    for (const spelling of spellings) {
      const used = answers(409, { type: "urn:eu.purse:write-conflict", resource_id: spelling });
      const listed = { id: spelling, status: "SUCCESS", amount: 1 };
      const readings = Array.from({ length: 3 }, () => answers(200, { id: paymentId, captures: [listed] }));
      const endings: readonly [readonly Step[], (client: TestClient) => Promise<unknown>][] = [
        [
          [used],
          (client) => client.payments.create({ ...paymentParams, order: { reference, net_amount: 4299 } }),
        ],
        [[used, ...readings], (client) => client.payments.capture(paymentId, params)],
        [
          [used, ...readings],
          (client) => client.payments.capture(paymentId, params, { idempotencyKey: "key-1" }),
        ],
        [[used, answers(404)], (client) => client.payments.capture(paymentId, params)],
      ];
      for (const [steps, way] of endings) {
        const client = clientWith(steps);
        const error = await failureOf(runToEnd(client.clock, way(client)));
        expect(error.code).toMatch(/^(?:idempotency_conflict|outcome_unknown)$/);
        expectNoSecret(error);
        // An id of more than 255 characters is none.
        if (spelling.length <= 255) expect(error).toHaveProperty("resourceId", "[redacted]");
      }
    }
  });

  test("no rendering of the error of a read shows it", async () => {
    if (what === "a member of the body") return; // A read has none.
    const step = answers(503, { title: `down: ${secret}` });
    const client = clientWith([step, step, step]);
    expectNoSecret(await failureOf(runToEnd(client.clock, client.payments.retrieve(paymentId))));
  });
});

test("a secret at the cut of a long title is masked and not cut in half", async () => {
  const client = clientWith([answers(400, { title: `${"x".repeat(150)} ${token}` })]);
  const error = await failureOf(client.payments.capture(paymentId, params));
  expectNoSecret(error);
  expect(error.problem?.title).toContain("x".repeat(150));
});

test("a card number as a number is no status of a problem", async () => {
  for (const status of [4111111111111111, 1e999, -1, 0.5, 1000, "400"]) {
    const client = clientWith([answers(400, JSON.stringify({ status }).replace("null", "1e999"))]);
    const error = await failureOf(client.payments.capture(paymentId, params));
    expect(error.problem).toBeUndefined();
    expect(renderingsOf(error)).not.toContain("4111");
  }
});

test("the secret of a webhook is masked where the service quotes it, also in what is not printed", async () => {
  const secret = "planted-webhook-secret";
  const errors = [{ pointer: `/webhook/headers/0/values/${secret}`, detail: `${secret} is no header` }];
  const client = clientWith([answers(400, { title: secret, detail: `not "${secret}"`, errors })]);
  const webhook = { url: "https://shop.example/hook", headers: [{ name: "x-secret", values: [secret] }] };
  const error = await failureAs(PurseApiError, client.payments.create({ ...paymentParams, webhook }));
  expect(renderingsOf(error) + wordsOf(error)).not.toContain(secret);
  expect(error.detail).toBe('not "[redacted]"');
});

test.each(planted.filter(([what]) => what !== "a member of the body"))(
  "no piece of %s is left at the cut of a text, at any position",
  async (_, secret) => {
    for (let before = 170; before <= 202; before += 4) {
      const text = `${"x".repeat(before)}${secret}`;
      const detail = `${"x".repeat(1800)}${text}`;
      const document = { type: text, title: text, detail, errors: [{ pointer: text, detail: text }] };
      const client = clientWith([answers(400, document)]);
      const error = await failureAs(PurseApiError, client.payments.capture(paymentId, params));
      const [problem] = error.problems;
      const kept = [error.problem?.type, error.problem?.title, problem?.pointer, problem?.detail];
      const shown = `${"x".repeat(before)}[redacted]`.slice(0, 200);
      expect([...kept, error.detail?.slice(1800)]).toEqual(Array(5).fill(shown));
    }
  },
);

test("a token that was replaced meanwhile is masked all the same", async () => {
  const client = testClient([answers(401), answers(401, { title: `was ${token}` })], {
    tokenSteps: [grants(token), grants("another-token")],
  });
  expectNoSecret(await failureOf(client.payments.retrieve(paymentId)));
});

test.each(["4111 1111 1111 1111", "4111-1111-1111-1111", "pan4111111111111111x", "378282246310005"])(
  "the card number in %j is masked in a title",
  async (text) => {
    const client = clientWith([answers(400, { title: `refused ${text}` })]);
    const error = await failureOf(client.payments.capture(paymentId, params));
    expect(error.problem?.title).toMatch(/^refused (pan)?\[redacted\]x?$/);
    expect(renderingsOf(error)).not.toContain(text);
  },
);

test.each(planted)("a foreign error that quotes %s loses its words", async (_, secret) => {
  const quoting = new TypeError(`Header authorization has invalid value: "Bearer ${secret}"`, {
    cause: Object.assign(new Error(`inner ${secret}`), {
      code: secret,
      name: `Name ${secret}`,
      request: { headers: { authorization: secret } },
      errors: [new Error(secret)],
    }),
  });
  const step = throws(quoting);
  for (const method of ["retrieve", "capture"] as const) {
    const client = clientWith([step, step, step]);
    const call =
      method === "retrieve"
        ? client.payments.retrieve(paymentId)
        : client.payments.capture(paymentId, params);
    const error = await failureOf(runToEnd(client.clock, call));
    expectNoSecret(error);
    expect(error.cause).not.toBe(quoting);
  }
});

test.each([["a string"], [undefined], [null], [42], [Object.create(null)]])(
  "a fetch that throws %j is a lost connection like any other",
  async (thrown) => {
    const client = testClient([throws(thrown)], { options: { maxRetries: 0 } });
    expect((await failureOf(client.payments.retrieve(paymentId))).code).toBe("connection");
  },
);

test("causes that go in circles come to an end", async () => {
  const looping = new Error("one");
  looping.cause = new Error("two", { cause: looping });
  const client = testClient([throws(looping)], { options: { maxRetries: 0 } });
  expect((await failureOf(client.payments.retrieve(paymentId))).code).toBe("connection");
});

test("an unknown outcome shows neither the body nor the headers it could send again", async () => {
  const client = clientWith([hangs()]);
  const call = client.payments.capture(paymentId, params, {
    maxRetries: 0,
    headers: { "x-extra": "planted-token" },
  });
  const error = await failureAs(PurseOutcomeUnknownError, runToEnd(client.clock, call));
  expectNoSecret(error);
});

test("a token endpoint that quotes the credentials is not quoted", async () => {
  for (const status of [200, 400, 401, 500]) {
    const step = answers(status, {
      error: longSecret,
      error_description: basic,
      access_token: `${token}\n`,
      token_type: "bearer",
    });
    const client = testClient([], {
      options: { clientSecret: longSecret, maxRetries: 0 },
      tokenSteps: [step, step],
    });
    expectNoSecret(await failureOf(client.payments.retrieve(paymentId)));
    expectNoSecret(await failureOf(client.accessTokens.retrieve()));
  }
});

test("a secret function's own error is not passed on", async () => {
  const client = testClient([], {
    options: { maxRetries: 0, clientSecret: () => Promise.reject(new Error(`vault said ${longSecret}`)) },
  });
  expectNoSecret(await failureOf(client.payments.retrieve(paymentId)));
});

test("what the service says in words can be had, but only by asking for it", async () => {
  const errors = [{ pointer: "/amount", detail: "amount of Jane Doe too high" }];
  const client = clientWith([answers(400, { title: "Bad", detail: "sent by Jane Doe", errors })]);
  const error = await failureAs(PurseApiError, client.payments.capture(paymentId, params));
  expect(error.detail).toBe("sent by Jane Doe");
  expect(error.problems).toEqual(errors);
  expect(Object.keys(error)).not.toContain("detail");
  expect(Object.keys(error)).not.toContain("problems");
  expect(Object.assign({}, error)).not.toHaveProperty("detail");
  expect(renderingsOf(error)).not.toContain("Jane Doe");
});

test("what is kept of an answer is bounded, and of no other type than said", async () => {
  const client = clientWith([
    answers(400, {
      type: 5,
      title: "t".repeat(10_000),
      status: "400",
      detail: "d".repeat(10_000),
      errors: [null, "x", ...Array.from({ length: 1000 }, () => ({ pointer: 5, detail: "e".repeat(1000) }))],
    }),
  ]);
  const error = await failureAs(PurseApiError, client.payments.capture(paymentId, params));
  expect(error.problem).toEqual({ title: "t".repeat(200) });
  expect(error.detail).toHaveLength(2000);
  expect(error.problems.length).toBeLessThanOrEqual(50);
  expect(error.problems[0]).toEqual({ detail: "e".repeat(200) });
});
