import { beforeAll, expect, test } from "vitest";
import { PurseRedirectionError } from "../../../src/errors/redirection-error.js";
import { createStandaloneVerifier } from "../../../src/redirection/standalone.js";
import { failureAs } from "../../support/failures.js";
import { manualClock, settle, type ManualClock } from "../../support/manual-clock.js";
import { signingKey, signToken } from "../../support/signed-tokens.js";
import { hangs, hangsForGood, stubFetch, type Step } from "../../support/stub-fetch.js";
import { testClient } from "../../support/test-client.js";

const timeoutMs = 5000;
let token: string;

beforeAll(async () => {
  token = await signToken(await signingKey("key-1"));
  // Loads modules imported on demand, so that no test waits for them.
  await testClient([])
    .redirection.verify(token)
    .catch(() => undefined);
});

interface Verifying {
  readonly clock: ManualClock;
  readonly verify: () => Promise<unknown>;
}

const kinds: readonly [string, (step: Step) => Verifying][] = [
  [
    "the client",
    (step) => {
      const { redirection, clock } = testClient([step], { options: { timeoutMs: 60_000 } });
      return { clock, verify: () => redirection.verify(token) };
    },
  ],
  [
    "a standalone verifier",
    (step) => {
      const clock = manualClock();
      const { fetch } = stubFetch([step]);
      const jwksUrl = "https://purse.test/keys";
      const verifier = createStandaloneVerifier({ jwksUrl, fetch }, clock);
      return { clock, verify: () => verifier.verify(token) };
    },
  ],
];

const silences: readonly [string, () => Step][] = [
  ["hangs", hangs],
  ["hangs and ignores its signal", hangsForGood],
];

test.each(kinds.flatMap(([who, create]) => silences.map(([how, step]) => [who, how, create, step] as const)))(
  "%s times out after five seconds when the key endpoint %s",
  async (_who, _how, create, step) => {
    const { clock, verify } = create(step());
    let isOver = false;
    const refusal = failureAs(PurseRedirectionError, verify()).finally(() => {
      isOver = true;
    });
    await settle();
    expect(clock.pendingTimers()).toBeGreaterThan(0);
    await clock.advance(timeoutMs - 1);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await settle();
    expect(isOver).toBe(true);
    expect((await refusal).reason).toBe("keys_unavailable");
    expect(clock.pendingTimers()).toBe(0);
  },
);
