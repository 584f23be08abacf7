import { getSigningJwks } from "../../generated/operations.js";
import { redirectionParameter } from "../../generated/redirection.js";
import type { RedirectionClaims } from "../../generated/schema.js";
import type { Clock } from "../clock.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";
import type { Caller } from "../call/execute.js";
import { onDemand } from "../call/on-demand.js";
import { copyMembers } from "../checks/members.js";
import type { RedirectionInput } from "../redirection/token-input.js";
import type { RedirectionVerifier, VerifyOptions } from "../redirection/verifier.js";

/** The URL on which the shopper comes back. */
export interface Redirection {
  /**
   * Verifies the signed token that Purse appends to `shopper_redirection_url`, and returns its claims.
   *
   * A genuine token does not mean a paid order. It says what Purse knew when the shopper left: check
   * `authorization_status`. It has no expiry and no audience, so anyone with the URL can present it again later:
   * pass `clientSessionId`, and read the payment before you ship.
   *
   * Source: parameter, claims and key set are documented; the algorithm (RS256) is inferred from the keys.
   *
   * @param input the URL, `req.url`, a query, `URLSearchParams`, a request (each also of a framework's own class) or the bare
   * token.
   * @throws PurseRedirectionError when the token is not genuine, or belongs to another session; `reason` says why.
   * With `keys_unavailable` the signing keys could not be fetched (or the code that checks tokens not loaded), and
   * nothing is said about the token.
   * @throws PurseInvalidArgumentError when `options` is no plain object, or has a member that is not known.
   *
   * @example
   * ```ts
   * import { Purse } from "purse-payments";
   *
   * const purse = new Purse({ environment: "sandbox" });
   *
   * export async function returnPage(requestUrl: string, clientSessionId: string): Promise<string> {
   *   const claims = await purse.redirection.verify(requestUrl, { clientSessionId });
   *   if (claims.payment_id === undefined) return "not paid";
   *   const { authorization } = await purse.payments.retrieve(claims.payment_id);
   *   if (authorization.status === "AUTHORIZED") return "thank you";
   *   return ["REFUSED", "ABORTED", "ERROR"].includes(authorization.status) ? "not paid" : "we are checking";
   * }
   * ```
   */
  verify(input: RedirectionInput, options?: VerifyOptions): Promise<RedirectionClaims>;
}

export function createRedirection(caller: Caller, clock: Clock): Redirection {
  // Loaded on first use: most programs never verify, and jose is large.
  const load = onDemand(async (): Promise<RedirectionVerifier> => {
    const { createFetchingVerifier } = await import("../redirection/verifier.js");
    const options = { maxRetries: 0, timeoutMs: 5000 };
    return createFetchingVerifier({
      clock,
      timeoutMs: options.timeoutMs,
      fetchKeys: () => caller.execute({ operation: getSigningJwks, options, purpose: "signing_keys" }),
    });
  });
  return {
    async verify(input, options) {
      // Before the first await: the caller may change them afterwards.
      const address = copyInput(input);
      const expected = options === undefined ? undefined : copyMembers(options, "options");
      const verifier = await load().catch(() => {
        throw new PurseRedirectionError(
          "keys_unavailable",
          "The code that verifies tokens could not be loaded, so the token was not checked.",
        );
      });
      return verifier.verify(address, expected);
    },
  };
}

/** Copies what the caller could change. Anything else is left for the verifier to accept or refuse. */
function copyInput(input: unknown): RedirectionInput {
  let copy = input;
  try {
    const { url = input, searchParams = input } = input as { url?: unknown; searchParams?: unknown };
    const address = typeof url === "string" ? url : (url as Partial<URL>).href;
    if (typeof address === "string") copy = { href: address };
    else {
      const tokens: unknown = (searchParams as URLSearchParams).getAll(redirectionParameter);
      // Anything but a list is left for the verifier to refuse.
      if (Array.isArray(tokens)) {
        const copied: string[] = [...(tokens as string[])]; // Checked by the verifier.
        const text = String(searchParams); // Its length is checked.
        copy = { getAll: () => copied, toString: () => text };
      }
    }
  } catch {
    // A getter or a proxy throws, or it is something else.
  }
  return copy as RedirectionInput; // Looked at by the verifier.
}
