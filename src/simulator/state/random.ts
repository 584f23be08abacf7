/** Source of ids, references and codes. */
export interface Random {
  uuid(): string;
  /** A string of random digits. */
  digits(length: number): string;
  /** At least 0 and less than 1. */
  fraction(): number;
}

/** How many words a seeded source has drawn; part of the state, so that a loaded state continues the sequence. */
export interface RandomPosition {
  randomPosition: number;
}

/** Repeatable with a seed, cryptographically random without one. */
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

/** The n-th word depends only on seed and n, and none repeats within 2^32 draws, so that ids stay unique. */
function seededWords(seed: string, position: RandomPosition): () => number {
  let start = 0;
  for (const character of seed) start = scramble(start ^ (character.codePointAt(0) ?? 0));
  return () => {
    position.randomPosition += 1;
    return scramble(start + Math.imul(position.randomPosition, 0x9e3779b9));
  };
}

/** The 32-bit finalizer of MurmurHash3, a bijection. */
function scramble(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Version 4, in the format of `crypto.randomUUID`. */
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
