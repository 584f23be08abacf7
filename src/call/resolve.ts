import { defined } from "../defined.js";
import type { AnyPurseError } from "../errors/union.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import type { SafeCause } from "../errors/purse-error.js";
import { PurseTokenError } from "../errors/token-error.js";
import { passOnSteering, type ExchangeResult } from "../http/exchange.js";
import { remainingMs, type Deadline } from "../http/interruption.js";
import type { AnswerBody, JsonObject } from "../http/response-body.js";
import { findOwnOperation, recordOwner } from "../idempotency/own-operation.js";
import { outcomeUnknown, type PerformAgain } from "./outcome-unknown.js";
import type { PurseResponse } from "./purse-promise.js";
import { confirm, recover } from "./recovery.js";
import { redactorForBody } from "./redact.js";
import { errorFactsOf, sendWithRetries, type CallEnd, type Progress, type Run } from "./send.js";
import { toError } from "./to-error.js";
import type { Watched } from "./watch.js";

/** An answer as it came. */
export interface RawAnswer extends Watched {
  readonly response: { readonly status: number; readonly headers: Headers; readonly body?: AnswerBody };
  /** Of a successful answer. */
  readonly data?: JsonObject;
  /** The key a change went out with. */
  readonly idempotencyKey?: string;
}

/** Sends a call and turns its end into a result, reading back what a change did where the answer does not tell. */
export async function resolveResult(
  run: Run,
  performAgain: PerformAgain,
): Promise<PurseResponse<JsonObject>> {
  const end = await sendWithRetries(run);
  switch (end.kind) {
    case "done":
      return withOperation(run, { data: end.answer, ...end.response });
    case "key_used": {
      const { services, call } = run;
      const recovery = await recover(run, end);
      if (recovery.kind === "recovered") {
        const { operation } = recovery.response;
        if (operation !== undefined) recordOwner(services.owners, operation, call.idempotencyKey);
        return recovery.response;
      }
      if (recovery.kind === "conflict") throw recovery.error;
      const reason = whyRecoveryFailed(recovery.end, run.deadline);
      throw outcomeUnknown(run, { reason, resourceId: end.resourceId }, performAgain);
    }
    case "failed":
    case "no_token": {
      const confirmed = await confirm(run);
      if (confirmed !== undefined) return confirmed;
      throw failureOf(run, end, performAgain);
    }
  }
}

/** Sends a call and gives its answer as it came, unless it leaves doubt. */
export async function resolveRawAnswer(run: Run, performAgain: PerformAgain): Promise<RawAnswer> {
  const end = await sendWithRetries(run);
  if (end.kind === "done") return { ...end.response, data: end.answer };
  const failure = failureOf(run, end, performAgain);
  const isDoubtful = failure.code === "outcome_unknown";
  if (isDoubtful || end.kind === "no_token" || end.result.kind !== "answer" || end.result.status < 400) {
    throw failure;
  }
  const { code: failureCode, requestId } = failure;
  const { idempotencyKey } = run.call;
  return { response: end.result, failureCode, ...defined({ requestId, idempotencyKey }) };
}

/** The error for a call: an unknown outcome, unless it provably changed nothing. */
function failureOf(
  run: Run,
  end: Exclude<CallEnd, { kind: "done" }>,
  performAgain: PerformAgain,
): AnyPurseError {
  const { services, call, progress } = run;
  const reason = end.kind === "no_token" ? progress.doubt : doubtAtTheEnd(end.result, progress);
  if (reason !== undefined) {
    const answer = end.kind !== "no_token" && end.result.kind === "answer" ? end.result : undefined;
    return outcomeUnknown(run, { reason, answer }, performAgain);
  }
  const facts = errorFactsOf(run);
  if (end.kind !== "no_token") {
    passOnSteering(end.result);
    return toError(end.result, call.operation, facts, redactorForBody(services.redact, call.body));
  }
  const { error } = end;
  // All calls that waited for the token share the failure; each gets an error of its own.
  return new PurseTokenError(error.reason, error.message, {
    ...facts,
    status: error.status,
    cause: error.cause as SafeCause | undefined, // Reduced when the error was made.
  });
}

/** Adds the operation that this call made, if the answer shows which it is. */
function withOperation(
  { services, call, deadline }: Run,
  response: PurseResponse<JsonObject>,
): PurseResponse<JsonObject> {
  const { requestedOperation, idempotencyKey, limits, pathParams } = call;
  if (requestedOperation === undefined) return response;
  const { clock, endsAtMs } = deadline;
  const elapsedMs = clock.monotonicMs() - (endsAtMs - limits.deadlineMs);
  const times = serviceTimes(response.response.headers, clock.wallMs(), elapsedMs);
  const own = { paymentId: pathParams["id"], idempotencyKey, ...times };
  const operation = findOwnOperation(response.data, requestedOperation, own, services.owners);
  if (operation === undefined) return response;
  recordOwner(services.owners, operation, idempotencyKey);
  return { ...response, operation };
}

/** HTTP dates are whole seconds, and synchronized clocks differ a little. */
const clockSlackMs = 2000;

/** When the service can have made what this call asked for, on its own clock. */
function serviceTimes(
  headers: Headers,
  wallMs: number,
  elapsedMs: number,
): { notBeforeMs: number; notAfterMs: number } {
  const atMs = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(atMs)) return { notBeforeMs: wallMs - elapsedMs - clockSlackMs, notAfterMs: Infinity };
  return { notBeforeMs: atMs - elapsedMs - clockSlackMs, notAfterMs: atMs + clockSlackMs };
}

function whyRecoveryFailed(reading: CallEnd | undefined, deadline: Deadline): OutcomeUnknownReason {
  if (deadline.signal?.aborted === true) return "aborted";
  const isOver = reading?.kind === "failed" && reading.result.kind === "interrupted";
  return isOver || remainingMs(deadline) <= 0 ? "timeout" : "recovery_failed";
}

/** If an abort or the deadline kept the doubt from being cleared up, it is the better reason. */
function doubtAtTheEnd(result: ExchangeResult, progress: Progress): OutcomeUnknownReason | undefined {
  if (progress.doubt === undefined || result.kind !== "interrupted") return progress.doubt;
  return result.reason === "aborted" ? "aborted" : "timeout";
}
