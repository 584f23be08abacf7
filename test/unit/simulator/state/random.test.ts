import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/simulator/state/random.js";

const uuidPattern = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

function draw(seed?: string | number): unknown[] {
  const random = createRandom(seed);
  return [random.uuid(), random.digits(6), random.fraction(), random.uuid()];
}

describe("a seeded source", () => {
  it("gives the same values in the same order", () => {
    expect(draw("a")).toEqual(draw("a"));
    expect(draw(7)).toEqual(draw("7"));
    expect(draw("a")).not.toEqual(draw("b"));
    expect(draw("ab")).not.toEqual(draw("ba"));
  });

  it("continues from its position", () => {
    const position = { randomPosition: 0 };
    const random = createRandom("a", position);
    random.uuid();
    const copy = { ...position };
    expect(createRandom("a", copy).uuid()).toBe(random.uuid());
    expect(copy).toEqual(position);
  });

  it("never repeats an id", () => {
    const random = createRandom("a");
    const ids = Array.from({ length: 50_000 }, () => random.uuid());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("distributes its values evenly", () => {
    const random = createRandom("a");
    const counts = new Map<string, number>();
    for (const digit of random.digits(20_000)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    expect([...counts.keys()].sort().join("")).toBe("0123456789");
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(250);
  });
});

describe.each([["seeded", "a"] as const, ["not seeded", undefined] as const])(
  "a source that is %s",
  (_how, seed) => {
    it("returns version 4 UUIDs, digits and fractions", () => {
      const random = createRandom(seed);
      for (let count = 0; count < 1000; count++) {
        expect(random.uuid()).toMatch(uuidPattern);
        expect(random.fraction()).toBeGreaterThanOrEqual(0);
        expect(random.fraction()).toBeLessThan(1);
      }
      expect(random.digits(12)).toMatch(/^\d{12}$/);
    });
  },
);

it("differs on each run without a seed", () => {
  expect(draw()).not.toEqual(draw());
});
