import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { CompactSign, exportJWK } from "jose";

/** A key pair such as the service signs redirections with. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** The entry in the key set, with nothing but what the documentation shows. */
  readonly entry: { readonly kty: string; readonly kid: string; readonly n: string; readonly e: string };
}

export async function signingKey(
  kid: string,
  { modulusLength = 2048, publicExponent = 65_537 } = {},
): Promise<SigningKey> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength, publicExponent });
  const { n = "", e = "" } = await exportJWK(publicKey);
  return { kid, privateKey, entry: { kty: "RSA", kid, n, e } };
}

export const goodClaims = {
  client_session_id: "session-1",
  client_session_status: "COMPLETED",
  payment_id: "payment-1",
  authorization_status: "AUTHORIZED",
} as const;

export async function signToken(
  key: SigningKey,
  claims: unknown = goodClaims,
  header: Record<string, unknown> = {},
): Promise<string> {
  const payload = typeof claims === "string" ? claims : JSON.stringify(claims);
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: "RS256", kid: key.kid, ...header })
    .sign(key.privateKey);
}

export function base64Url(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

/** The parts of a token. */
export function partsOf(token: string): { header: string; payload: string; signature: string } {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return { header, payload, signature };
}
