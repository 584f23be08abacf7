import { beforeAll, describe, expect, test } from "vitest";
import { PurseRedirectionError } from "../../../src/errors/redirection-error.js";
import { createStandaloneVerifier } from "../../../src/redirection/standalone.js";
import type { RedirectionVerifier } from "../../../src/redirection/verifier.js";
import { failureAs } from "../../support/failures.js";
import { manualClock, runToEnd, type ManualClock } from "../../support/manual-clock.js";
import { goodClaims, signingKey, signToken, type SigningKey } from "../../support/signed-tokens.js";
import {
  answers,
  fails,
  hangsForGood,
  stubFetch,
  type SentRequest,
  type Step,
} from "../../support/stub-fetch.js";
import { testClient } from "../../support/test-client.js";

interface Verifying extends Pick<RedirectionVerifier, "verify"> {
  readonly clock: ManualClock;
  readonly sent: readonly SentRequest[];
}

/** Both ways to create a verifier. */
const kinds: Readonly<Record<string, (steps: readonly Step[]) => Verifying>> = {
  "the client"(steps) {
    const { redirection, clock, sent } = testClient(steps);
    return { clock, sent, verify: (input) => redirection.verify(input) };
  },
  "a standalone verifier"(steps) {
    const clock = manualClock();
    const { fetch, sent } = stubFetch(steps);
    return { clock, sent, ...createStandaloneVerifier({ jwksUrl: "https://purse.test/keys", fetch }, clock) };
  },
};

const minuteMs = 60_000;
let key: SigningKey;
let newer: SigningKey;
let token: string;
let newerToken: string;
let strangers: readonly string[];

beforeAll(async () => {
  key = await signingKey("key-1");
  newer = await signingKey("key-2");
  token = await signToken(key);
  newerToken = await signToken(newer);
  const signed = Array.from({ length: 200 }, () =>
    signToken(newer, goodClaims, { kid: crypto.randomUUID() }),
  );
  strangers = await Promise.all(signed);
});

const lists = (...keys: SigningKey[]): Step => answers(200, { keys: keys.map(({ entry }) => entry) });
const many = (step: Step): Step[] => Array.from({ length: 300 }, () => step);

async function reasonOf({ verify, clock }: Verifying, checked: string): Promise<string> {
  return (await failureAs(PurseRedirectionError, runToEnd(clock, verify(checked)))).reason;
}

async function reasonsOneByOne(verifying: Verifying): Promise<Set<string>> {
  const reasons = new Set<string>();
  for (const stranger of strangers) reasons.add(await reasonOf(verifying, stranger));
  return reasons;
}

async function reasonsAtOnce(verifying: Verifying): Promise<Set<string>> {
  return new Set(await Promise.all(strangers.map((stranger) => reasonOf(verifying, stranger))));
}

describe.each(Object.entries(kinds))("two hundred random key ids, %s", (_, create) => {
  async function warm(...later: readonly Step[]): Promise<Verifying> {
    const verifying = create([lists(key), ...later]);
    await verifying.verify(token);
    return verifying;
  }

  test("cold, in sequence: four requests", async () => {
    const verifying = create(many(lists(key)));
    expect([...(await reasonsOneByOne(verifying))]).toEqual(["key_unknown", "keys_unavailable"]);
    expect(verifying.sent).toHaveLength(4);
  });

  test("cold, concurrently: one request", async () => {
    const verifying = create(many(lists(key)));
    expect([...(await reasonsAtOnce(verifying))]).toEqual(["key_unknown"]);
    expect(verifying.sent).toHaveLength(1);
  });

  test("warm, in sequence: three more requests, and good tokens still verify", async () => {
    const verifying = await warm(...many(lists(key)));
    expect([...(await reasonsOneByOne(verifying))]).toEqual(["key_unknown", "keys_unavailable"]);
    expect(verifying.sent).toHaveLength(1 + 3);
    expect(await verifying.verify(token)).toEqual(goodClaims);
  });

  test("warm, concurrently: one more request", async () => {
    const verifying = await warm(...many(lists(key)));
    expect([...(await reasonsAtOnce(verifying))]).toEqual(["key_unknown"]);
    expect(verifying.sent).toHaveLength(1 + 1);
  });

  test("cold, with the endpoint down: one request, and keys_unavailable", async () => {
    const verifying = create(many(fails("ECONNREFUSED", "connect")));
    expect([...(await reasonsOneByOne(verifying))]).toEqual(["keys_unavailable"]);
    expect(verifying.sent).toHaveLength(1);
  });

  test("warm, with the endpoint down: one more request, and good tokens still verify", async () => {
    const verifying = await warm(...many(answers(503)));
    expect([...(await reasonsOneByOne(verifying))]).toEqual(["keys_unavailable"]);
    expect(verifying.sent).toHaveLength(1 + 1);
    expect(await verifying.verify(token)).toEqual(goodClaims);
  });

  test("over a minute, with the endpoint down: six more requests", async () => {
    const verifying = await warm(...many(answers(503)));
    for (const stranger of strangers) {
      await reasonOf(verifying, stranger);
      await verifying.clock.advance(minuteMs / 200);
    }
    expect(verifying.sent).toHaveLength(1 + 6);
  });

  test("over ten minutes: three more requests, and one every 30 seconds", async () => {
    const verifying = await warm(...many(lists(key)));
    for (const stranger of strangers) {
      await reasonOf(verifying, stranger);
      await verifying.clock.advance(3000);
    }
    expect(verifying.sent.length).toBeLessThanOrEqual(1 + 3 + 20);
  });
});

describe.each(Object.entries(kinds))("%s", (_, create) => {
  test("finds a key rotated right after a fetch", async () => {
    const verifying = create([lists(key), lists(key, newer)]);
    await verifying.verify(token);
    expect(await verifying.verify(newerToken)).toEqual(goodClaims);
    expect(verifying.sent).toHaveLength(2);
  });

  test("does not fetch again for an id missing from keys just fetched", async () => {
    const verifying = create(many(lists(key)));
    expect(await reasonOf(verifying, newerToken)).toBe("key_unknown");
    expect(verifying.sent).toHaveLength(1);
  });

  test("verifies with cached keys for a day while the endpoint is down", async () => {
    const verifying = create([lists(key), ...many(fails("ECONNRESET"))]);
    await verifying.verify(token);
    for (let hour = 1; hour < 24; hour++) {
      await verifying.clock.advance(60 * minuteMs);
      expect(await verifying.verify(token)).toEqual(goodClaims);
    }
    await verifying.clock.advance(60 * minuteMs);
    expect(await reasonOf(verifying, token)).toBe("keys_unavailable");
  });

  test("finds a key rotated during an outage with unknown ids", async () => {
    const verifying = create([lists(key), ...many(answers(503)).slice(0, 4), lists(newer)]);
    await verifying.verify(token);
    for (const stranger of strangers.slice(0, 14)) {
      await reasonOf(verifying, stranger);
      await verifying.clock.advance(1000);
    }
    expect(verifying.sent).toHaveLength(1 + 4);
    await verifying.clock.advance(1000);
    expect(await verifying.verify(newerToken)).toEqual(goodClaims);
  });

  test("times out when the endpoint never answers, and leaves no timer", async () => {
    const verifying = create([hangsForGood(), lists(key)]);
    expect(await reasonOf(verifying, token)).toBe("keys_unavailable");
    expect(verifying.clock.pendingTimers()).toBe(0);
    await verifying.clock.advance(1000);
    expect(await verifying.verify(token)).toEqual(goodClaims);
  });
});
