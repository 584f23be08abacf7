import type { AccessToken } from "../../generated/schema.js";
import type { Caller } from "../call/execute.js";
import { checkDeadlineAndSignal } from "../call/prepare.js";
import type { RequestOptions } from "../options.js";

/** The client's own access token, for services that this package does not cover. */
export interface AccessTokens {
  /**
   * The token that the client is using; requested only if there is none. Handle it as a secret.
   *
   * Source: the request is documented; its address and how credentials travel are guesses, see `tokenUrl` and
   * `clientAuthentication`.
   *
   * @param options limit the wait for a token. The request itself goes on, because other calls may wait for it.
   * @throws PurseTokenError when the credentials are refused or the token endpoint cannot be reached.
   * @throws PurseTimeoutError when there is no token within `deadlineMs` (the client's by default), PurseAbortError when
   * `signal` ended the wait.
   *
   * @example
   * ```ts
   * import type { Purse } from "purse-payments";
   *
   * export async function authorization(purse: Purse): Promise<string> {
   *   const { token_type, access_token } = await purse.accessTokens.retrieve({ deadlineMs: 5000 });
   *   return `${token_type} ${access_token}`;
   * }
   * ```
   */
  retrieve(options?: Pick<RequestOptions, "signal" | "deadlineMs">): Promise<AccessToken>;
}

export function createAccessTokens(caller: Caller, standardDeadlineMs: number): AccessTokens {
  return {
    async retrieve(options) {
      const { deadlineMs, signal } = checkDeadlineAndSignal(options, standardDeadlineMs);
      return (await caller.engine("accessTokens.retrieve")).retrieveToken(deadlineMs, signal);
    },
  };
}
