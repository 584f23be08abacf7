/** Where ids, references and codes come from. */
export interface Random {
  uuid(): string;
  /** A text of that many digits. */
  digits(length: number): string;
  /** From 0 up to, but not including, 1. */
  fraction(): number;
}

/** How much a seeded source has given so far; the simulator keeps it in its state, so that a loaded state goes on there. */
export interface RandomPosition {
  randomPosition: number;
}

/** With a seed the same values in the same order every time; without one nobody can guess them. */
export function createRandom(
  seed?: string | number,
  position: RandomPosition = { randomPosition: 0 },
): Random {
  const word = seed === undefined ? secureWord : seededWords(String(seed), position);
  const fraction = (): number => word() / 2 ** 32;
  return {
    uuid: () => toUuid([word(), word(), word(), word()]),
    digits: (length) => Array.from({ length }, () => String(Math.floor(fraction() * 10))).join(""),
    fraction,
  };
}

function secureWord(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** The n-th word follows from seed and n alone, and no two are equal before 2^32 were drawn: ids stay unique. */
function seededWords(seed: string, position: RandomPosition): () => number {
  let start = 0;
  for (const character of seed) start = scramble(start ^ (character.codePointAt(0) ?? 0));
  return () => {
    position.randomPosition += 1;
    return scramble(start + Math.imul(position.randomPosition, 0x9e3779b9));
  };
}

/** Spreads 32 bits over 32 bits, one to one (the finisher of MurmurHash3). */
function scramble(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Version 4, as `crypto.randomUUID` writes it. */
function toUuid(words: readonly number[]): string {
  const digits = words.map((word) => word.toString(16).padStart(8, "0")).join("");
  const variant = "89ab"[Number.parseInt(digits.charAt(16), 16) % 4] ?? "8";
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}
