import { readMembers, reading, refuseArgument } from "../checks/members.js";

/** What a derived key is made of. */
export interface DeriveIdempotencyKeyInput {
  /** At least 16 characters (or bytes) that only this merchant knows, so that the key cannot be guessed. */
  secret: string | Uint8Array;
  /** What identifies the operation in the merchant's records, in a fixed order: shop, order, kind, number. */
  parts: readonly string[];
}

const shortestSecret = 16;

/**
 * Derives a key from business ids: the same operation gets the same key in every process and after every restart.
 * HMAC-SHA-256 over the parts, each preceded by its length, in the form of a UUID (version 8).
 *
 * Name the operation, not the attempt: a part that changes with each attempt (a time, a random number) makes another key,
 * and so another capture.
 *
 * @throws PurseInvalidArgumentError when the secret is too short, a part is not a non-empty string, a member is unknown,
 * or a text holds half a surrogate pair: encoded, two such texts would be the same.
 *
 * @example
 * ```ts
 * import { deriveIdempotencyKey, type Purse } from "purse-payments";
 *
 * export async function captureShipment(purse: Purse, paymentId: string, orderId: string, shipment: number, amount: number) {
 *   const secret = process.env["IDEMPOTENCY_SECRET"] ?? "";
 *   const idempotencyKey = await deriveIdempotencyKey({ secret, parts: [orderId, "capture", String(shipment)] });
 *   return purse.payments.capture(paymentId, { amount }, { idempotencyKey });
 * }
 * ```
 */
export async function deriveIdempotencyKey(input: DeriveIdempotencyKeyInput): Promise<string> {
  const { secret, parts } = readMembers(input, "input", ["secret", "parts"]);
  // Before the first await: the caller may change bytes and parts afterwards.
  const rawKey = reading("secret", refuseArgument, () => encodeSecret(secret));
  const message = reading("parts", refuseArgument, () => encodeParts(parts));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", rawKey, algorithm, false, ["sign"]);
  const digest = await crypto.subtle.sign(algorithm, key, message);
  return toUuid(new Uint8Array(digest, 0, 16));
}

function encodeSecret(secret: unknown): Uint8Array<ArrayBuffer> {
  const isBytes = secret instanceof Uint8Array;
  if (typeof secret !== "string" && !isBytes) refuseArgument("secret", "must be a string or a Uint8Array.");
  const bytes = isBytes ? new Uint8Array(secret) : encodeText(secret, "secret");
  if (bytes.byteLength >= shortestSecret) return bytes;
  return refuseArgument("secret", `must have at least ${String(shortestSecret)} bytes.`);
}

/** Each part after its length, so that ["ab", "c"] and ["a", "bc"] differ. */
function encodeParts(parts: unknown): Uint8Array<ArrayBuffer> {
  if (!Array.isArray(parts) || parts.length === 0)
    refuseArgument("parts", "must be a non-empty array of strings.");
  // By index, so that a hole is noticed.
  const encoded = Array.from({ length: parts.length }, (_, index) => {
    const part: unknown = parts[index];
    const argument = `parts[${String(index)}]`;
    return typeof part === "string" && part !== ""
      ? encodeText(part, argument)
      : refuseArgument(argument, "must be a non-empty string.");
  });
  const bytes = new Uint8Array(encoded.reduce((total, part) => total + 4 + part.byteLength, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const part of encoded) {
    view.setUint32(offset, part.byteLength);
    bytes.set(part, offset + 4);
    offset += 4 + part.byteLength;
  }
  return bytes;
}

function encodeText(text: string, argument: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  // Half a surrogate pair becomes U+FFFD, whichever half it is.
  if (new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) === text) return bytes;
  return refuseArgument(argument, "must be well-formed text (it holds half a surrogate pair).");
}

function toUuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte, index) => {
    if (index === 6) return (byte & 0x0f) | 0x80;
    return index === 8 ? (byte & 0x3f) | 0x80 : byte;
  });
  const text = hex.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    "-",
  );
}
