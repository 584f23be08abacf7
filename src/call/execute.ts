import type { AnyPurseError } from "../errors/union.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import type { SafeCause } from "../errors/purse-error.js";
import { PurseTokenError } from "../errors/token-error.js";
import { findOwnOperation } from "../idempotency/own-operation.js";
import { prepareCall, type CallDescription, type PreparedCall } from "./prepare.js";
import { passOnSteering, type ExchangeResult } from "../http/exchange.js";
import { remainingMs, startDeadline, type Deadline } from "../http/interruption.js";
import type { Watched } from "./watch.js";
import { outcomeUnknown } from "./outcome-unknown.js";
import { errorFactsOf, sendWithRetries, startRun, type CallEnd, type Progress, type Run } from "./send.js";
import type { Services } from "./services.js";
import { toPursePromise, type PursePromise, type PurseResponse } from "./purse-promise.js";
import { confirm, recover } from "./recovery.js";
import { redactorForBody } from "./redact.js";
import type { AnswerBody, JsonObject } from "../http/response-body.js";
import type { Limits } from "./settings.js";
import { toError } from "./to-error.js";

/** Makes API calls for the resources. */
export interface Caller {
  /** `T` is the answer's type by the spec. Answers are not validated: money that moved must never become an error. */
  execute<T>(call: CallDescription): PursePromise<T>;
  /** As {@link Caller.execute}, but every answer that leaves no doubt is a result, and a used key is one as well. */
  exchange(call: CallDescription): Promise<RawAnswer>;
}

/** An answer as it came. */
export interface RawAnswer extends Watched {
  readonly response: { readonly status: number; readonly headers: Headers; readonly body?: AnswerBody };
  /** Of a successful answer. */
  readonly data?: JsonObject;
  /** The key a change went out with. */
  readonly idempotencyKey?: string;
}

export interface CallerParts {
  readonly services: Services;
  readonly defaults: Limits;
  readonly apiKey: string | undefined;
  readonly entityId: string | undefined;
}

export function createCaller(parts: CallerParts): Caller {
  return {
    execute<T>(call: CallDescription): PursePromise<T> {
      // The spec's word for what the operation answers, see Caller.
      return toPursePromise(start(parts, call, resolveResult) as Promise<PurseResponse<T>>);
    },
    exchange: (call) => start(parts, call, resolveRawAnswer),
  };
}

type Resolve<T> = (run: Run) => Promise<T>;

async function start<T extends Watched>(
  parts: CallerParts,
  call: CallDescription,
  resolve: Resolve<T>,
): Promise<T> {
  return perform(parts.services, prepareCall(call, parts), resolve);
}

/** Performs a prepared call and reports it to hooks and logger, if there are any. */
async function perform<T extends Watched>(
  services: Services,
  call: PreparedCall,
  resolve: Resolve<T>,
): Promise<T> {
  const deadline = startDeadline(services.runtime.clock, call.limits.deadlineMs, call.signal);
  const observer = services.observer && (await services.observer());
  const watch = observer?.startCall(call);
  const run = startRun(call, { services, deadline, watch });
  if (watch === undefined) return resolve(run);
  try {
    const result = await resolve(run);
    watch.succeed(result);
    return result;
  } catch (error) {
    watch.fail(error);
    throw error;
  }
}

async function resolveResult(run: Run): Promise<PurseResponse<JsonObject>> {
  const end = await sendWithRetries(run);
  switch (end.kind) {
    case "done":
      return withOperation(run, { data: end.answer, ...end.response });
    case "key_used": {
      const { services, call } = run;
      const recovery = await recover(run, end);
      if (recovery.kind === "recovered") {
        const { operation } = recovery.response;
        if (operation !== undefined) services.owners.record(operation, call.idempotencyKey);
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
      throw failureOf(run, end);
    }
  }
}

function performAgain({ services }: Run, call: PreparedCall): Promise<PurseResponse<JsonObject>> {
  return perform(services, call, resolveResult);
}

async function resolveRawAnswer(run: Run): Promise<RawAnswer> {
  const end = await sendWithRetries(run);
  if (end.kind === "done") return { ...end.response, data: end.answer };
  const failure = failureOf(run, end);
  const isDoubtful = failure.code === "outcome_unknown";
  if (isDoubtful || end.kind === "no_token" || end.result.kind !== "answer" || end.result.status < 400) {
    throw failure;
  }
  const { code, requestId } = failure;
  const { idempotencyKey } = run.call;
  return {
    response: end.result,
    failureCode: code,
    ...(requestId === undefined ? {} : { requestId }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
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
  services.owners.record(operation, idempotencyKey);
  return { ...response, operation };
}

/** HTTP dates are whole seconds, and machines that are set by the network differ a little. */
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

function failureOf(run: Run, end: Exclude<CallEnd, { kind: "done" }>): AnyPurseError {
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
  // The failure is shared by all who waited for the token; each call gets an error of its own.
  return new PurseTokenError(error.reason, error.message, {
    ...facts,
    status: error.status,
    cause: error.cause as SafeCause | undefined, // Reduced when the error was made.
  });
}

function whyRecoveryFailed(reading: CallEnd | undefined, deadline: Deadline): OutcomeUnknownReason {
  if (deadline.signal?.aborted === true) return "aborted";
  const isOver = reading?.kind === "failed" && reading.result.kind === "interrupted";
  return isOver || remainingMs(deadline) <= 0 ? "timeout" : "recovery_failed";
}

/** An abort or a deadline is the better name for a doubt that it kept from being cleared up. */
function doubtAtTheEnd(result: ExchangeResult, progress: Progress): OutcomeUnknownReason | undefined {
  if (progress.doubt === undefined || result.kind !== "interrupted") return progress.doubt;
  return result.reason === "aborted" ? "aborted" : "timeout";
}
