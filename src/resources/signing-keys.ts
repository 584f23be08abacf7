import { getSigningJwks } from "../../generated/operations.js";
import type { PurseJsonWebKeySet } from "../../generated/schema.js";
import type { Caller } from "../call/execute.js";
import type { PursePromise } from "../call/purse-promise.js";
import type { RequestOptions } from "../options.js";

/** The public keys that Purse signs redirections with. */
export interface SigningKeys {
  /**
   * Lists the keys as a JSON Web Key Set, for verifying elsewhere; `redirection.verify` fetches and caches them itself.
   *
   * Sent without a token first, and with one only if the service wants it.
   *
   * Source: documented; that the endpoint is open is a guess.
   *
   * @throws PurseConnectionError, PurseTimeoutError or PurseServerError when the service cannot be reached.
   */
  list(options?: RequestOptions): PursePromise<PurseJsonWebKeySet>;
}

export function createSigningKeys(caller: Caller): SigningKeys {
  return {
    list: (options) => caller.execute({ operation: getSigningJwks, options }),
  };
}
