import { describe, expect, test, vi } from "vitest";
import { PurseOutcomeUnknownError, type PurseOptions } from "../../../src/index.js";
import { createStandaloneVerifier } from "../../../src/redirection/standalone.js";
import { failureAs, rejectionOf } from "../../support/failures.js";
import { manualClock, runToEnd } from "../../support/manual-clock.js";
import { movedBy, paidPayment, simulate } from "../../support/simulated.js";
import { signingKey, signToken } from "../../support/signed-tokens.js";
import { answers, fails, grants, stubFetch, throws, type Step } from "../../support/stub-fetch.js";
import { keyUsed, payment, paymentId, testClient, type TestClient } from "../../support/test-client.js";

/** Errors as Next throws them. */
const next = (digest: unknown): Error => Object.assign(new Error("of Next"), { digest });

/** What its `fetch` throws while a page is rendered statically, before anything is sent. */
const endsOfStaticRenders = [
  "DYNAMIC_SERVER_USAGE",
  "HANGING_PROMISE_REJECTION",
  "BAILOUT_TO_CLIENT_SIDE_RENDERING",
  "NEXT_PRERENDER_INTERRUPTED",
];
/** What an application's own code throws by `redirect()`, `notFound()` and so on. */
const navigations = ["NEXT_REDIRECT;replace;/login;307;", "NEXT_NOT_FOUND", "NEXT_HTTP_ERROR_FALLBACK;404"];
const otherDigests: readonly unknown[] = [
  "3592229575",
  "next_redirect",
  "X_DYNAMIC_SERVER_USAGE",
  "DYNAMIC_SERVER_USAGE;1",
  "NEXT",
  "NEXT_",
  "NEXT_redirect",
  " NEXT_REDIRECT;push",
  "",
  404,
  null,
  ["NEXT_REDIRECT"],
  { toString: () => "NEXT_NOT_FOUND" },
];

/** Made once, because making one takes long. */
const [known, newer] = await Promise.all([signingKey("key-1"), signingKey("key-2")]);

const capture = (client: TestClient, idempotencyKey?: string): Promise<unknown> =>
  client.payments.capture(
    paymentId,
    { amount: 3000 },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  );

const reads: Readonly<Record<string, (client: TestClient) => Promise<unknown>>> = {
  "payments.retrieve": ({ payments }) => payments.retrieve(paymentId),
  "payments.waitFor": ({ payments }) => payments.waitFor(paymentId, () => true),
  "clientSessions.retrieve": ({ clientSessions }) => clientSessions.retrieve(paymentId),
  "purse.api": ({ api }) => api.GET("/payment/v2/payments/{id}", { params: { path: { id: paymentId } } }),
};

describe.each([...endsOfStaticRenders, ...navigations])("%s", (digest) => {
  test.each(Object.entries(reads))("passes through %s as it is, after one request", async (_, read) => {
    const error = next(digest);
    const client = testClient([throws(error)]);
    expect(await runToEnd(client.clock, rejectionOf(read(client)))).toBe(error);
    expect(client.sent.length).toBe(1);
  });

  test("passes through with hooks and a logger, too", async () => {
    const error = next(digest);
    const onCallEnd = vi.fn();
    const options: PurseOptions = { hooks: { onCallEnd }, logger: { warn: () => undefined } };
    const client = testClient([throws(error)], { options });
    expect(await runToEnd(client.clock, rejectionOf(client.payments.retrieve(paymentId)))).toBe(error);
    expect(onCallEnd).toHaveBeenCalledOnce();
  });

  test.each<[string, (client: TestClient) => Promise<unknown>]>([
    ["a read", ({ payments }) => payments.retrieve(paymentId)],
    ["a capture, which was not sent", capture],
    ["accessTokens.retrieve", ({ accessTokens }) => accessTokens.retrieve()],
  ])("of the token request passes through %s, and the next call asks at once", async (_, call) => {
    const error = next(digest);
    const client = testClient([answers(200, payment())], { tokenSteps: [throws(error), grants("t1")] });
    expect(await runToEnd(client.clock, rejectionOf(call(client)))).toBe(error);
    expect([client.sent.length, client.tokenRequests.length]).toEqual([0, 1]);
    await client.payments.retrieve(paymentId); // Without any time going by.
    expect(client.tokenRequests.length).toBe(2);
  });

  test("of the clientSecret function passes through", async () => {
    const error = next(digest);
    const clientSecret = (): Promise<string> => Promise.reject(error);
    const client = testClient([], { options: { clientSecret } });
    expect(await runToEnd(client.clock, rejectionOf(client.payments.retrieve(paymentId)))).toBe(error);
  });

  test("does not reach a caller who only waited for another render's token", async () => {
    const error = next(digest);
    const client = testClient([answers(200, payment())], { tokenSteps: [throws(error), grants("t1")] });
    const first = rejectionOf(client.payments.retrieve(paymentId));
    const second = client.payments.retrieve(paymentId);
    expect(await runToEnd(client.clock, first)).toBe(error);
    expect(await runToEnd(client.clock, second)).toMatchObject({ id: paymentId });
  });

  test("passes through both verifiers, and the next verification fetches keys at once", async () => {
    const error = next(digest);
    const token = await signToken(known);
    const steps: Step[] = [throws(error), answers(200, { keys: [known.entry] })];
    const clock = manualClock();
    const { fetch, sent } = stubFetch(steps);
    const own = createStandaloneVerifier({ jwksUrl: "https://purse.test/keys", fetch }, clock);
    const client = testClient(steps);
    for (const [verifier, requests] of [
      [own, sent],
      [client.redirection, client.sent],
    ] as const) {
      expect(await rejectionOf(verifier.verify(token))).toBe(error);
      expect(requests.length).toBe(1);
      await verifier.verify(token);
      expect(requests.length).toBe(2);
    }
  });

  test("does not use up the fetches that unknown keys have, and does not reach those who joined", async () => {
    const error = next(digest);
    const token = await signToken(newer);
    const both = answers(200, { keys: [known.entry, newer.entry] });
    const thrown = Array.from({ length: 10 }, () => throws(error));
    const client = testClient([answers(200, { keys: [known.entry] }), ...thrown, both]);
    await client.redirection.verify(await signToken(known));
    for (let left = 9; left > 0; left--)
      expect(await rejectionOf(client.redirection.verify(token))).toBe(error);
    const [first, second] = [rejectionOf(client.redirection.verify(token)), client.redirection.verify(token)];
    expect(await first).toBe(error);
    expect(await second).toMatchObject({ payment_id: expect.any(String) as string });
  });
});

