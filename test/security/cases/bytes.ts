/** Bytes, base64url and large numbers with web standards only, so that the cases run in every runtime. */

export type Bytes = Uint8Array<ArrayBuffer>;

export function toBytes(content: unknown): Bytes {
  if (content instanceof Uint8Array) return new Uint8Array(content);
  return new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
}

/** Base64url of bytes or text as they are, and of anything else as JSON. */
export function base64Url(content: unknown): string {
  const binary = Array.from(toBytes(content), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromBase64Url(text: string): Bytes {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The number's bytes, big end first, filled up in front. */
export function fromNumber(value: bigint, length: number): Bytes {
  const hex = value.toString(16).padStart(length * 2, "0");
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The largest number whose cube is not above `value`. */
export function cubeRoot(value: bigint): bigint {
  let root = 0n;
  for (let bit = BigInt(Math.ceil(value.toString(2).length / 3)); bit >= 0n; bit--) {
    const next = root | (1n << bit);
    if (next * next * next <= value) root = next;
  }
  return root;
}
