/** A token as the cache keeps it. */
export interface AccessTokenGrant {
  readonly value: string;
  /** How long the token is good, counted from before it was asked for. */
  readonly lifetimeMs: number;
}

/** A token with the rest of its life, and the time until it may be renewed early: negative when that has begun. */
export interface FreshToken extends AccessTokenGrant {
  readonly freshMs: number;
}

const defaultLifetimeSeconds = 300;
const longestLifetimeSeconds = 24 * 60 * 60;
/** No token is trusted for longer, whatever its issuer says. */
export const longestLifetimeMs: number = longestLifetimeSeconds * 1000;

/** What is wrong with a token endpoint's successful answer. */
export type GrantFault = "access_token missing or unusable" | "token_type is not Bearer";

/**
 * Reads a token endpoint's answer. `expires_in` is only recommended by RFC 6749, and seen in the wild missing, as
 * text, zero, negative and huge: missing or unreadable counts as five minutes, zero and less as good for one use.
 */
export function readGrant(answer: Record<string, unknown>): AccessTokenGrant | GrantFault {
  const { access_token: value, token_type: type, expires_in: expiresIn } = answer;
  // Only characters that may stand in an Authorization header (RFC 6750); anything else would be altered or throw.
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) return "access_token missing or unusable";
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
