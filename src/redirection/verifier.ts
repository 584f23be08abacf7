import { compactVerify } from "jose/jws/compact/verify";
import type { RedirectionClaims } from "../../generated/schema.js";
import type { Clock } from "../clock.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";
import { readMembers } from "../checks/members.js";
import { algorithm } from "./algorithm.js";
import { readClaims } from "./claims.js";
import { createKeySet, type KeySet, type KeySetParts } from "./key-set.js";
import type { VerificationKey } from "./public-keys.js";
import { readKeyId } from "./token-header.js";
import { findToken, type RedirectionInput } from "./token-input.js";

/** What a redirection is checked against. Anything but a plain object with this member is refused. */
export interface VerifyOptions {
  /**
   * Id of the session the shopper was sent out with; a genuine token of another session is refused. Leave the member
   * out to accept any session; an id that is there but missing its value is refused, because it means that yours
   * was lost on the way.
   */
  clientSessionId?: string;
}

export interface RedirectionVerifier {
  /**
   * Checks the signed token that Purse appends to `shopper_redirection_url`, and gives its claims.
   *
   * @param input the URL, `req.url`, a query, `URLSearchParams`, a request (each also of a framework's own class) or the bare
   * token.
   * @throws PurseRedirectionError when the token is not genuine, or belongs to another session; `reason` says why.
   * With `keys_unavailable` there are no keys to check it with, and nothing is said about the token.
   * @throws PurseInvalidArgumentError when `options` is no plain object, or has a member that is not known.
   */
  verify(input: RedirectionInput, options?: VerifyOptions): Promise<RedirectionClaims>;
}

/** A verifier whose keys are fetched when needed and kept. */
export function createFetchingVerifier(parts: KeySetParts): RedirectionVerifier {
  return createVerifier(createKeySet(parts), parts.clock);
}

export function createVerifier(keys: KeySet, clock: Clock): RedirectionVerifier {
  return {
    async verify(input, options) {
      const expected = expectedSession(options);
      const token = findToken(input);
      const candidates = await keys.find(readKeyId(token));
      const claims = readClaims(await verifySignature(token, candidates), clock.wallMs());
      if (expected !== undefined && claims.client_session_id !== expected) {
        throw new PurseRedirectionError(
          "other_session",
          "The token is genuine, but belongs to another client session.",
        );
      }
      return claims;
    },
  };
}

/** An expectation without a value, or under a misspelt name, must not pass for none: any session's token would be let in. */
function expectedSession(options: unknown): string | undefined {
  if (options === undefined) return undefined;
  const expected = readMembers(options, "options", ["clientSessionId"]);
  if (!("clientSessionId" in expected)) return undefined;
  const { clientSessionId: id } = expected;
  if (typeof id === "string" && id !== "") return id;
  throw new PurseRedirectionError(
    "session_missing",
    "clientSessionId was given without a value. Look up the session you sent the shopper out with, or leave it out.",
  );
}

/** The payload, if one of the keys signed it. */
async function verifySignature(token: string, candidates: readonly VerificationKey[]): Promise<Uint8Array> {
  let name: string | undefined;
  for (const key of candidates) {
    try {
      return (await compactVerify(token, key, { algorithms: [algorithm] })).payload;
    } catch (error) {
      name = error instanceof Error ? error.name : "Error";
    }
  }
  if (name !== undefined)
    throw new PurseRedirectionError("signature_invalid", "The token's signature does not match.", { name });
  throw new PurseRedirectionError("key_unknown", "The token names a key that the service does not list.");
}
