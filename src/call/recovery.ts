import { defined } from "../defined.js";
import { getPayment, idempotencyKeyHeader, maxAgeHeader } from "../../generated/operations.js";
import { PurseIdempotencyConflictError } from "../errors/api-error.js";
import type { Operation } from "../../generated/schema.js";
import type { SafeCause } from "../errors/purse-error.js";
import { compareCreated } from "../idempotency/created-match.js";
import {
  isFinal,
  isReadingOf,
  listedEntries,
  matchingOperations,
  refersTo,
} from "../idempotency/operation-match.js";
import { isAmount, operationLists } from "../idempotency/operation-query.js";
import { errorDetailsOf } from "./error-details.js";
import type { PreparedCall } from "./prepare.js";
import { pause } from "../http/interruption.js";
import { errorFactsOf, sendWithRetries, startRun, type CallEnd, type Run } from "./send.js";
import type { PurseResponse } from "./purse-promise.js";
import { redactorForBody } from "./redact.js";
import type { JsonObject } from "../http/response-body.js";

/** What a read says about a key that was used before. */
export type Recovery =
  | { readonly kind: "recovered"; readonly response: PurseResponse<JsonObject> }
  | { readonly kind: "conflict"; readonly error: PurseIdempotencyConflictError }
  /** Not proven either way. `end` is how the read ended, if the read failed. */
  | { readonly kind: "unknown"; readonly end?: CallEnd };

type KeyUsed = CallEnd & { kind: "key_used" };

/** What a read says about the operation that the service named. `unseen`: it is not there yet. */
type Comparison =
  | { readonly kind: "same"; readonly operation?: Operation }
  | { readonly kind: "other" | "unclear" | "unseen" };

/** Reads lag: what a key made may appear a moment later. */
const mostReadings = 3;
const pauseMs = 500;

/**
 * The key was used before: reads what it made and compares that with what this call asks for. Only an operation of
 * another kind, or one that ended with another amount, proves a conflict. Reads lag and services complete references, so
 * any other difference proves nothing.
 */
export async function recover(run: Run, end: KeyUsed): Promise<Recovery> {
  const { call, deadline, progress } = run;
  const { resourceId } = end;
  const reading = resourceId === undefined ? undefined : readingOf(call, resourceId);
  if (resourceId === undefined || reading === undefined) return { kind: "unknown" };
  for (let count = 1; ; count++) {
    const { end: read, doubtCause } = await readBack(run, reading);
    // A resource that was just created may not be found for a moment.
    const isAbsent = read.kind === "failed" && read.result.kind === "answer" && read.result.status === 404;
    if (
      read.kind !== "done" &&
      !(isAbsent && call.requestedOperation === undefined && count < mostReadings)
    ) {
      // The failure that kept the doubt from being cleared up says more than the one that left it.
      progress.doubtCause = doubtCause ?? progress.doubtCause;
      return { kind: "unknown", end: read };
    }
    const comparison: Comparison =
      read.kind === "done" ? compare(read.answer, call, resourceId) : { kind: "unseen" };
    if (read.kind === "done" && comparison.kind === "same") {
      const { operation } = comparison;
      const response = recoveredResponse(run, read);
      return { kind: "recovered", response: operation === undefined ? response : { ...response, operation } };
    }
    // With a generated key, or after a lost attempt, this call itself may have used the key.
    const mayBeOwn = call.isKeyGenerated || progress.doubt !== undefined;
    if (comparison.kind === "other" && !mayBeOwn) return conflict(run, end, resourceId);
    if (comparison.kind !== "unseen" || count === mostReadings) return { kind: "unknown" };
    try {
      await pause(deadline, pauseMs);
    } catch {
      return { kind: "unknown", end: read };
    }
  }
}

/** The call that reads what the key made, if there is one. */
function readingOf(call: PreparedCall, resourceId: string): PreparedCall | undefined {
  if (call.requestedOperation !== undefined) return readingCall(call);
  const operation = call.createdBy;
  // The id comes from the service, but goes into a path.
  if (operation === undefined || !/^[\w-]+$/.test(resourceId)) return undefined;
  return { ...readingCall(call), operation, pathParams: { id: resourceId } };
}

