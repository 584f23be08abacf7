import { PurseIdempotencyConflictError } from "../errors/api-error.js";
import type { Payment } from "../../generated/schema.js";
import { isListed, matchingOperations, refersTo } from "../idempotency/operation-match.js";
import { factsOf } from "./answer-facts.js";
import type { PreparedCall } from "./call.js";
import { pause, type CallLimits } from "./interruption.js";
import { factsOfCall, send, type CallEnd, type Progress } from "./pipeline.js";
import type { Services } from "./services.js";
import type { PurseResponse } from "./purse-promise.js";
import { readingCall } from "./reading-back.js";
import { redactorForBody } from "./redact.js";
import type { JsonObject } from "./response-body.js";

/** What reading the payment says about a key that was used before. */
export type Recovery =
  | { readonly kind: "recovered"; readonly response: PurseResponse<JsonObject> }
  | { readonly kind: "conflict"; readonly error: PurseIdempotencyConflictError }
  /** Nobody can tell: `end` is how reading ended, if it was what failed. */
  | { readonly kind: "unknown"; readonly end?: CallEnd };

/** What a key made may show a moment later than the key itself. */
const mostReadings = 3;
const pauseMs = 500;

/** The key was used before: reads the payment and finds out whether it was used for this very operation. */
export async function recover(
  services: Services,
  call: PreparedCall,
  limits: CallLimits,
  end: CallEnd & { kind: "key_used" },
): Promise<Recovery> {
  const { resourceId, so } = end;
  // Under a key of its own, or after a lost attempt, it may be this call that used it.
  const mayBeOwn = call.isKeyGenerated || so.doubt !== undefined;
  if (call.asked === undefined) return mayBeOwn ? { kind: "unknown" } : conflict(services, call, end, false);
  for (let reading = 1; ; reading++) {
    const read = await readBack(services, readingCall(call), limits, so);
    if (read.kind !== "done") {
      // What kept the doubt from being cleared up says more than what left it.
      so.doubtCause = read.so.doubtCause ?? so.doubtCause;
      return { kind: "unknown", end: read };
    }
    const payment: Partial<Payment> = read.answer;
    const { merchantReference, ...asked } = call.asked;
    const [operation] = matchingOperations(payment, { ...asked, id: resourceId });
    if (operation !== undefined) {
      const isAsked = refersTo(operation, merchantReference) || call.isKeyGenerated;
      if (isAsked)
        return { kind: "recovered", response: { ...recoveredResponse(call, so, read), operation } };
      // The service may have completed or normalised the reference of our own lost attempt.
      return mayBeOwn ? { kind: "unknown" } : conflict(services, call, end, true);
    }
    if (isListed(payment, resourceId)) {
      // Done in part, or written differently: under a key that may be our own that is no proof of somebody else's.
      return mayBeOwn ? { kind: "unknown" } : conflict(services, call, end, true);
    }
    if (reading === mostReadings)
      return mayBeOwn ? { kind: "unknown" } : conflict(services, call, end, false);
    try {
      await pause(limits, pauseMs);
    } catch {
      return { kind: "unknown", end: read };
    }
  }
}

function conflict(
  services: Services,
  call: PreparedCall,
  { resourceId, result, so }: CallEnd & { kind: "key_used" },
  isProven: boolean,
): Recovery {
  const what = isProven
    ? "belongs to another operation: of another kind, amount or merchant reference. This call moved nothing."
    : "was used before, and what it made then is not to be seen here. This call moved nothing by itself, but an " +
      "earlier one with the key may have: look before you use another key.";
  const redact = redactorForBody(services.redact, call.body);
  const answered = result.kind === "answer" ? factsOf(result, redact) : {};
  const message = `${call.operation.operationId}: the idempotency key ${what}`;
  const facts = { ...factsOfCall(call, so), ...answered, resourceId: redact(resourceId) };
  return { kind: "conflict", error: new PurseIdempotencyConflictError(message, facts) };
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
  const reader = { ...readingCall(call), operation: confirmation.operation };
  const reading = await readBack(services, reader, limits, so);
  if (reading.kind !== "done" || !confirmation.isDone(reading.answer)) return undefined;
  return recoveredResponse(call, so, reading);
}

/** Its requests are requests of the call. */
async function readBack(
  services: Services,
  reader: PreparedCall,
  limits: CallLimits,
  so: Progress,
): Promise<CallEnd> {
  const end = await send(services, reader, limits);
  so.attempts += end.kind === "done" ? end.response.attempts : end.so.attempts;
  return end;
}

function recoveredResponse(
  call: PreparedCall,
  so: Progress,
  reading: CallEnd & { kind: "done" },
): PurseResponse<JsonObject> {
  const key = call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey };
  return {
    ...reading.response,
    data: reading.answer,
    attempts: so.attempts,
    idempotency: "recovered",
    ...key,
  };
}
