import { expect, test } from "vitest";
import { answers, fails } from "../../support/stub-fetch.js";
import { operation, payment, paymentId, sessionId, testClient } from "../../support/test-client.js";

/** The operation that a capture of 3000 is given as its own, by what the answer lists. */
async function ownOf(
  captures: unknown,
  {
    reference,
    headers,
    ...members
  }: {
    reference?: string;
    headers?: Record<string, string>;
    id?: string | undefined;
  } = {},
): Promise<string | undefined> {
  const client = testClient([answers(200, payment({ captures, ...members }), headers)]);
  const params = { amount: 3000, ...(reference === undefined ? {} : { merchant_reference: reference }) };
  const { operation: own } = await client.payments.capture(paymentId, params).withResponse();
  return own?.id;
}

// The test's clock starts at 2026-01-01T00:00:00Z.
const now = "2026-01-01T00:00:00.250Z";
const dayBefore = "2025-12-31T00:00:00Z";
const old = operation({ id: "old", created_at: dayBefore });
const own = operation({ id: "own", created_at: now });

test("the one operation of the amount is the caller's own, if its time shows that it is new", async () => {
  expect(await ownOf([own])).toBe("own");
  for (const time of [undefined, null, "soon", "", "2027-01-01T00:00:00", "2027-01-01", 1_798_761_600_000]) {
    const untimed = operation({ id: "own", created_at: time });
    expect(await ownOf([untimed])).toBeUndefined();
    const referred = { ...untimed, merchant_reference: "ref-1" };
    expect(await ownOf([referred], { reference: "ref-1" })).toBe("own");
  }
});

test("an older one does not become new by a Date header that is far behind", async () => {
  for (const date of ["Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 30 Dec 2025 00:00:00 GMT"])
    expect(await ownOf([old], { headers: { date } })).toBeUndefined();
});

test("one that another call lost is not this call's, though it is young", async () => {
  const client = testClient([fails("ECONNRESET"), answers(200, payment({ captures: [own] }))]);
  const lost = client.payments.capture(paymentId, { amount: 3000 }, { maxRetries: 0 });
  await expect(lost).rejects.toMatchObject({ code: "outcome_unknown" });
  await client.clock.advance(20_000);
  const { operation: named } = await client.payments.capture(paymentId, { amount: 3000 }).withResponse();
  expect(named).toBeUndefined();
});

test("operations without an id belong to no call, and hide no other", async () => {
  const unnamed = operation({ id: undefined });
  const captures = [unnamed];
  const client = testClient([answers(200, payment({ captures })), answers(200, payment({ captures }))]);
  await client.payments.capture(paymentId, { amount: 3000 });
  const { operation: named } = await client.payments.capture(paymentId, { amount: 3000 }).withResponse();
  expect(named).toEqual(unnamed);
});

test("one that is older than the call is not", async () => {
  expect(await ownOf([old])).toBeUndefined();
  expect(await ownOf([{ ...old, merchant_reference: "ref-1" }], { reference: "ref-1" })).toBeUndefined();
  expect(await ownOf([old, own])).toBe("own");
});

test("age is told on the service's clock where it shows its time", async () => {
  const headers = { date: "Thu, 01 Jan 2026 06:00:00 GMT" }; // Six hours ahead of this machine.
  const atService = operation({ id: "own", created_at: "2026-01-01T06:00:00.100Z" });
  const before = operation({ id: "old", created_at: "2026-01-01T05:59:50Z" });
  expect(await ownOf([atService], { headers })).toBe("own");
  expect(await ownOf([before], { headers })).toBeUndefined();
  expect(await ownOf([before, atService], { headers })).toBe("own");
  const behind = { date: "Wed, 31 Dec 2025 18:00:00 GMT" };
  expect(
    await ownOf([operation({ id: "own", created_at: "2025-12-31T18:00:00Z" })], { headers: behind }),
  ).toBe("own");
});

test.each([
  [
    "one of the same amount with a reference made by the service",
    operation({ id: "other", merchant_reference: "GEN-1" }),
  ],
  ["one done in part", operation({ id: "other", amount: 1000, status: "CONFLICT" })],
  ["one of a part of the amount", operation({ id: "other", amount: 1000 })],
  ["one whose amount is text", operation({ id: "other", amount: "3000" })],
  ["an entry that cannot be read", null],
])("beside %s none is named, because either may be this call's", async (_, other) => {
  const alike = operation({ id: "alike" });
  expect(await ownOf([alike, other])).toBeUndefined();
  expect(await ownOf([other, alike])).toBeUndefined();
});

test("one of more than the amount cannot be this call's", async () => {
  expect(await ownOf([operation({ id: "other", amount: 3001 }), own])).toBe("own");
});

test("two captures of one amount are told apart by their references", async () => {
  const first = operation({ id: "first", merchant_reference: "CAP-1" });
  const second = operation({ id: "second", merchant_reference: "CAP-2" });
  expect(await ownOf([first, second], { reference: "CAP-2" })).toBe("second");
  expect(await ownOf([first], { reference: "CAP-2" })).toBeUndefined();
  expect(
    await ownOf([second, operation({ id: "x", merchant_reference: "CAP-2/2026" })], { reference: "CAP-2" }),
  ).toBeUndefined();
  expect(await ownOf([second, operation({ id: "x" })], { reference: "CAP-2" })).toBeUndefined();
});

test("an answer about another payment names none", async () => {
  expect(await ownOf([own], { id: sessionId })).toBeUndefined();
  expect(await ownOf([own], { id: undefined })).toBeUndefined();
});

test("what one call of the client was given is never another's", async () => {
  const first = payment({ captures: [operation({ id: "first" })] });
  const client = testClient([answers(200, first), answers(200, first), answers(200, first)]);
  const capture = (idempotencyKey: string): Promise<{ operation?: { id: string } }> =>
    client.payments.capture(paymentId, { amount: 3000 }, { idempotencyKey }).withResponse();
  expect((await capture("key-1")).operation?.id).toBe("first");
  expect((await capture("key-2")).operation).toBeUndefined();
  expect((await capture("key-1")).operation?.id).toBe("first");
});
