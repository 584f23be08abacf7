import { defined } from "../defined.js";
import { isControlFlow } from "../errors/control-flow.js";
import { PurseTokenError } from "../errors/token-error.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import type { PurseErrorFacts, SafeCause } from "../errors/purse-error.js";
import { requestIdOf } from "./error-details.js";
import type { PreparedCall } from "./prepare.js";
import { exchange, type ExchangeResult, type FetchRequest } from "../http/exchange.js";
import { toSafeCause } from "../http/failure.js";
import { interruptible, Interruption, pause, remainingMs, type Deadline } from "../http/interruption.js";
import type { PurseResponse } from "./purse-promise.js";
import type { JsonObject } from "../http/response-body.js";
import { parseRetryAfterMs } from "../http/retry-after.js";
import { backoffMs, longestObeyedWaitMs, type RetryKind } from "./retry.js";
import type { Services } from "./services.js";
import { judge, type Verdict } from "./verdict.js";
import type { CallWatch } from "./watch.js";

/** How a call ended, before it is turned into a result or an error. */
export type CallEnd =
  | { readonly kind: "done"; readonly answer: JsonObject; readonly response: ResponseFacts }
  | { readonly kind: "key_used"; readonly resourceId: string | undefined; readonly result: ExchangeResult }
  | { readonly kind: "failed"; readonly result: ExchangeResult }
  | { readonly kind: "no_token"; readonly error: PurseTokenError };

export type ResponseFacts = Omit<PurseResponse<unknown>, "data">;

/** What has happened in a call so far. */
export interface Progress {
  attempts: number;
  retriesTaken: RetryKind[];
  reauthenticated: boolean;
  usedToken: boolean;
  /** Why an attempt may have taken effect although no usable answer came back. */
  doubt: OutcomeUnknownReason | undefined;
  /** The failure of the last attempt that left doubt and has a cause; else of the first attempt that has one. */
  doubtCause: SafeCause | undefined;
  retryAfterMs: number | undefined;
}

type AttemptResult = ExchangeResult | { readonly kind: "no_token"; readonly error: PurseTokenError };

/** A call in progress. */
export interface Run {
  readonly services: Services;
  readonly call: PreparedCall;
  readonly deadline: Deadline;
  readonly progress: Progress;
  readonly watch: CallWatch | undefined;
}

/** Starts a call. One that reads what another did shares that one's deadline and watch. */
export function startRun(call: PreparedCall, shared: Pick<Run, "services" | "deadline" | "watch">): Run {
  const progress: Progress = {
    attempts: 0,
    retriesTaken: [],
    reauthenticated: false,
    usedToken: call.operation.authentication === "token",
    doubt: call.doubt,
    doubtCause: undefined,
    retryAfterMs: undefined,
  };
  const { services, deadline, watch } = shared;
  return { services, call, deadline, progress, watch };
}

/** Sends attempts until a final answer arrives or no further attempt is allowed. Never rejects. */
export async function sendWithRetries(run: Run): Promise<CallEnd> {
  const { services, call, progress, watch } = run;
  for (;;) {
    const { result, token } = await attempt(run);
    progress.retryAfterMs = retryAfterOf(result, services);
    const verdict = judgeAttempt(result, call, progress);
    const cause = "cause" in result ? result.cause : undefined;
    if ("doubt" in verdict) {
      progress.doubt = verdict.doubt;
      progress.doubtCause = cause ?? progress.doubtCause;
    } else progress.doubtCause ??= cause;
    if (token !== undefined && result.kind === "answer" && result.status === 401) {
      services.tokens.invalidate(token);
    }
    switch (verdict.action) {
      case "succeed":
        if (token !== undefined) services.tokens.accept(token);
        return succeed(run, result);
      case "recover":
        return { kind: "key_used", resourceId: verdict.resourceId, result: result as ExchangeResult };
      case "reauthenticate":
        // With zero retries nothing is repeated. The first attempt with a token does not count as a repeat.
        if (call.limits.maxRetries === 0 && progress.usedToken) return failed(result);
        watch?.retry("unauthorized", 0, undefined);
        progress.reauthenticated = true;
        progress.usedToken = true;
        continue;
      case "fail":
        return failed(result);
      case "retry": {
        const end = await waitForRetry(run, result, verdict.kind);
        if (end !== undefined) return failed(end);
      }
    }
  }
}

async function attempt(run: Run): Promise<{ result: AttemptResult; token: string | undefined }> {
  const { services, call, deadline, progress, watch } = run;
  let token: string | undefined;
  let request: FetchRequest;
  try {
    if (progress.usedToken) token = services.tokens.fresh() ?? (await waitForToken(run));
  } catch (error) {
    return { token, result: withoutToken(error) };
  }
  try {
    request = await services.buildRequest(call, token);
  } catch (error) {
    return { token, result: { kind: "not_sent", cause: toSafeCause(error) } };
  }
  const tellEnd = watch?.attempt(call);
  const result = await exchange(services.fetch, request, deadline, call.limits.timeoutMs);
  if (result.kind !== "interrupted" || result.mayHaveLeft) progress.attempts += 1;
  tellEnd?.(result);
  return { token, result };
}

