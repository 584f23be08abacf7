import type { TokenRequestSettings } from "../auth/token-request.js";
import type { TokenStore } from "../auth/token-store.js";
import type { Clock } from "../clock.js";
import type { FetchLike } from "../http/fetch-like.js";
import type { PurseHooks, PurseLogger } from "../hooks.js";
import type { JsonObject } from "../http/response-body.js";

/** A client's options after checking, with every default filled in. */
export interface Settings extends Omit<TokenRequestSettings, "fetch"> {
  /** The runtime's own, if it is undefined. */
  readonly fetch: FetchLike | undefined;
  readonly entityId: string | undefined;
  /** Members for the bodies of what a shopper pays. */
  readonly standard: JsonObject;
  readonly tokenStore: TokenStore | undefined;
  readonly hooks: readonly PurseHooks[];
  readonly logger: PurseLogger | undefined;
  readonly limits: Limits;
}

/** What a call may set for itself. */
export interface Limits {
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly maxRetries: number;
}

/** Clock and random numbers; replaced in tests. */
export interface Runtime {
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}
