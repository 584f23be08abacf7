import { defined } from "../defined.js";
import type { AccessTokenGrant } from "../auth/access-token.js";
import type { Clock } from "../clock.js";
import type { PreparedCall } from "./prepare.js";
import type { CallWatch, Watched } from "./watch.js";
import type { ExchangeResult } from "../http/exchange.js";
import type { AttemptEndEvent, CallEndEvent, CallEvent, PurseHooks, TokenRequestEvent } from "../hooks.js";
import { isPurseError } from "../errors/union.js";
import { logLines } from "./log-lines.js";
import type { Settings } from "./settings.js";

/** Reports to hooks and logger. Loaded with the first call, and only where there are any. */
export interface Observer {
  /** Reports that a call starts. */
  readonly startCall: (call: PreparedCall) => CallWatch;
  /** Runs a token request and reports how it ended. */
  readonly watchTokenRequest: (work: () => Promise<AccessTokenGrant>) => Promise<AccessTokenGrant>;
}

type Answer = ExchangeResult & { kind: "answer" };

/** Reads an answer's request id, unless it contains something to mask. */
type RequestIdReader = (answer: Answer, sentBody: string | undefined) => string | undefined;

export function createObserver(settings: Settings, clock: Clock, requestIdOf: RequestIdReader): Observer {
  const { hooks: given, logger } = settings;
  const listeners = logger === undefined ? given : [...given, logLines(logger)];
  const origin = new URL(settings.baseUrl).origin;
  const tokenOrigin = new URL(settings.tokenUrl).origin;
  const tell = (telling: (hooks: PurseHooks) => unknown): void => {
    for (const hooks of listeners) notify(hooks, telling);
  };
  const stopwatch = (): (() => number) => {
    const startedAtMs = clock.monotonicMs();
    return () => clock.monotonicMs() - startedAtMs;
  };

  return {
    startCall(call) {
      const base = { callId: crypto.randomUUID(), origin };
      const start: CallEvent = Object.freeze({ ...base, ...eventOf(call) });
      const elapsedMs = stopwatch();
      let attempts = 0;
      const end = (facts: EndFacts): void => {
        const event = Object.freeze({ ...start, ...facts, attempts, durationMs: elapsedMs() });
        tell((hooks) => hooks.onCallEnd?.(event));
      };
      tell((hooks) => hooks.onCallStart?.(start));
      return {
        attempt(request) {
          const attemptMs = stopwatch();
          return (result) => {
            // Ended before it was sent.
            if (result.kind === "interrupted" && !result.mayHaveLeft) return;
            attempts += 1;
            const event = Object.freeze({
              ...base,
              ...eventOf(request),
              attempt: attempts,
              durationMs: attemptMs(),
              ...resultFacts(result, (answer) => requestIdOf(answer, request.body)),
            });
            tell((hooks) => hooks.onAttemptEnd?.(event));
          };
        },
        retry(reason, delayMs, retryAfterMs) {
          const event = Object.freeze({
            ...start,
            attempt: attempts,
            reason,
            delayMs,
            ...defined({ retryAfterMs }),
          });
          tell((hooks) => hooks.onRetry?.(event));
        },
        succeed(result) {
          end(endOfResult(result));
        },
        fail(error) {
          end(endOfError(error));
        },
      };
    },

    async watchTokenRequest(work) {
      const elapsedMs = stopwatch();
      const end = (facts: TokenFacts): void => {
        const event = Object.freeze({ origin: tokenOrigin, durationMs: elapsedMs(), ...facts });
        tell((hooks) => hooks.onTokenRequest?.(event));
      };
      try {
        const grant = await work();
        end({ outcome: "granted", lifetimeMs: grant.lifetimeMs });
        return grant;
      } catch (error) {
        const isKnown = isPurseError(error) && error.code === "token";
        const { reason, status } = isKnown ? error : { reason: "unavailable" as const, status: undefined };
        end({ outcome: reason, ...defined({ status }) });
        throw error;
      }
    },
  };
}

type EndFacts = Pick<CallEndEvent, "outcome" | "reason" | "status" | "requestId">;
type TokenFacts = Pick<TokenRequestEvent, "outcome" | "status" | "lifetimeMs">;
type ResultFacts = Pick<AttemptEndEvent, "outcome" | "status" | "requestId" | "failure">;

/** Calls a hook and ignores what it throws or rejects with: a hook must not change a call. */
function notify(hooks: PurseHooks, telling: (hooks: PurseHooks) => unknown): void {
  try {
    const outcome = telling(hooks);
    if (outcome !== undefined) Promise.resolve(outcome).catch(ignore);
  } catch {
    // Ignored, see above.
  }
}

function ignore(): void {
  // See notify.
}

function eventOf(call: PreparedCall): Omit<CallEvent, "callId" | "origin"> {
  const { operationId, method, path } = call.operation;
  const { idempotencyKey, isKeyGenerated, purpose } = call;
  const origin = isKeyGenerated ? "generated" : "given";
  return {
    operation: operationId,
    method,
    pathTemplate: path,
    purpose,
    idempotencyKey: idempotencyKey === undefined ? "none" : origin,
  };
}

function resultFacts(
  result: ExchangeResult,
  requestIdOf: (answer: Answer) => string | undefined,
): ResultFacts {
  switch (result.kind) {
    case "answer": {
      const { status, body } = result;
      const requestId = requestIdOf(result);
      const isUnreadable = status >= 200 && status < 300 && body.kind === "unreadable";
      return {
        outcome: isUnreadable ? "unreadable_answer" : "answered",
        status,
        ...defined({ requestId }),
      };
    }
    case "not_sent":
      return { outcome: "not_sent", failure: result.cause.code ?? result.cause.name };
    case "lost":
      return { outcome: "connection_lost", failure: result.cause.code ?? result.cause.name };
    case "timeout":
      return { outcome: "timeout" };
    case "interrupted":
      return { outcome: result.reason };
  }
}

function endOfResult({ response, requestId, idempotency, failureCode }: Watched): EndFacts {
  const { status } = response;
  return {
    outcome: failureCode ?? idempotency ?? "done",
    status,
    ...defined({ requestId }),
  };
}

function endOfError(error: unknown): EndFacts {
  if (!isPurseError(error)) return { outcome: "unexpected" };
  const { code, status, requestId } = error;
  return {
    outcome: code,
    ...(error.code === "outcome_unknown" || error.code === "token" ? { reason: error.reason } : {}),
    ...defined({ status, requestId }),
  };
}