test("an error of a page that must be static passes through as well, though it has no digest", async () => {
  const error = Object.assign(new Error("of Next"), { code: "NEXT_STATIC_GEN_BAILOUT" });
  const client = testClient([throws(error)]);
  expect(await runToEnd(client.clock, rejectionOf(client.payments.retrieve(paymentId)))).toBe(error);
});

describe("a change", () => {
  const simulated = simulate();

  test.each(endsOfStaticRenders)("that Next did not send (%s) is not in doubt", async (digest) => {
    const error = next(digest);
    const client = testClient([throws(error)]);
    expect(await runToEnd(client.clock, rejectionOf(capture(client)))).toBe(error);
    expect(client.sent.length).toBe(1);
  });

  test.each([...navigations, ...otherDigests])(
    "whose fetch throws something with the digest %j after sending it is in doubt, and moves money once",
    async (digest) => {
      const { id } = await paidPayment(simulated);
      const { simulator } = simulated;
      const { baseUrl, clientId, clientSecret, entityId } = simulator;
      const fetch = async (url: string, init: RequestInit): Promise<Response> => {
        const response = await simulator.fetch(url, init);
        // As a wrapper does that sends people to a page for certain answers.
        if (url.endsWith("/captures") && response.status === 200) throw next(digest);
        return response;
      };
      const options = { baseUrl, clientId, clientSecret, entityId, fetch, maxRetries: 0 };
      const { payments } = testClient([], { options });
      const unknown = await failureAs(PurseOutcomeUnknownError, payments.capture(id, { amount: 3000 }));
      expect(unknown.reason).toBe("connection_lost");
      expect(movedBy(simulator, id)["capture"]).toEqual([3000]);
      await unknown.resolve();
      expect(movedBy(simulator, id)["capture"]).toEqual([3000]);
    },
  );

  test.each([...endsOfStaticRenders, ...navigations])(
    "that may have been done before %s stays in doubt",
    async (digest) => {
      const client = testClient([fails("ECONNRESET"), throws(next(digest))]);
      const unknown = await runToEnd(client.clock, failureAs(PurseOutcomeUnknownError, capture(client)));
      expect([unknown.reason, client.sent.length]).toEqual(["connection_lost", 2]);
    },
  );

  test.each(endsOfStaticRenders)("whose new token ends in %s stays in doubt", async (digest) => {
    const tokenSteps = [grants("t1"), throws(next(digest))];
    const client = testClient([fails("ECONNRESET"), answers(401)], { tokenSteps });
    const unknown = await runToEnd(client.clock, failureAs(PurseOutcomeUnknownError, capture(client)));
    expect(unknown.reason).toBe("connection_lost");
  });

  test.each([...endsOfStaticRenders, ...navigations])(
    "whose key was used stays in doubt when reading it back ends in %s",
    async (digest) => {
      const client = testClient([answers(409, keyUsed()), throws(next(digest))]);
      const unknown = await runToEnd(
        client.clock,
        failureAs(PurseOutcomeUnknownError, capture(client, "key-1")),
      );
      expect(unknown.reason).toBe("recovery_failed");
    },
  );

  test.each(endsOfStaticRenders)("whose answer breaks off with %s is in doubt", async (digest) => {
    const broken = (): Promise<Response> => {
      const pull = (controller: ReadableStreamDefaultController): void => {
        controller.error(next(digest));
      };
      return Promise.resolve(new Response(new ReadableStream({ pull })));
    };
    const client = testClient([broken], { options: { maxRetries: 0 } });
    const unknown = await runToEnd(client.clock, failureAs(PurseOutcomeUnknownError, capture(client)));
    expect(unknown.reason).toBe("connection_lost");
  });
});

test.each(otherDigests)(
  "a read whose fetch throws something with the digest %j fails as ever",
  async (digest) => {
    const client = testClient([throws(next(digest))], { options: { maxRetries: 0 } });
    const failure = await runToEnd(client.clock, rejectionOf(client.payments.retrieve(paymentId)));
    expect(failure).toMatchObject({ code: "connection" });
  },
);

test("an error that throws when its digest is read is a failure like any other", async () => {
  const error = Object.defineProperty(new Error("odd"), "digest", {
    get() {
      throw new Error("of the getter");
    },
  });
  const client = testClient([throws(error)], { options: { maxRetries: 0 } });
  const failure = await runToEnd(client.clock, rejectionOf(client.payments.retrieve(paymentId)));
  expect(failure).toMatchObject({ code: "connection" });
});
