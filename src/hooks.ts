import type { AnyPurseError } from "./errors/union.js";
import type { OutcomeUnknownReason } from "./errors/outcome-unknown-error.js";
import type { TokenFailureReason } from "./errors/token-error.js";

/**
 * What a request is for. `call`: a method was called. `resolution` and `inspection`: an unknown outcome, or
 * `payments.inspect`. `polling`: one read of `payments.waitFor`. `signing_keys`: `redirection.verify` fetches keys.
 * `recovery`: a read within a call, to find out what became of a change. `api`: `purse.api`.
 */
export type CallPurpose =
  "call" | "resolution" | "inspection" | "polling" | "signing_keys" | "recovery" | "api";

/**
 * What every event of a call has. It never contains a body, an id other than the service's request id, or a key (unless the
 * service uses it as its request id).
 */
export interface CallEvent {
  /** A UUID, the same in all events of one call. Never sent. */
  readonly callId: string;
  /** The API's name of the operation, such as `capturePayment`. */
  readonly operation: string;
  /** HTTP method. */
  readonly method: "GET" | "POST";
  /** The path as the API describes it, such as `/payment/v2/payments/{id}`: without the id itself. */
  readonly pathTemplate: string;
  /** Scheme, host and port of the service. */
  readonly origin: string;
  /** What the request is made for. */
  readonly purpose: CallPurpose;
  /** Whether the call sends an idempotency key, and which kind. The key itself is on errors and results. */
  readonly idempotencyKey: "none" | "generated" | "given";
}

/** How an attempt ended. `not_sent`: provably, nothing was sent. */
export type AttemptOutcome =
  "answered" | "unreadable_answer" | "not_sent" | "connection_lost" | "timeout" | "aborted" | "deadline";

/** One request has ended. `operation` and `purpose` are the request's own, see `recovery`. */
export interface AttemptEndEvent extends CallEvent {
  /** Counts the requests of the call, from 1. */
  readonly attempt: number;
  /** How the attempt ended. */
  readonly outcome: AttemptOutcome;
  /** Milliseconds on the monotonic clock, body included. */
  readonly durationMs: number;
  /** HTTP status, if there was an answer. */
  readonly status?: number;
  /** The service's id for the request. */
  readonly requestId?: string;
  /** Code or name of the failure if there was no answer, such as `ECONNRESET`. */
  readonly failure?: string;
}

/** Why a request is sent again. `in_progress`: the service is still working on the first one. */
export type RetryReason = "transient" | "throttled" | "in_progress" | "unauthorized" | "no_token";

/** The call goes on after a pause. */
export interface RetryEvent extends CallEvent {
  /** How many requests have been sent so far. */
  readonly attempt: number;
  /** Why the request is sent again. */
  readonly reason: RetryReason;
  /** The wait before it, in milliseconds. */
  readonly delayMs: number;
  /** How long the service asked to wait, if it did. */
  readonly retryAfterMs?: number;
}

/** A token request ended. It serves all calls that wait for a token, so it belongs to none of them. */
export interface TokenRequestEvent {
  /** Scheme, host and port of the token endpoint. */
  readonly origin: string;
  /** `granted`, or why there is no token. */
  readonly outcome: "granted" | TokenFailureReason;
  /** How long the request took, in milliseconds. */
  readonly durationMs: number;
  /** HTTP status of a refusal. */
  readonly status?: number;
  /** How long the token is valid, in milliseconds. */
  readonly lifetimeMs?: number;
}

/**
 * How a call ended: `done` (a read), `created` (this call made the change), `recovered` (an earlier attempt or call with the
 * key had made it), or the `code` of the error that it rejects with; `unexpected` for an error that is not of this package.
 */
export type CallOutcome = "done" | "created" | "recovered" | AnyPurseError["code"] | "unexpected";

/** The call has ended; its promise settles right after. */
export interface CallEndEvent extends CallEvent {
  /** How the call ended. */
  readonly outcome: CallOutcome;
  /** Why the outcome is unknown, or why there was no token. */
  readonly reason?: OutcomeUnknownReason | TokenFailureReason;
  /** API requests of the call, as `attempts` on its result or error: with the reads of a recovery, without token requests. */
  readonly attempts: number;
  /** From start to end, waits included. */
  readonly durationMs: number;
  /** HTTP status of the last answer, if there was one. */
  readonly status?: number;
  /** The service's id for the last request, if it gave one. */
  readonly requestId?: string;
}

/**
 * Functions that the client calls about what it does. They are called synchronously and not awaited. What they throw or
 * reject with is ignored and cannot change a call. Calls whose arguments are refused are not reported.
 *
 * @example
 * ```ts
 * import { Purse, type PurseHooks } from "purse-payments";
 *
 * const counts = new Map<string, number>();
 * const counting: PurseHooks = {
 *   onCallEnd({ operation, outcome }) {
 *     const name = `${operation} ${outcome}`;
 *     counts.set(name, (counts.get(name) ?? 0) + 1);
 *   },
 * };
 * const purse = new Purse({ environment: "sandbox", hooks: counting });
 * ```
 */
export interface PurseHooks {
  /** A call starts: its arguments are good, and nothing is sent yet. */
  onCallStart?(event: CallEvent): unknown;
  /** One request of a call was answered, or will not be. */
  onAttemptEnd?(event: AttemptEndEvent): unknown;
  /** A call is about to wait, and to send its request again. */
  onRetry?(event: RetryEvent): unknown;
  /** A token request ended. */
  onTokenRequest?(event: TokenRequestEvent): unknown;
  /** A call is over. */
  onCallEnd?(event: CallEndEvent): unknown;
}

/**
 * Where log lines go: `console`, a winston logger, or anything with these functions. `error`: an unknown outcome, or
 * a token endpoint that refuses credentials or request. `warn`: another failure, or a retry. `info`: a recovery, a replaced token, a wait for a request
 * that is still in progress, or an abort. `debug`: the rest.
 *
 * A pino logger takes its arguments the other way round: `{ warn: (message, facts) => pino.warn(facts, message), … }`.
 */
export interface PurseLogger {
  /** Requests, answers and ended calls that need no attention. */
  debug?(message: string, facts: object): unknown;
  /** Recoveries, replaced tokens, aborts, and requests that the service still works on. */
  info?(message: string, facts: object): unknown;
  /** Failed calls, and retries. */
  warn?(message: string, facts: object): unknown;
  /** Unknown outcomes, and a token endpoint that refuses credentials or request. */
  error?(message: string, facts: object): unknown;
}
