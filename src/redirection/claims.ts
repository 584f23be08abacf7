import type { RedirectionClaims } from "../../generated/schema.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";

const requiredClaims = [
  "client_session_id",
  "client_session_status",
] as const satisfies (keyof RedirectionClaims)[];
const optionalClaims = ["payment_id", "authorization_status"] as const satisfies (keyof RedirectionClaims)[];
/** Allowed clock skew. */
const toleranceSeconds = 60;

/** Checks the signed payload: the documented claims must be strings, and `exp` and `nbf`, if present, must hold. */
export function readClaims(payload: Uint8Array, nowMs: number): RedirectionClaims {
  const claims = parseObject(payload);
  dropNullAndProto(claims);
  for (const name of requiredClaims) {
    if (typeof claims[name] !== "string" || claims[name] === "") refuse(`${name} is missing or not a string`);
  }
  for (const name of optionalClaims) {
    if (claims[name] !== undefined && typeof claims[name] !== "string") refuse(`${name} is not a string`);
  }
  checkPeriod(claims, nowMs / 1000);
  return claims as Record<string, unknown> & RedirectionClaims; // Checked member by member above.
}

function parseObject(payload: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload));
  } catch {
    return refuse("the payload is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse("the payload is not an object");
  return value as Record<string, unknown>; // An object from JSON.parse has string keys.
}

/**
 * Null is treated as absent. A claim named `__proto__` would become the prototype of an object that the claims are
 * copied into.
 */
function dropNullAndProto(claims: Record<string, unknown>): void {
  for (const name of Object.keys(claims)) {
    if (claims[name] === null || name === "__proto__") Reflect.deleteProperty(claims, name);
  }
}

function checkPeriod(claims: Record<string, unknown>, nowSeconds: number): void {
  const { exp, nbf } = claims;
  if (exp !== undefined && (typeof exp !== "number" || exp + toleranceSeconds <= nowSeconds)) {
    throw new PurseRedirectionError("not_current", "The token has expired.");
  }
  if (nbf !== undefined && (typeof nbf !== "number" || nbf - toleranceSeconds > nowSeconds)) {
    throw new PurseRedirectionError("not_current", "The token is not valid yet.");
  }
}

function refuse(what: string): never {
  throw new PurseRedirectionError(
    "claims_invalid",
    `The token is signed, but its claims are not as documented: ${what}.`,
  );
}
