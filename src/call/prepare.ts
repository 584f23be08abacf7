import { apiKeyHeader, idempotencyKeyHeader, type OperationEntry } from "../../generated/operations.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import { checkIdempotencyKey, newIdempotencyKey } from "../idempotency/key.js";
import type { OperationQuery } from "../idempotency/operation-query.js";
import { describe, readMembers, refuseArgument } from "../checks/members.js";
import { requestOptionNames, type RequestOptions } from "../options.js";
import { checkHeaders } from "../checks/headers.js";
import type { CallPurpose } from "../hooks.js";
import { checkDurationMs, checkRetries } from "../checks/options.js";
import { checkPathSegment } from "../checks/values.js";
import { serializeBody } from "./request-body.js";
import type { Limits } from "./settings.js";
import type { OutgoingRequest } from "../http/build-request.js";
import type { JsonObject } from "../http/response-body.js";

/** A call as a resource describes it. */
export interface CallDescription {
  readonly operation: OperationEntry;
  readonly id?: unknown;
  /** The path's parameters by name, if there is more than an id. */
  readonly pathParams?: Readonly<Record<string, unknown>>;
  readonly query?: OutgoingRequest["query"];
  /** @defaultValue `"call"` */
  readonly purpose?: CallPurpose;
  readonly params?: unknown;
  /** Members for the body, where `params` has none. */
  readonly standard?: JsonObject;
  readonly options?: RequestOptions | undefined;
  /** Options that only this method takes. */
  readonly ownOptions?: readonly string[];
  /** Headers that the resource adds; checks the options they come from. */
  readonly headers?: (options: CheckedOptions) => Readonly<Record<string, string>>;
  /** For a change that a read can confirm: how to read, and whether the change is done. */
  readonly confirmation?: {
    readonly operation: OperationEntry;
    readonly isDone: (answer: Record<string, unknown>) => boolean;
  };
  /** The operation that reads what the call creates. */
  readonly createdBy?: OperationEntry;
  /** What to do about an unknown outcome that repeating the call under the same key cannot clear up. */
  readonly adviceWhenUnknown?: string;
  /** Whether the answer is a payment, as `resolve()` promises. Operations that a payment lists always answer with one. */
  readonly answersWithPayment?: boolean;
}

/** A call after every check: nothing in it can be refused any more or change between attempts. */
export interface PreparedCall extends OutgoingRequest {
  /** For a capture, refund or void: what to look for in the payment. */
  readonly requestedOperation: OperationQuery | undefined;
  /** The body's members: for a creation, what a used key made is compared with them. */
  readonly members: JsonObject | undefined;
  /** The operation that reads what a creation makes. */
  readonly createdBy: OperationEntry | undefined;
  readonly idempotencyKey: string | undefined;
  /** The key was made for this call, so no other call can have used it. */
  readonly isKeyGenerated: boolean;
  readonly isResolvable: boolean;
  readonly adviceWhenUnknown: string;
  readonly limits: Limits;
  readonly signal: AbortSignal | undefined;
  readonly confirmation: CallDescription["confirmation"];
  /** Set when an earlier call with this key may have taken effect. Until disproven, that counts for this call too. */
  readonly doubt: OutcomeUnknownReason | undefined;
  readonly purpose: CallPurpose;
}

/** A copy of a call's options: the known ones and no others. */
export type CheckedOptions = RequestOptions & Readonly<Record<string, unknown>>;

