import type { MovementInput, MovementKind } from "../../src/journal/index.js";

/** A generator of numbers from 0 to 1 that a seed determines (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: () => number, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error("there is nothing to pick from");
  return chosen;
}

/** A movement that a shop wants, and how it asks for it. */
export interface Order {
  readonly kind: MovementKind;
  readonly input: MovementInput;
  /** Asked for at once, or only written down. */
  readonly way: "now" | "record";
  /** More than the payment has: a refusal that lasts. */
  readonly isTooMuch: boolean;
}

/** Movements of all kinds, with and without references, some alike but for their ids. */
export function makeOrders(random: () => number, paymentIds: readonly string[], count: number): Order[] {
  return Array.from({ length: count }, (_, number) => {
    const isTooMuch = random() < 0.05;
    return {
      kind: pick(random, ["capture", "refund", "void"] as const),
      input: {
        id: `order-${String(number)}`,
        paymentId: pick(random, paymentIds),
        amount: isTooMuch ? 1_000_000 : 1 + Math.floor(random() * 20),
        ...(random() < 0.5 && { merchantReference: `ref-${String(number)}` }),
      },
      way: random() < 0.2 ? "record" : "now",
      isTooMuch,
    };
  });
}
