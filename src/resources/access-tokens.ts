import type { TokenCache } from "../auth/token-cache.js";
import type { AccessToken } from "../../generated/schema.js";

/** The client's own access token, for calling services that this package does not cover. */
export interface AccessTokens {
  /**
   * The token the client itself uses now; asked for only if there is none. Handle it as a secret.
   *
   * @throws PurseTokenError when the credentials are refused or the token endpoint cannot be reached.
   *
   * Source: the request is documented; its address and how credentials travel are guesses, see `tokenUrl` and
   * `clientAuthentication`.
   */
  retrieve(): Promise<AccessToken>;
}

export function createAccessTokens(tokens: TokenCache): AccessTokens {
  return {
    async retrieve() {
      const value = await tokens.get();
      return {
        access_token: value,
        token_type: "Bearer",
        expires_in: Math.floor(tokens.remainingMs() / 1000),
      };
    },
  };
}
