import type { TokenCache } from "../auth/token-cache.js";
import type { Clock } from "../clock.js";
import { createAccessToken } from "../../generated/operations.js";
import type { AccessToken } from "../../generated/schema.js";
import { checkOptions, checkSignal } from "../call/prepare.js";
import { interruptible, Interruption, startDeadline } from "../http/interruption.js";
import { checkDurationMs } from "../checks/options.js";
import { redactorForBody } from "../call/redact.js";
import { toError } from "../call/to-error.js";
import { refuseArgument } from "../checks/members.js";
import type { RequestOptions } from "../options.js";

/** The client's own access token, for calling services that this package does not cover. */
export interface AccessTokens {
  /**
   * The token the client itself uses now; asked for only if there is none. Handle it as a secret.
   *
   * Source: the request is documented; its address and how credentials travel are guesses, see `tokenUrl` and
   * `clientAuthentication`.
   *
   * @param options end the wait for a token; the request for it goes on, because others may wait for it as well.
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

export function createAccessTokens(
  tokens: TokenCache,
  clock: Clock,
  standardDeadlineMs: number,
): AccessTokens {
  return {
    async retrieve(given) {
      const { signal, deadlineMs = standardDeadlineMs } = checkOptions(given, ["signal", "deadlineMs"]);
      checkDurationMs(deadlineMs, "options.deadlineMs", refuseArgument);
      const deadline = startDeadline(clock, deadlineMs, checkSignal(signal));
      try {
        const value = await interruptible(deadline, undefined, () => tokens.get());
        return {
          access_token: value,
          token_type: "Bearer",
          expires_in: Math.floor(tokens.remainingMs() / 1000),
        };
      } catch (error) {
        if (!(error instanceof Interruption)) throw error;
        const reason = error.reason === "aborted" ? "aborted" : "deadline";
        throw toError(
          { kind: "interrupted", reason, mayHaveLeft: false },
          createAccessToken,
          {},
          redactorForBody(String),
        );
      }
    },
  };
}
