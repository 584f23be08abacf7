import fc from "fast-check";
import { expect, test } from "vitest";
import { PurseInvalidArgumentError } from "../../../src/errors/invalid-argument-error.js";
import {
  deriveIdempotencyKey,
  type DeriveIdempotencyKeyInput,
} from "../../../src/idempotency/derived-key.js";
import { checkIdempotencyKey } from "../../../src/idempotency/key.js";
import { failureAs } from "../../support/failures.js";

const secret = "0123456789abcdef";
const someParts = fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1, maxLength: 6 });

test("the same parts give the same key, in every process", async () => {
  const key = await deriveIdempotencyKey({ secret, parts: ["order-1", "capture", "1"] });
  // Computed apart from this code, with another HMAC implementation over the same bytes.
  expect(key).toBe("756e1365-5174-8861-a5ab-746d1802367d");
  expect(key).toBe(
    await deriveIdempotencyKey({
      secret: new TextEncoder().encode(secret),
      parts: ["order-1", "capture", "1"],
    }),
  );
  expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(checkIdempotencyKey(key)).toBe(key);
});

test("other parts, another order, another cut or another secret give another key", async () => {
  const key = await deriveIdempotencyKey({ secret, parts: ["ab", "c"] });
  const others: DeriveIdempotencyKeyInput[] = [
    { secret, parts: ["a", "bc"] },
    { secret, parts: ["abc"] },
    { secret, parts: ["c", "ab"] },
    { secret, parts: ["ab", "c", "d"] },
    { secret: `${secret}x`, parts: ["ab", "c"] },
  ];
  for (const other of others) expect(await deriveIdempotencyKey(other)).not.toBe(key);
});

test("no two lists of parts share a key", async () => {
  await fc.assert(
    fc.asyncProperty(someParts, someParts, async (one, other) => {
      const [first, second] = await Promise.all(
        [one, other].map((parts) => deriveIdempotencyKey({ secret, parts })),
      );
      expect(first === second).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
    { numRuns: 200 },
  );
});

test("every key is a UUID of version 8, with any first digits", async () => {
  for (let shipment = 0; shipment < 64; shipment++) {
    const key = await deriveIdempotencyKey({ secret, parts: ["order-1", "capture", String(shipment)] });
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test("a part may hold any well-formed text, and no two such texts share a key", async () => {
  const texts = ["\ufeffa", "a", "\ufffd", "\u{1f600}", "\0", "e\u0301", "\u00e9"];
  const keys = await Promise.all(texts.map((text) => deriveIdempotencyKey({ secret, parts: [text] })));
  expect(new Set(keys).size).toBe(texts.length);
});

/** What is refused, the argument that is named and the rule that is told. */
const refused: [string, unknown, string, string][] = [
  ["a short secret", { secret: "0123456789abcde", parts: ["a"] }, "secret", "at least 16 bytes"],
  ["a short secret in bytes", { secret: new Uint8Array(15), parts: ["a"] }, "secret", "at least 16 bytes"],
  ["a secret that is a number", { secret: 32, parts: ["a"] }, "secret", "a string or a Uint8Array"],
  // As text it would be long enough, and its last digits the same for many secrets.
  ["a long number", { secret: 12345678901234567890, parts: ["a"] }, "secret", "a string or a Uint8Array"],
  ["a secret in a list", { secret: [secret], parts: ["a"] }, "secret", "a string or a Uint8Array"],
  ["no secret", { parts: ["a"] }, "secret", "a string or a Uint8Array"],
  ["no parts", { secret, parts: [] }, "parts", "non-empty array"],
  ["parts that are no list", { secret, parts: "order-1" }, "parts", "non-empty array"],
  ["an empty part", { secret, parts: ["a", ""] }, "parts[1]", "non-empty string"],
  ["a part that is a number", { secret, parts: ["a", "b", 1] }, "parts[2]", "non-empty string"],
  ["a part that is missing", { secret, parts: ["a", undefined] }, "parts[1]", "non-empty string"],
  ["a hole", { secret, parts: Object.assign([], { 1: "b" }) }, "parts[0]", "non-empty string"],
  ["nothing but holes", { secret, parts: new Array(3) }, "parts[0]", "non-empty string"],
  ["the first half of a pair", { secret, parts: ["a\ud83d"] }, "parts[0]", "half a surrogate pair"],
  ["the second half of a pair", { secret, parts: ["a", "\ude00b"] }, "parts[1]", "half a surrogate pair"],
  ["a pair the wrong way round", { secret, parts: ["\ude00\ud83d"] }, "parts[0]", "half a surrogate pair"],
  [
    "half a pair in the secret",
    { secret: `${secret}\ud800`, parts: ["a"] },
    "secret",
    "half a surrogate pair",
  ],
  ["no argument", undefined, "input", "must be an object, but is missing"],
  ["null", null, "input", "must be an object, but is null"],
  ["a list of parts", ["a"], "input", "must be an object, but is an array"],
  ["a Map", new Map(), "input", "must be a plain object"],
  ["a misspelt member", { secret, part: ["a"] }, "input.part", "Did you mean parts?"],
  ["one member too many", { secret, parts: ["a"], salt: "x" }, "input.salt", "there are secret, parts"],
  ["a secret whose bytes were given away", { secret: detached(), parts: ["a"] }, "secret", "cannot be read"],
  ["a part that throws", { secret, parts: throwing() }, "parts", "cannot be read"],
];

function detached(): Uint8Array {
  const bytes = new Uint8Array(32);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

function throwing(): unknown[] {
  const thrower = (): never => {
    throw new RangeError("mine");
  };
  return Object.defineProperty([], 0, { get: thrower });
}

test.each(refused)("%s is refused, with the place and the rule", async (_, input, argument, rule) => {
  const derive = deriveIdempotencyKey(input as DeriveIdempotencyKeyInput);
  const error = await failureAs(PurseInvalidArgumentError, derive);
  expect(error.argument).toBe(argument);
  expect(error.message).toContain(rule);
  expect(error.message).not.toContain(secret);
});
