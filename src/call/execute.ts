import type { AnyPurseError } from "../errors/union.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import type { SafeCause } from "../errors/purse-error.js";
import { PurseTokenError } from "../errors/token-error.js";
import { findOwnOperation } from "../idempotency/own-operation.js";
import { prepareCall, type CallDescription, type PreparedCall } from "./prepare.js";
import { passOnSteering, type ExchangeResult } from "../http/exchange.js";
import { remainingMs, type Deadline } from "../http/interruption.js";
import type { Watched } from "./observer.js";
import { outcomeUnknown, type Perform } from "./outcome-unknown.js";
import { errorFactsOf, sendWithRetries, startDeadline, type CallEnd, type Progress } from "./send.js";
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
  const { services } = parts;
  const run = async <T extends Watched>(call: CallDescription, settling: Settling<T>): Promise<T> => {
    return run(services, prepareCall(call, parts), settling);
  };
  return {
    execute<T>(call: CallDescription): PursePromise<T> {
      // The spec's word for what the operation answers, see Caller.
      return toPursePromise(run(call, resolveResult) as Promise<PurseResponse<T>>);
    },
    exchange: (call) => run(call, resolveRawAnswer),
  };
}

type Settling<T> = (services: Services, call: PreparedCall, deadline: Deadline) => Promise<T>;

/** Performs a call from its start, and tells hooks and logger of it, where there are any. */
function run<T extends Watched>(services: Services, call: PreparedCall, settling: Settling<T>): Promise<T> {
  const limits = startDeadline(call, services.runtime);
  const { observer } = services;
  if (observer === undefined) return settling(services, call, limits);
  return observer().then(({ watchCall }) => watchCall(call, (told) => settling(services, told, limits)));
}

const performAgain: Perform = (services, call) => run(services, call, resolveResult);

async function resolveResult(
  services: Services,
  call: PreparedCall,
  deadline: Deadline,
): Promise<PurseResponse<JsonObject>> {
  const end = await sendWithRetries(services, call, deadline);
  switch (end.kind) {
    case "done":
      return withOperation(services, call, deadline, { data: end.answer, ...end.response });
    case "key_used": {
      const recovery = await recover(services, call, deadline, end);
      if (recovery.kind === "recovered") {
        const { operation } = recovery.response;
        if (operation !== undefined) services.owners.record(operation, call.idempotencyKey);
        return recovery.response;
      }
      if (recovery.kind === "conflict") throw recovery.error;
      const { progress: so, resourceId } = end;
      const reason = whyRecoveryFailed(recovery.end, deadline);
      throw outcomeUnknown(services, call, { reason, progress: so, resourceId }, performAgain);
    }
    case "failed":
    case "no_token": {
      const confirmed = await confirm(services, call, deadline, end.progress);
      if (confirmed !== undefined) return confirmed;
      throw failureOf(services, call, end);
    }
  }
}

async function resolveRawAnswer(
  services: Services,
  call: PreparedCall,
  deadline: Deadline,
): Promise<RawAnswer> {
  const end = await sendWithRetries(services, call, deadline);
  if (end.kind === "done") return { ...end.response, data: end.answer };
  const failure = failureOf(services, call, end);
  const isDoubtful = failure.code === "outcome_unknown";
  if (isDoubtful || end.kind === "no_token" || end.result.kind !== "answer" || end.result.status < 400) {
    throw failure;
  }
  const { code, requestId } = failure;
  return {
    response: end.result,
    failureCode: code,
    ...(requestId === undefined ? {} : { requestId }),
    ...(call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey }),
  };
}

function withOperation(
  { owners }: Services,
  call: PreparedCall,
  { clock, endsAtMs }: Deadline,
  response: PurseResponse<JsonObject>,
): PurseResponse<JsonObject> {
  const { requestedOperation: asked, idempotencyKey, limits: defaults, pathParams } = call;
  if (asked === undefined) return response;
  const elapsedMs = clock.monotonicMs() - (endsAtMs - defaults.deadlineMs);
  const notBeforeMs = earliestServiceTimeMs(response.response.headers, clock.wallMs()) - elapsedMs;
  const own = { paymentId: pathParams["id"], idempotencyKey, notBeforeMs };
  const operation = findOwnOperation(response.data, asked, own, owners);
  if (operation === undefined) return response;
  owners.record(operation, idempotencyKey);
  return { ...response, operation };
}

/** HTTP dates are whole seconds, and machines that are set by the network differ a little. */
const clockSlackMs = 2000;

/** The earliest that the service's clock can show now. */
function earliestServiceTimeMs(headers: Headers, wallMs: number): number {
  const atMs = Date.parse(headers.get("date") ?? "");
  return (Number.isNaN(atMs) ? wallMs : atMs) - clockSlackMs;
}

function failureOf(
  services: Services,
  call: PreparedCall,
  end: Exclude<CallEnd, { kind: "done" }>,
): AnyPurseError {
  const { progress: so } = end;
  const reason = end.kind === "no_token" ? so.doubt : doubtAtTheEnd(end.result, so);
  if (reason !== undefined) {
    const answer = end.kind !== "no_token" && end.result.kind === "answer" ? end.result : undefined;
    return outcomeUnknown(services, call, { reason, progress: so, answer }, performAgain);
  }
  const facts = errorFactsOf(call, so);
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
