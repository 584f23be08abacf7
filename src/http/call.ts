import { apiKeyHeader, idempotencyKeyHeader, type OperationEntry } from "../../generated/operations.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import { createdQueryOf, type CreatedQuery } from "../idempotency/created-match.js";
import { checkIdempotencyKey, newIdempotencyKey } from "../idempotency/key.js";
import type { OperationQuery } from "../idempotency/operation-match.js";
import type { RequestOptions } from "../options.js";
import { checkHeaders } from "./headers.js";
import type { CallPurpose } from "./hooks.js";
import type { CallWatch } from "./observer.js";
import { checkDurationMs, checkRetries } from "./option-checks.js";
import { checkObject, checkPathSegment, describe } from "./path.js";
import { serializeBody } from "./request-body.js";
import type { CallDefaults } from "./settings.js";
import type { OutgoingRequest } from "./transport.js";

/** A call as a resource describes it. */
export interface CallDescription {
  readonly operation: OperationEntry;
  readonly id?: unknown;
  /** As the operation's path names them, where it is not just an id. */
  readonly pathParams?: Readonly<Record<string, unknown>>;
  readonly query?: OutgoingRequest["query"];
  /** @defaultValue `"call"` */
  readonly purpose?: CallPurpose;
  readonly params?: unknown;
  readonly options?: RequestOptions | undefined;
  /** Headers the resource itself adds; checks what they are made of. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** For a change that can be confirmed by reading: how to read it, and whether it is done. */
  readonly confirmation?: {
    readonly operation: OperationEntry;
    readonly isDone: (answer: Record<string, unknown>) => boolean;
  };
  /** Reads what the call creates, by the id that the service gave it. */
  readonly createdBy?: OperationEntry;
  /** What to do about an unknown outcome that asking again under the same key cannot clear up. */
  readonly adviceWhenUnknown?: string;
  /** Whether the answer is a payment, as `resolve()` promises. Those that list operations do. */
  readonly answersWithPayment?: boolean;
}

/** A call after every check: nothing in it can be refused any more, and nothing in it changes between attempts. */
export interface PreparedCall extends OutgoingRequest {
  /** For a capture, refund or void: what to look for in the payment. */
  readonly asked: OperationQuery | undefined;
  /** For a creation: what to compare what a used key made with, and how to read it. */
  readonly created: CreatedQuery | undefined;
  readonly createdBy: OperationEntry | undefined;
  readonly idempotencyKey: string | undefined;
  /** Made for this call, so that whatever the key did, this call did. */
  readonly isKeyGenerated: boolean;
  readonly isResolvable: boolean;
  readonly adviceWhenUnknown: string;
  readonly defaults: CallDefaults;
  readonly signal: AbortSignal | undefined;
  readonly confirmation: CallDescription["confirmation"];
  /** Set when an earlier call with this key may have taken effect: until proven otherwise, so may this one. */
  readonly doubt: OutcomeUnknownReason | undefined;
  readonly purpose: CallPurpose;
  /** Set where somebody wants to be told of what happens. */
  readonly watch: CallWatch | undefined;
}

export function prepareCall(
  call: CallDescription,
  client: { defaults: CallDefaults; apiKey: string | undefined; entityId: string | undefined },
): PreparedCall {
  const { params } = call;
  const options = checkOptions(call.options);
  const operation = trustKey(call, options);
  const pathParams = checkPathParams(call);
  const body =
    operation.method === "POST"
      ? serializeBody(params === undefined ? {} : params, operation, client.entityId)
      : undefined;
  const idempotencyKey = operation.method === "POST" ? chooseKey(options) : undefined;
  const headers: Record<string, string> = {
    ...checkHeaders(options.headers),
    ...call.headers?.(),
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
    asked: body?.asked,
    created: body && createdQueryOf(body.members),
    createdBy: call.createdBy,
    idempotencyKey,
    isKeyGenerated: options.idempotencyKey === undefined,
    isResolvable:
      operation.idempotency === "honoured" &&
      (call.answersWithPayment === true || operation.operationList !== undefined),
    adviceWhenUnknown: call.adviceWhenUnknown ?? "",
    defaults: chooseLimits(options, client.defaults),
    signal: checkSignal(options.signal),
    confirmation: call.confirmation,
    doubt: undefined,
    purpose: call.purpose ?? "call",
    watch: undefined,
  };
}

function checkPathParams({ operation, id, pathParams }: CallDescription): Record<string, string> {
  if (pathParams === undefined) {
    return operation.path.includes("{id}") ? { id: checkPathSegment(id, "id") } : {};
  }
  const entries = Object.entries(pathParams);
  return Object.fromEntries(entries.map(([name, value]) => [name, checkPathSegment(value, name)]));
}

export function checkOptions(options: unknown): RequestOptions {
  if (options === undefined) return {};
  return checkObject(options, "options");
}

/** The caller may know more about the service than its documentation says. */
function trustKey(
  { operation, confirmation }: CallDescription,
  { assumeKeyHonoured }: RequestOptions,
): OperationEntry {
  const isVouchedFor = assumeKeyHonoured === true && operation.idempotency === "unconfirmed";
  // What can be confirmed by reading needs no trust.
  if (!isVouchedFor || confirmation !== undefined) return operation;
  return { ...operation, idempotency: "honoured" };
}

function chooseKey(options: RequestOptions): string {
  return options.idempotencyKey === undefined
    ? newIdempotencyKey()
    : checkIdempotencyKey(options.idempotencyKey);
}

function chooseLimits(options: RequestOptions, defaults: CallDefaults): CallDefaults {
  const { timeoutMs, deadlineMs, maxRetries } = options;
  return {
    timeoutMs: checkDurationMs(timeoutMs ?? defaults.timeoutMs, "options.timeoutMs", refuseArgument),
    deadlineMs: checkDurationMs(deadlineMs ?? defaults.deadlineMs, "options.deadlineMs", refuseArgument),
    maxRetries: checkRetries(maxRetries ?? defaults.maxRetries, "options.maxRetries", refuseArgument),
  };
}

/** Refuses a call's argument, naming it. */
export function refuseArgument(argument: string, message: string): never {
  throw new PurseInvalidArgumentError(argument, message);
}

export function checkSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined) return undefined;
  if (typeof signal === "object" && signal !== null && "aborted" in signal && "addEventListener" in signal) {
    return signal as AbortSignal; // Looked at by shape: test environments bring AbortSignals of their own.
  }
  throw new PurseInvalidArgumentError(
    "options.signal",
    `must be an AbortSignal, but is ${describe(signal)}.`,
  );
}
