import { PurseIdempotencyConflictError } from "../errors/api-error.js";
import { isListed, matchingOperations, recoveredOperation } from "../idempotency/operation-match.js";
import { factsOf } from "./answer-facts.js";
import type { PreparedCall } from "./call.js";
import type { ExchangeResult } from "./exchange.js";
import type { CallLimits } from "./interruption.js";
import { factsOfCall, send, type CallEnd, type Progress, type Services } from "./pipeline.js";
import type { PurseResponse } from "./purse-promise.js";
import { queryOf, readingCall } from "./reading-back.js";
import { redactorForBody } from "./redact.js";
import type { JsonObject } from "./response-body.js";

/**
 * The key was used before: reads the payment and finds out whether it was used for this very operation.
 *
 * @returns nothing when nobody can tell: the payment could not be read, or the request that may have used the key
 * was our own and what it made does not show yet.
 * @throws PurseIdempotencyConflictError when the key made something else.
 */
export async function recover(
  services: Services,
  call: PreparedCall,
  limits: CallLimits,
  end: CallEnd & { kind: "key_used" },
): Promise<PurseResponse<JsonObject> | undefined> {
  const { resourceId, result, so } = end;
  const query = queryOf(call);
  if (query === undefined) {
    // Nothing says what the key made. After a lost attempt of this call it may well be what was asked for.
    if (so.doubt !== undefined) return undefined;
    throw keyUsedForSomethingElse(services, call, resourceId, result, so);
  }
  const reading = await send(services, readingCall(call), limits);
  if (reading.kind !== "done") return undefined;
  // The service may have completed or normalised the reference; under a key of this call's own that is no doubt.
  const { merchantReference, ...rest } = query;
  const operation = call.isKeyGenerated
    ? matchingOperations(reading.answer, { ...rest, id: resourceId })[0]
    : recoveredOperation(reading.answer, { ...rest, merchantReference, id: resourceId });
  if (operation !== undefined) return { ...recoveredResponse(call, so, reading), operation };
  if (so.doubt !== undefined && !isListed(reading.answer, resourceId)) return undefined;
  throw keyUsedForSomethingElse(services, call, resourceId, result, so);
}

function keyUsedForSomethingElse(
  services: Services,
  call: PreparedCall,
  resourceId: string,
  result: ExchangeResult,
  so: Progress,
): PurseIdempotencyConflictError {
  const message =
    `${call.operation.operationId}: the idempotency key was used before, for another operation (${services.redact(resourceId)}). ` +
    "This call moved nothing. Use one key per operation, and the same on every retry of that operation.";
  const answered =
    result.kind === "answer" ? factsOf(result, redactorForBody(services.redact, call.body)) : {};
  return new PurseIdempotencyConflictError(message, { ...factsOfCall(call, so), ...answered, resourceId });
}

/** After a change of unknown fate that can be seen by reading: reads, and succeeds if it is there. */
export async function confirm(
  services: Services,
  call: PreparedCall,
  limits: CallLimits,
  so: Progress,
): Promise<PurseResponse<JsonObject> | undefined> {
  const { confirmation } = call;
  if (confirmation === undefined || so.doubt === undefined) return undefined;
  const reading = await send(services, { ...readingCall(call), operation: confirmation.operation }, limits);
  if (reading.kind !== "done" || !confirmation.isDone(reading.answer)) return undefined;
  return recoveredResponse(call, so, reading);
}

function recoveredResponse(
  call: PreparedCall,
  so: Progress,
  reading: CallEnd & { kind: "done" },
): PurseResponse<JsonObject> {
  const key = call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey };
  const attempts = so.attempts + reading.response.attempts;
  return { ...reading.response, data: reading.answer, attempts, idempotency: "recovered", ...key };
}
