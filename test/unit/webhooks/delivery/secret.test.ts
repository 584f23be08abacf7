import { expect, test, vi } from "vitest";
import { PurseInvalidArgumentError } from "../../../../src/index.js";
import { createWebhookSecretHeader } from "../../../../src/webhooks/index.js";
import { checkSecrets, isSecret } from "../../../../src/webhooks/delivery/secret.js";
import { renderingsOf, thrownBy } from "../../../support/failures.js";

const secret = "0123456789abcdef";

test("the header's entry is ready for webhook.headers", () => {
  const entry = { name: "x-purse-webhook-secret", values: [secret] };
  expect(createWebhookSecretHeader({ secret })).toEqual(entry);
  expect(createWebhookSecretHeader({ secret, headerName: "X-Mine" })).toEqual({ ...entry, name: "X-Mine" });
});

test("a misspelt member is refused: the secret would go into a header that the receiver does not read", () => {
  const input = { secret, header_name: "X-Mine" };
  expect(thrownBy(() => createWebhookSecretHeader(input))).toMatchObject({ argument: "input.header_name" });
});

test.each([
  ["short", "0123456789abcde"],
  ["empty", ""],
  ["too long", "x".repeat(1025)],
  ["with a blank", `${secret} x`],
  ["with a blank at its end", `${secret} `],
  ["with a line break", `${secret}\n`],
  ["not ASCII", `${secret}é`],
  ["not a string", 1234567890123456],
  ["missing", undefined],
])("a secret that is %s is refused, and not quoted", (_, value) => {
  const given = value as string;
  for (const refuse of [
    () => createWebhookSecretHeader({ secret: given }),
    () => checkSecrets([secret, given]),
  ]) {
    const error = thrownBy(refuse);
    expect(error).toBeInstanceOf(PurseInvalidArgumentError);
    expect(renderingsOf(error as Error)).not.toContain(secret);
  }
});

test.each([["x y"], [""], ["x:y"], ["content-type"], ["Host"], ["Content-Length"], [5]])(
  "%j is refused as the header's name",
  (name) => {
    const error = thrownBy(() => createWebhookSecretHeader({ secret, headerName: name as string }));
    expect(error).toBeInstanceOf(PurseInvalidArgumentError);
  },
);

test.each([[undefined], [[]], [secret], [null], [{ 0: secret }]])("%j is no list of secrets", (secrets) => {
  expect(thrownBy(() => checkSecrets(secrets))).toBeInstanceOf(PurseInvalidArgumentError);
});

const others = ["another-secret-of-old", "and-yet-another-secret"];

test.each([
  ["the only one", secret, [secret], true],
  ["the first of several", secret, [secret, ...others], true],
  ["the last of several", secret, [...others, secret], true],
  ["twice in the list", secret, [secret, secret], true],
  ["a part of one", secret.slice(0, -1), [secret], false],
  ["one and more", `${secret}0`, [secret], false],
  ["another case", secret.toUpperCase(), [secret], false],
  ["two at once", `${secret}, ${others.join(", ")}`, [secret, ...others], false],
  ["empty", "", [secret], false],
  ["missing", null, [secret], false],
  ["of many bytes", "é".repeat(16), [secret], false],
])("a given secret that is %s is judged right", async (_, given, secrets, expected) => {
  expect(await isSecret(given, secrets)).toBe(expected);
});

test.each([
  ["missing", null],
  ["empty", ""],
  ["short", "x"],
  ["long", "x".repeat(100_000)],
  ["the first", secret],
  ["the last", others.at(-1) ?? ""],
  ["nearly right", `${secret.slice(0, -1)}x`],
])("the work is the same when the secret given is %s", async (_, given) => {
  const digest = vi.spyOn(crypto.subtle, "digest");
  await isSecret(given, [secret, ...others]);
  // What was given and each of the secrets, hashed; and never compared by themselves.
  const hashed = digest.mock.calls.map(([, bytes]) => new TextDecoder().decode(bytes));
  expect(hashed).toEqual([given ?? "", secret, ...others]);
});

test("hashes are compared to their last byte", async () => {
  const digest = vi.spyOn(crypto.subtle, "digest");
  const base = new Uint8Array(32).fill(7);
  for (let index = 0; index < 32; index++) {
    const other = base.map((byte, at) => (at === index ? 6 : byte));
    digest.mockResolvedValueOnce(base.buffer).mockResolvedValueOnce(other.buffer);
    expect(await isSecret(secret, [secret]), String(index)).toBe(false);
  }
  digest.mockResolvedValueOnce(base.buffer).mockResolvedValueOnce(base.slice().buffer);
  expect(await isSecret(secret, [secret])).toBe(true);
});
