import { expect, test } from "vitest";
import { PurseAbortError } from "../../../src/errors/abort-error.js";
import { failureAs } from "../../support/failures.js";
import { settle } from "../../support/manual-clock.js";
import { answers, hangs, type Step } from "../../support/stub-fetch.js";
import { payment, paymentId, testClient } from "../../support/test-client.js";
import { watchedSignal } from "../../support/watched-signal.js";

/** A request that answers when the test says so. */
function held(): { step: Step; release: () => void } {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    step: (request) => gate.then(() => answers(200, payment())(request)),
    release: () => {
      release();
    },
  };
}

test("calls under way at once put one listener on the signal they share, and its abort ends all of them", async () => {
  const client = testClient(Array.from({ length: 20 }, () => hangs()));
  const { signal, abort, listeners } = watchedSignal();
  const ends = Array.from({ length: 20 }, () =>
    failureAs(PurseAbortError, client.payments.retrieve(paymentId, { signal })),
  );
  await settle();
  expect(client.sent).toHaveLength(20);
  expect(listeners()).toBe(1);
  abort();
  await Promise.all(ends);
  expect(client.clock.pendingTimers()).toBe(0);
});

test("a call that ends takes the abort from none of the others", async () => {
  const first = held();
  const client = testClient([first.step, hangs(), hangs()]);
  const { signal, abort, listeners } = watchedSignal();
  const done = client.payments.retrieve(paymentId, { signal });
  await settle();
  const ends = [1, 2].map(() => failureAs(PurseAbortError, client.payments.retrieve(paymentId, { signal })));
  await settle();
  first.release();
  await done;
  expect(listeners()).toBe(1);
  abort();
  await Promise.all(ends);
});

test("a signal that every call has let go of serves the next one", async () => {
  const client = testClient([answers(200, payment()), answers(200, payment()), hangs()]);
  const { signal, abort, listeners } = watchedSignal();
  await client.payments.retrieve(paymentId, { signal });
  await client.payments.retrieve(paymentId, { signal });
  expect(listeners()).toBe(0);
  const end = failureAs(PurseAbortError, client.payments.retrieve(paymentId, { signal }));
  await settle();
  expect(listeners()).toBe(1);
  abort();
  await end;
});

test("with two signals, the abort of one does not end the other's call", async () => {
  const second = held();
  const client = testClient([hangs(), second.step]);
  const [mine, others] = [watchedSignal(), watchedSignal()];
  const end = failureAs(PurseAbortError, client.payments.retrieve(paymentId, { signal: mine.signal }));
  await settle();
  const call = client.payments.retrieve(paymentId, { signal: others.signal });
  await settle();
  mine.abort();
  await end;
  expect(others.listeners()).toBe(1);
  second.release();
  await call;
});
