import type { WebhookHeader } from "../../../generated/schema.js";
import { PurseInvalidArgumentError } from "../../errors/invalid-argument-error.js";
import { readMembers } from "../../checks/members.js";

/** Name of the header that carries the secret, unless another is chosen. */
export const defaultSecretHeader = "x-purse-webhook-secret";

const shortestSecret = 16;
const longestSecret = 1024;

/** Headers that describe the connection or the body: the sender sets them itself, or cannot send them. */
const unsettable: readonly string[] = [
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/** What a secret header is made of. */
export interface WebhookSecretHeaderInput {
  /** At least 16 visible ASCII characters that cannot be guessed, for example from `crypto.randomUUID()`. */
  secret: string;
  /**
   * Name of the header that carries it; the receiver needs the same.
   * @defaultValue `"x-purse-webhook-secret"`
   */
  headerName?: string | undefined;
}

/**
 * The entry for `webhook.headers` that makes Purse send the secret along with each notification, so that the receiver
 * can tell Purse from others. Notifications are not signed; this is the proof of origin.
 *
 * Source: that Purse sends the merchant's headers along is shown by examples; their use as a secret is our own.
 *
 * @returns a header with one value.
 * @throws PurseInvalidArgumentError when the secret is too short, or cannot stand in a header as it is, or a member is
 * not known.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { createWebhookSecretHeader } from "purse-payments/webhooks";
 *
 * export function openSession(purse: Purse, secret: string) {
 *   return purse.clientSessions.create({
 *     amount: 4299,
 *     currency: "EUR",
 *     shopper_redirection_url: "https://shop.example/return",
 *     order: { reference: "order-1", net_amount: 4299 },
 *     webhook: { url: "https://shop.example/purse", headers: [createWebhookSecretHeader({ secret })] },
 *   });
 * }
 * ```
 */
export function createWebhookSecretHeader(input: WebhookSecretHeaderInput): WebhookHeader {
  const { secret, headerName } = readMembers(input, "input", ["secret", "headerName"]);
  return { name: checkHeaderName(headerName, "headerName"), values: [checkSecret(secret, "secret")] };
}

export function checkHeaderName(name: unknown, argument: string): string {
  if (name === undefined) return defaultSecretHeader;
  if (typeof name !== "string" || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
    throw new PurseInvalidArgumentError(argument, "must be a valid header name.");
  }
  if (!unsettable.includes(name.toLowerCase())) return name;
  throw new PurseInvalidArgumentError(argument, "must not be a header of the connection or of the body.");
}

export function checkSecrets(secrets: unknown): readonly string[] {
  if (!Array.isArray(secrets) || secrets.length === 0) {
    throw new PurseInvalidArgumentError("options.secrets", "must be a non-empty array of strings.");
  }
  return (secrets as unknown[]).map((secret, index) =>
    checkSecret(secret, `options.secrets[${String(index)}]`),
  );
}

/** No blanks and no other characters: headers are trimmed and re-encoded on the way. Never quotes the secret. */
function checkSecret(secret: unknown, argument: string): string {
  if (typeof secret !== "string" || !/^[\x21-\x7e]*$/.test(secret)) {
    throw new PurseInvalidArgumentError(argument, "must be a string of visible ASCII without blanks.");
  }
  if (secret.length >= shortestSecret && secret.length <= longestSecret) return secret;
  const range = `${String(shortestSecret)} to ${String(longestSecret)}`;
  throw new PurseInvalidArgumentError(argument, `must have ${range} characters.`);
}

/**
 * Whether a header's value is one of the secrets. All are compared, by their hashes, to the end: the time taken tells
 * neither how long a secret is, nor how much of it was right, nor which of them it was.
 */
export async function isSecret(given: string | null, secrets: readonly string[]): Promise<boolean> {
  const [actual, ...expected] = await Promise.all([hash(given ?? ""), ...secrets.map(hash)]);
  let matches = 0;
  for (const digest of expected) matches |= Number(isSameDigest(actual, digest));
  return matches === 1;
}

async function hash(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function isSameDigest(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.byteLength ^ other.byteLength;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}
