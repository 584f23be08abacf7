import fc from "fast-check";
import { expect, test } from "vitest";
import {
  deriveIdempotencyKey,
  type DeriveIdempotencyKeyInput,
} from "../../../src/idempotency/derived-key.js";
import { checkIdempotencyKey } from "../../../src/idempotency/key.js";

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

const refused: [string, unknown][] = [
  ["a short secret", { secret: "short", parts: ["a"] }],
  ["a secret that is a number", { secret: 32, parts: ["a"] }],
  ["no parts", { secret, parts: [] }],
  ["parts that are no list", { secret, parts: "order-1" }],
  ["an empty part", { secret, parts: ["a", ""] }],
  ["a part that is a number", { secret, parts: ["a", 1] }],
];

test.each(refused)("%s is refused", async (_, input) => {
  const derive = deriveIdempotencyKey(input as DeriveIdempotencyKeyInput);
  await expect(derive).rejects.toMatchObject({ code: "invalid_argument" });
});