export function prepareCall(
  call: CallDescription,
  client: { defaults: Limits; apiKey: string | undefined; entityId: string | undefined },
): PreparedCall {
  const { params } = call;
  const options = checkOptions(call.options, [...requestOptionNames, ...(call.ownOptions ?? [])]);
  const operation = assumeIdempotent(call, options);
  const pathParams = checkPathParams(call);
  const body =
    operation.method === "POST"
      ? serializeBody(
          params === undefined ? {} : params,
          operation,
          client.entityId,
          call.purpose === "api" ? "init.body" : "params",
          call.standard,
        )
      : undefined;
  const idempotencyKey = operation.method === "POST" ? keyOrNew(options) : undefined;
  const headers: Record<string, string> = {
    ...checkHeaders(options.headers),
    ...call.headers?.(options),
    accept: "application/json, application/problem+json",
    ...(client.apiKey === undefined || operation.authentication === "optional"
      ? {}
      : { [apiKeyHeader]: client.apiKey }),
    ...(idempotencyKey === undefined ? {} : { [idempotencyKeyHeader]: idempotencyKey }),
  };
  return {
    operation,
    pathParams,
    query: call.query,
    headers,
    body: body?.text,
    requestedOperation: body?.requestedOperation,
    members: body?.members,
    createdBy: call.createdBy,
    idempotencyKey,
    isKeyGenerated: !("idempotencyKey" in options),
    isResolvable:
      operation.idempotency === "honoured" &&
      (call.answersWithPayment === true || operation.operationList !== undefined),
    adviceWhenUnknown: call.adviceWhenUnknown ?? "",
    limits: chooseLimits(options, client.defaults),
    signal: checkSignal(options.signal),
    confirmation: call.confirmation,
    doubt: undefined,
    purpose: call.purpose ?? "call",
  };
}

function checkPathParams({ operation, id, pathParams }: CallDescription): Record<string, string> {
  if (pathParams === undefined) {
    return operation.path.includes("{id}") ? { id: checkPathSegment(id, "id") } : {};
  }
  const entries = Object.entries(pathParams);
  return Object.fromEntries(entries.map(([name, value]) => [name, checkPathSegment(value, name)]));
}

/** @param known the names of all options; each value is checked where it is used. */
export function checkOptions(options: unknown, known: readonly string[]): CheckedOptions {
  return options === undefined ? {} : readMembers(options, "options", known);
}

/** Checks the options of methods that are not a single call. */
export function checkDeadlineAndSignal(
  options: unknown,
  standardDeadlineMs: number,
): { deadlineMs: number; signal: AbortSignal | undefined } {
  const { signal, deadlineMs = standardDeadlineMs } = checkOptions(options, ["deadlineMs", "signal"]);
  checkDurationMs(deadlineMs, "options.deadlineMs", refuseArgument);
  return { deadlineMs, signal: checkSignal(signal) };
}

/** The caller may know more about the service than its documentation says. */
function assumeIdempotent(
  { operation, confirmation }: CallDescription,
  { assumeKeyHonoured }: { readonly assumeKeyHonoured?: unknown },
): OperationEntry {
  const argument = "options.assumeKeyHonoured";
  if (assumeKeyHonoured === undefined || assumeKeyHonoured === false) return operation;
  if (assumeKeyHonoured !== true) return refuseArgument(argument, "must be true or false.");
  // Already honoured, without a key, or confirmed by reading: there is nothing to assume.
  if (operation.idempotency !== "unconfirmed" || confirmation !== undefined)
    return refuseArgument(argument, "is only for calls that create something: leave it out here.");
  return { ...operation, idempotency: "honoured" };
}

/** A key that is there but undefined was lost by the caller: with a random one instead, money could move twice. */
function keyOrNew(options: RequestOptions): string {
  return "idempotencyKey" in options ? checkIdempotencyKey(options.idempotencyKey) : newIdempotencyKey();
}

function chooseLimits(options: RequestOptions, defaults: Limits): Limits {
  const {
    timeoutMs = defaults.timeoutMs,
    deadlineMs = defaults.deadlineMs,
    maxRetries = defaults.maxRetries,
  } = options;
  return {
    timeoutMs: checkDurationMs(timeoutMs, "options.timeoutMs", refuseArgument),
    deadlineMs: checkDurationMs(deadlineMs, "options.deadlineMs", refuseArgument),
    maxRetries: checkRetries(maxRetries, "options.maxRetries", refuseArgument),
  };
}

export function checkSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined) return undefined;
  // Without `removeEventListener` the call would fail when it ends.
  const isSignal = typeof signal === "object" && signal !== null && "removeEventListener" in signal;
  if (isSignal && "aborted" in signal) {
    return signal as AbortSignal; // Checked by shape: test environments bring AbortSignals of their own.
  }
  return refuseArgument("options.signal", `must be an AbortSignal, but is ${describe(signal)}.`);
}
