import { isControlFlow } from "../errors/control-flow.js";
import { PurseTokenError } from "../errors/token-error.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import type { PurseErrorFacts, SafeCause } from "../errors/purse-error.js";
import { requestIdOf } from "./error-details.js";
import type { PreparedCall } from "./prepare.js";
import { exchange, type ExchangeResult } from "../http/exchange.js";
import { interruptible, Interruption, pause, remainingMs, type Deadline } from "../http/interruption.js";
import type { PurseResponse } from "./purse-promise.js";
import type { JsonObject } from "../http/response-body.js";
import { parseRetryAfterMs } from "../http/retry-after.js";
import { backoffMs, longestObeyedWaitMs, type RetryKind } from "./retry.js";
import type { Services } from "./services.js";
import type { Runtime } from "./settings.js";
import { judge, type Verdict } from "./verdict.js";

/** How a call ended, before it is turned into a result or an error. */
export type CallEnd =
  | { readonly kind: "done"; readonly answer: JsonObject; readonly response: ResponseFacts }
  | {
      readonly kind: "key_used";
      readonly resourceId: string | undefined;
      readonly result: ExchangeResult;
      readonly progress: Progress;
    }
  | { readonly kind: "failed"; readonly result: ExchangeResult; readonly progress: Progress }
  | { readonly kind: "no_token"; readonly error: PurseTokenError; readonly progress: Progress };

export type ResponseFacts = Omit<PurseResponse<unknown>, "data">;

/** The book-keeping of one call. */
export interface Progress {
  attempts: number;
  retriesTaken: RetryKind[];
  reauthenticated: boolean;
  usedToken: boolean;
  /** Why an attempt may have taken effect although no usable answer came back. */
  doubt: OutcomeUnknownReason | undefined;
  /** The failure underneath, of the last attempt that left doubt and has one; else of the first that has one. */
  doubtCause: SafeCause | undefined;
  retryAfterMs: number | undefined;
}

type AttemptResult = ExchangeResult | { readonly kind: "no_token"; readonly error: PurseTokenError };

/** Starts the clock of a call. */
export function startDeadline(call: PreparedCall, { clock }: Runtime): Deadline {
  return { clock, endsAtMs: clock.monotonicMs() + call.limits.deadlineMs, signal: call.signal };
}

/** Sends a call until it is answered for good, or may or can not be sent again. Never rejects. */
export async function sendWithRetries(
  services: Services,
  call: PreparedCall,
  deadline: Deadline,
): Promise<CallEnd> {
  const progress: Progress = {
    attempts: 0,
    retriesTaken: [],
    reauthenticated: false,
    usedToken: call.operation.authentication === "token",
    doubt: call.doubt,
    doubtCause: undefined,
    retryAfterMs: undefined,
  };
  for (;;) {
    const { result, token } = await attempt(services, call, deadline, progress);
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
        return succeed(services, call, result, progress);
      case "recover":
        return {
          kind: "key_used",
          resourceId: verdict.resourceId,
          result: result as ExchangeResult,
          progress: progress,
        };
      case "reauthenticate":
        // With zero retries nothing is repeated; the first try with a token, where none was needed so far, is no repeat.
        if (call.limits.maxRetries === 0 && progress.usedToken) return fail(result, progress);
        call.watch?.retry("unauthorized", 0, undefined);
        progress.reauthenticated = true;
        progress.usedToken = true;
        continue;
      case "fail":
        return fail(result, progress);
      case "retry": {
        const end = await waitForRetry(services, call, deadline, progress, result, verdict.kind);
        if (end !== undefined) return fail(end, progress);
      }
    }
  }
}

async function attempt(
  services: Services,
  call: PreparedCall,
  deadline: Deadline,
  progress: Progress,
): Promise<{ result: AttemptResult; token: string | undefined }> {
  let token: string | undefined;
  if (progress.usedToken) {
    try {
      token =
        services.tokens.fresh() ?? (await interruptible(deadline, undefined, () => services.tokens.get()));
    } catch (error) {
      return { token, result: withoutToken(error) };
    }
  }
  const tellEnd = call.watch?.attempt(call);
  const result = await exchange(
    (stop) => {
      progress.attempts += 1;
      return services.transport.send(call, token, stop);
    },
    deadline,
    call.limits.timeoutMs,
  );
  tellEnd?.(result);
  return { token, result };
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

function succeed(services: Services, call: PreparedCall, result: AttemptResult, progress: Progress): CallEnd {
  if (result.kind !== "answer" || result.body.kind !== "object")
    throw new Error("only an answer with an object succeeds");
  services.budget.refund(progress.retriesTaken);
  const requestId = requestIdOf(result, services.redact);
  return {
    kind: "done",
    answer: result.body.value,
    response: {
      response: { status: result.status, headers: result.headers },
      attempts: progress.attempts,
      ...(requestId === undefined ? {} : { requestId }),
      ...(call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey }),
      ...(call.operation.isRead ? {} : { idempotency: "created" }),
    },
  };
}

function fail(result: AttemptResult, progress: Progress): CallEnd {
  return result.kind === "no_token"
    ? { kind: "no_token", error: result.error, progress: progress }
    : { kind: "failed", result, progress: progress };
}

/** How long the service, or the token endpoint, asks to wait by its last answer. */
function retryAfterOf(
  result: AttemptResult,
  { runtime: surroundings, tokens }: Services,
): number | undefined {
  if (result.kind === "answer") {
    return parseRetryAfterMs(result.headers.get("retry-after"), surroundings.clock);
  }
  const retryAfterMs = result.kind === "no_token" ? result.error.retryAfterMs : undefined;
  // The failure may be of an earlier call. A longer wait is not obeyed to its end, so it is told as it was.
  return retryAfterMs === undefined || retryAfterMs > longestObeyedWaitMs ? retryAfterMs : tokens.retryInMs();
}

/** Waits for the next attempt; gives what the call ends with when there must not be one. */
async function waitForRetry(
  services: Services,
  call: PreparedCall,
  deadline: Deadline,
  progress: Progress,
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
  call.watch?.retry(result.kind === "no_token" ? "no_token" : kind, delayMs, retryAfterMs);
  try {
    await pause(deadline, delayMs);
    return undefined;
  } catch (error) {
    return interruptedBeforeSending(error);
  }
}

/** Waits for a request that is still being worked on do not use up the retries, but they have an end as well. */
const mostInProgressWaits = 8;

function mayTryAgain(taken: readonly RetryKind[], kind: RetryKind, maxRetries: number): boolean {
  const waits = taken.filter((each) => each === "in_progress").length;
  if (kind === "in_progress") return maxRetries > 0 && waits < mostInProgressWaits;
  return taken.length - waits < maxRetries;
}

/** What every error of a call knows. */
export function errorFactsOf(call: PreparedCall, progress: Progress): PurseErrorFacts {
  return {
    idempotencyKey: call.idempotencyKey,
    attempts: progress.attempts,
    retryAfterMs: progress.retryAfterMs,
  };
}
