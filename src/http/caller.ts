import type { AnyPurseError } from "../errors/any-purse-error.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import type { SafeCause } from "../errors/purse-error.js";
import { PurseTokenError } from "../errors/token-error.js";
import { findOwnOperation } from "../idempotency/own-operation.js";
import { prepareCall, type CallDescription, type PreparedCall } from "./call.js";
import { passOnSteering, type ExchangeResult } from "./exchange.js";
import { remainingMs, type CallLimits } from "./interruption.js";
import type { Watched } from "./observer.js";
import { outcomeUnknown, type Perform } from "./outcome-unknown.js";
import { factsOfCall, send, startLimits, type CallEnd, type Progress } from "./pipeline.js";
import type { Services } from "./services.js";
import { toPursePromise, type PursePromise, type PurseResponse } from "./purse-promise.js";
import { confirm, recover } from "./recovery.js";
import { redactorForBody } from "./redact.js";
import type { AnswerBody, JsonObject } from "./response-body.js";
import type { CallDefaults } from "./settings.js";
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
  readonly defaults: CallDefaults;
  readonly apiKey: string | undefined;
  readonly entityId: string | undefined;
}

export function createCaller(parts: CallerParts): Caller {
  const { services } = parts;
  const run = async <T extends Watched>(call: CallDescription, settling: Settling<T>): Promise<T> => {
    return perform(services, prepareCall(call, parts), settling);
  };
  return {
    execute<T>(call: CallDescription): PursePromise<T> {
      // The spec's word for what the operation answers, see Caller.
      return toPursePromise(run(call, settle) as Promise<PurseResponse<T>>);
    },
    exchange: (call) => run(call, settleRaw),
  };
}

type Settling<T> = (services: Services, call: PreparedCall, limits: CallLimits) => Promise<T>;

/** Performs a call from its start, and tells hooks and logger of it, where there are any. */
function perform<T extends Watched>(
  services: Services,
  call: PreparedCall,
  settling: Settling<T>,
): Promise<T> {
  const limits = startLimits(call, services.surroundings);
  const { observer } = services;
  if (observer === undefined) return settling(services, call, limits);
  return observer().then(({ watchCall }) => watchCall(call, (told) => settling(services, told, limits)));
}

const performAgain: Perform = (services, call) => perform(services, call, settle);

async function settle(
  services: Services,
  call: PreparedCall,
  limits: CallLimits,
): Promise<PurseResponse<JsonObject>> {
  const end = await send(services, call, limits);
  switch (end.kind) {
    case "done":
      return withOperation(services, call, limits, { data: end.answer, ...end.response });
    case "key_used": {
      const recovery = await recover(services, call, limits, end);
      if (recovery.kind === "recovered") {
        const { operation } = recovery.response;
        if (operation !== undefined) services.owners.record(operation, call.idempotencyKey);
        return recovery.response;
      }
      if (recovery.kind === "conflict") throw recovery.error;
      const { so, resourceId } = end;
      const reason = whyRecoveryFailed(recovery.end, limits);
      throw outcomeUnknown(services, call, { reason, so, resourceId }, performAgain);
    }
    case "failed":
    case "no_token": {
      const confirmed = await confirm(services, call, limits, end.so);
      if (confirmed !== undefined) return confirmed;
      throw failureOf(services, call, end);
    }
  }
}

async function settleRaw(services: Services, call: PreparedCall, limits: CallLimits): Promise<RawAnswer> {
  const end = await send(services, call, limits);
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
  { clock, endsAtMs }: CallLimits,
  response: PurseResponse<JsonObject>,
): PurseResponse<JsonObject> {
  const { asked, idempotencyKey, defaults, pathParams } = call;
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
/** A clock that is set back further is broken, or the header is not of this answer: older operations would look new. */
const mostBehindMs = 12 * 60 * 60_000;

/** The earliest that the service's clock can show now. */
function earliestServiceTimeMs(headers: Headers, wallMs: number): number {
  const atMs = Date.parse(headers.get("date") ?? "");
  return Math.max(atMs || wallMs, wallMs - mostBehindMs) - clockSlackMs; // NaN without a readable date.
}

function failureOf(
  services: Services,
  call: PreparedCall,
  end: Exclude<CallEnd, { kind: "done" }>,
): AnyPurseError {
  const { so } = end;
  const reason = end.kind === "no_token" ? so.doubt : doubtAtTheEnd(end.result, so);
  if (reason !== undefined) {
    const answer = end.kind !== "no_token" && end.result.kind === "answer" ? end.result : undefined;
    return outcomeUnknown(services, call, { reason, so, answer }, performAgain);
  }
  const facts = factsOfCall(call, so);
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

function whyRecoveryFailed(reading: CallEnd | undefined, limits: CallLimits): OutcomeUnknownReason {
  if (limits.signal?.aborted === true) return "aborted";
  const isOver = reading?.kind === "failed" && reading.result.kind === "interrupted";
  return isOver || remainingMs(limits) <= 0 ? "timeout" : "recovery_failed";
}

/** An abort or a deadline is the better name for a doubt that it kept from being cleared up. */
function doubtAtTheEnd(result: ExchangeResult, so: Progress): OutcomeUnknownReason | undefined {
  if (so.doubt === undefined || result.kind !== "interrupted") return so.doubt;
  return result.reason === "aborted" ? "aborted" : "timeout";
}
