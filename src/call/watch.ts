import type { AnyPurseError } from "../errors/union.js";
import type { RetryReason } from "../hooks.js";
import type { ExchangeResult } from "../http/exchange.js";
import type { PreparedCall } from "./prepare.js";

/** Reports what happens to one call to hooks and logger. */
export interface CallWatch {
  /** A request goes out; the returned function is told how it ended. */
  readonly attempt: (call: PreparedCall) => (result: ExchangeResult) => void;
  readonly retry: (reason: RetryReason, delayMs: number, retryAfterMs: number | undefined) => void;
  readonly succeed: (result: Watched) => void;
  readonly fail: (error: unknown) => void;
}

/** What is reported of a call's result. */
export interface Watched {
  readonly response: { readonly status: number };
  readonly requestId?: string;
  readonly idempotency?: "created" | "recovered";
  /** Of an answer that is a result of `purse.api`, and would be an error of any method. */
  readonly failureCode?: AnyPurseError["code"];
}
