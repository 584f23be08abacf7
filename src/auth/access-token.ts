import { isVisibleAscii } from "../checks/values.js";

/** A token as the cache keeps it. */
export interface AccessTokenGrant {
  readonly value: string;
  /** How long the token is valid, counted from before it was requested. */
  readonly lifetimeMs: number;
}

/** A token with its remaining lifetime, and the time until early renewal may begin: negative once it may. */
export interface FreshToken extends AccessTokenGrant {
  readonly freshMs: number;
}

const defaultLifetimeSeconds = 300;
const longestLifetimeSeconds = 24 * 60 * 60;
/** A longer `expires_in` is cut to this. */
export const longestLifetimeMs: number = longestLifetimeSeconds * 1000;

/** What is wrong with a token endpoint's successful answer. */
export type GrantFault = "access_token missing or unusable" | "token_type is not Bearer";

/**
 * Reads a token endpoint's answer. `expires_in` is only recommended by RFC 6749. In practice it can be missing,
 * text, zero, negative or huge: missing or unreadable counts as five minutes, zero or less as valid for one use.
 */
export function readGrant(answer: Record<string, unknown>): AccessTokenGrant | GrantFault {
  const { access_token: value, token_type: type, expires_in: expiresIn } = answer;
  // Only characters allowed in an Authorization header (RFC 6750); others would be altered or throw.
  if (typeof value !== "string" || !isVisibleAscii(value)) return "access_token missing or unusable";
  if (typeof type !== "string" || type.toLowerCase() !== "bearer") return "token_type is not Bearer";
  return { value, lifetimeMs: lifetimeSeconds(expiresIn) * 1000 };
}

function lifetimeSeconds(expiresIn: unknown): number {
  const isNumeric =
    typeof expiresIn === "number" || (typeof expiresIn === "string" && /^-?\d+(\.\d+)?$/.test(expiresIn));
  const seconds = isNumeric ? Number(expiresIn) : Number.NaN;
  if (Number.isNaN(seconds)) return defaultLifetimeSeconds;
  return Math.min(Math.max(seconds, 0), longestLifetimeSeconds);
}