function compare(answer: JsonObject, call: PreparedCall, resourceId: string): Comparison {
  const { requestedOperation, members } = call;
  if (requestedOperation === undefined) {
    const isReading = members !== undefined && isReadingOf(answer, resourceId);
    return { kind: isReading ? compareCreated(answer, members) : "unseen" };
  }
  const paymentId = call.pathParams["id"];
  const { list, amount, merchantReference } = requestedOperation;
  if (listedEntries(answer, paymentId, list) === undefined) return { kind: "unseen" };
  const [operation, ...others] = matchingOperations(answer, { list, id: resourceId });
  if (others.length > 0) return { kind: "unclear" };
  if (operation === undefined) {
    const isListedElsewhere = operationLists.some(
      (other) => matchingOperations(answer, { list: other, id: resourceId }).length > 0,
    );
    return { kind: isListedElsewhere ? "other" : "unseen" };
  }
  if (operation.amount === amount) {
    const isSame = call.isKeyGenerated || refersTo(operation, merchantReference);
    return isSame ? { kind: "same", operation } : { kind: "unclear" };
  }
  return { kind: isAmount(operation.amount) && isFinal(operation) ? "other" : "unclear" };
}

function conflict(run: Run, { result }: KeyUsed, resourceId: string): Recovery {
  const { services, call } = run;
  const redact = redactorForBody(services.redact, call.body);
  const answered = result.kind === "answer" ? errorDetailsOf(result, redact) : {};
  const message =
    `${call.operation.operationId}: the idempotency key belongs to another operation, with another ` +
    `${call.requestedOperation === undefined ? "amount or currency" : "kind or amount"}, ` +
    "which `resourceId` names. This request changed nothing. Use one key for each operation.";
  const facts = { ...errorFactsOf(run), ...answered, resourceId: redact(resourceId) };
  return { kind: "conflict", error: new PurseIdempotencyConflictError(message, facts) };
}

/** For a change of unknown outcome that a read can confirm: reads, and succeeds if the change is there. */
export async function confirm(run: Run): Promise<PurseResponse<JsonObject> | undefined> {
  const { call, progress } = run;
  const { confirmation } = call;
  if (confirmation === undefined || progress.doubt === undefined) return undefined;
  const reader = { ...readingCall(call), operation: confirmation.operation };
  const { end: reading } = await readBack(run, reader);
  if (reading.kind !== "done") return undefined;
  const isThere = isReadingOf(reading.answer, call.pathParams["id"]) && confirmation.isDone(reading.answer);
  return isThere ? recoveredResponse(run, reading) : undefined;
}

/** Its requests count as attempts of the call. */
async function readBack(
  run: Run,
  reader: PreparedCall,
): Promise<{ end: CallEnd; doubtCause: SafeCause | undefined }> {
  const reading = startRun(reader, run);
  const end = await sendWithRetries(reading);
  run.progress.attempts += reading.progress.attempts;
  return { end, doubtCause: reading.progress.doubtCause };
}

function recoveredResponse(
  { call, progress }: Run,
  reading: CallEnd & { kind: "done" },
): PurseResponse<JsonObject> {
  return {
    ...reading.response,
    data: reading.answer,
    attempts: progress.attempts,
    idempotency: "recovered",
    ...defined({ idempotencyKey: call.idempotencyKey }),
  };
}

/** The call that reads the payment, from the partners and not from a cache that may be older. */
export function readingCall(call: PreparedCall): PreparedCall {
  const unwanted = [idempotencyKeyHeader, maxAgeHeader].map((name) => name.toLowerCase());
  const headers = Object.fromEntries(
    Object.entries(call.headers).filter(([name]) => !unwanted.includes(name.toLowerCase())),
  );
  return {
    ...call,
    operation: getPayment,
    query: undefined,
    headers,
    body: undefined,
    requestedOperation: undefined,
    idempotencyKey: undefined,
    confirmation: undefined,
    doubt: undefined,
    purpose: "recovery",
  };
}
