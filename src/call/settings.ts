import type { TokenRequestSettings } from "../auth/token-request.js";
import type { TokenStore } from "../auth/token-store.js";
import type { Clock } from "../clock.js";
import type { PurseHooks, PurseLogger } from "../hooks.js";
import type { JsonObject } from "../http/response-body.js";

/** A client's options after checking, with every default filled in. */
export interface Settings extends TokenRequestSettings {
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

/** What the client takes from its surroundings; replaced in tests. */
export interface Runtime {
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}
