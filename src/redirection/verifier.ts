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

/** Options of `verify`. Unknown members are refused. */
export interface VerifyOptions {
  /**
   * Id of the client session that the shopper was sent to pay; tokens of other sessions are refused. Omit it to accept any
   * session. An empty or undefined id is refused, because it means that your own id was lost.
   */
  clientSessionId?: string;
}

/** Verifies return addresses, with a cache of the signing keys. */
export interface RedirectionVerifier {
  /**
   * Verifies the signed token that Purse appends to `shopper_redirection_url` and returns its claims.
   *
   * @param input the URL, `req.url`, a query, `URLSearchParams`, a request (of the platform or a framework) or the token
   * itself.
   * @throws PurseRedirectionError when the token is not genuine or belongs to another session; `reason` says why.
   * `keys_unavailable` means that the token could not be checked.
   * @throws PurseInvalidArgumentError when `options` is not a plain object or has an unknown member.
   */
  verify(input: RedirectionInput, options?: VerifyOptions): Promise<RedirectionClaims>;
}

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

/** An empty or misspelt expectation is refused. Treated as absent, it would let in tokens of any session. */
function expectedSession(options: unknown): string | undefined {
  if (options === undefined) return undefined;
  const expected = readMembers(options, "options", ["clientSessionId"]);
  if (!("clientSessionId" in expected)) return undefined;
  const { clientSessionId: id } = expected;
  if (typeof id === "string" && id !== "") return id;
  throw new PurseRedirectionError(
    "session_missing",
    "clientSessionId is empty. Pass the id of the session that the shopper was sent to pay, or omit it.",
  );
}

/** @returns the payload, if one of the keys signed it */
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
  throw new PurseRedirectionError(
    "key_unknown",
    "The token names a key that is not in the service's key set.",
  );
}