function waitForToken({ services, deadline }: Run): Promise<string> {
  return interruptible(deadline, undefined, () => services.tokens.get());
}

function withoutToken(error: unknown): AttemptResult {
  if (error instanceof Interruption) return interruptedBeforeSending(error);
  if (error instanceof PurseTokenError) return { kind: "no_token", error };
  if (isControlFlow(error)) return { kind: "not_sent", cause: { name: error.name }, steering: error };
  return {
    kind: "no_token",
    error: new PurseTokenError("unavailable", "No access token: the request for it failed."),
  };
}

function interruptedBeforeSending(error: unknown): AttemptResult {
  const aborted = error instanceof Interruption && error.reason === "aborted";
  return { kind: "interrupted", reason: aborted ? "aborted" : "deadline", mayHaveLeft: false };
}

function judgeAttempt(result: AttemptResult, call: PreparedCall, progress: Progress): Verdict {
  if (result.kind !== "no_token") return judge(result, call.operation, progress);
  const { reason } = result.error;
  const passes = reason === "unavailable" || reason === "unusable_answer";
  return passes ? { action: "retry", kind: "transient" } : { action: "fail" };
}

function succeed({ services, call, progress }: Run, result: AttemptResult): CallEnd {
  if (result.kind !== "answer" || result.body.kind !== "object")
    throw new Error("only an answer with an object succeeds");
  services.budget.refund(progress.retriesTaken);
  return {
    kind: "done",
    answer: result.body.value,
    response: {
      response: { status: result.status, headers: result.headers },
      attempts: progress.attempts,
      ...defined({
        requestId: requestIdOf(result, services.redact),
        idempotencyKey: call.idempotencyKey,
        idempotency: call.operation.isRead ? undefined : ("created" as const),
      }),
    },
  };
}

function failed(result: AttemptResult): CallEnd {
  return result.kind === "no_token" ? result : { kind: "failed", result };
}

/** How long the last answer, or the token endpoint, asks to wait. */
function retryAfterOf(result: AttemptResult, { runtime, tokens }: Services): number | undefined {
  if (result.kind === "answer") {
    return parseRetryAfterMs(result.headers.get("retry-after"), runtime.clock);
  }
  const retryAfterMs = result.kind === "no_token" ? result.error.retryAfterMs : undefined;
  // The failure may be an earlier call's, so part of its wait may be over. A wait that is too long is reported in full.
  return retryAfterMs === undefined || retryAfterMs > longestObeyedWaitMs ? retryAfterMs : tokens.retryInMs();
}

/** Waits for the next attempt; returns what the call ends with if there must not be one. */
async function waitForRetry(
  { services, call, deadline, progress, watch }: Run,
  result: AttemptResult,
  kind: RetryKind,
): Promise<AttemptResult | undefined> {
  const { random } = services.runtime;
  const retryAfterMs = progress.retryAfterMs;
  if (!mayTryAgain(progress.retriesTaken, kind, call.limits.maxRetries)) return result;
  if (retryAfterMs !== undefined && retryAfterMs > longestObeyedWaitMs) return result;
  const pauseMs = Math.max(retryAfterMs ?? 0, backoffMs(progress.retriesTaken.length, random));
  const delayMs = Math.max(pauseMs, services.tokens.retryInMs(pauseMs));
  if (delayMs >= remainingMs(deadline)) return result;
  if (!services.budget.take(kind)) return result;
  progress.retriesTaken.push(kind);
  watch?.retry(result.kind === "no_token" ? "no_token" : kind, delayMs, retryAfterMs);
  try {
    await pause(deadline, delayMs);
    return undefined;
  } catch (error) {
    return interruptedBeforeSending(error);
  }
}

/** Waits for a request that is still in progress do not use up `maxRetries`, but are limited too. */
const mostInProgressWaits = 8;

function mayTryAgain(taken: readonly RetryKind[], kind: RetryKind, maxRetries: number): boolean {
  const waits = taken.filter((each) => each === "in_progress").length;
  if (kind === "in_progress") return maxRetries > 0 && waits < mostInProgressWaits;
  return taken.length - waits < maxRetries;
}

/** The members that every error of a call has. */
export function errorFactsOf({ call, progress }: Run): PurseErrorFacts {
  return {
    idempotencyKey: call.idempotencyKey,
    attempts: progress.attempts,
    retryAfterMs: progress.retryAfterMs,
  };
}
