import type { AttemptEndEvent, CallEndEvent, PurseHooks, PurseLogger, RetryReason } from "../hooks.js";

/** Retries that do not mean a failure. */
const routine: readonly RetryReason[] = ["unauthorized", "in_progress"];

/** Hooks that write log lines. */
export function logLines(logger: PurseLogger): PurseHooks {
  return {
    onAttemptEnd: (event) => logger.debug?.(attemptLine(event), event),
    onRetry(event) {
      const line = `${event.operation}: sent again in ${whole(event.delayMs)} ms (${event.reason})`;
      return routine.includes(event.reason) ? logger.info?.(line, event) : logger.warn?.(line, event);
    },
    onTokenRequest(event) {
      const { outcome, durationMs } = event;
      if (outcome === "granted")
        return logger.debug?.(`access token granted in ${whole(durationMs)} ms`, event);
      const line = `no access token (${outcome}) after ${whole(durationMs)} ms`;
      const isLasting = outcome === "credentials_refused" || outcome === "request_refused";
      return isLasting ? logger.error?.(line, event) : logger.warn?.(line, event);
    },
    onCallEnd(event) {
      const { outcome } = event;
      const line = endLine(event);
      if (outcome === "done" || outcome === "created") return logger.debug?.(line, event);
      if (outcome === "recovered" || outcome === "aborted") return logger.info?.(line, event);
      if (outcome !== "outcome_unknown") return logger.warn?.(line, event);
      return logger.error?.(`${line}; it may have taken effect`, event);
    },
  };
}

function attemptLine({ operation, attempt, outcome, status, failure, durationMs }: AttemptEndEvent): string {
  const how = [outcome, status, failure].filter((part) => part !== undefined).join(" ");
  return `${operation}: attempt ${String(attempt)} ${how} in ${whole(durationMs)} ms`;
}

function endLine({ operation, outcome, reason, attempts, durationMs }: CallEndEvent): string {
  const why = reason === undefined ? "" : ` (${reason})`;
  const requests = attempts === 1 ? "1 request" : `${String(attempts)} requests`;
  return `${operation}: ${outcome}${why} after ${requests} in ${whole(durationMs)} ms`;
}

function whole(durationMs: number): string {
  return String(Math.round(durationMs));
}
