import { problemTypeValues } from "../../generated/enums.js";
import type { OperationEntry } from "../../generated/operations.js";
import type { OutcomeUnknownReason } from "../errors/outcome-unknown-error.js";
import type { ExchangeResult } from "../http/exchange.js";
import { refusedByTransport } from "../http/failure.js";
import type { RetryKind } from "./retry.js";

/** What to do about the result of one attempt. */
export type Verdict =
  | { readonly action: "succeed" }
  | { readonly action: "reauthenticate" }
  /** The key was used before; `resourceId` is what it made, if the service says so. */
  | { readonly action: "recover"; readonly resourceId: string | undefined }
  | { readonly action: "retry"; readonly kind: RetryKind; readonly doubt?: OutcomeUnknownReason }
  /** `doubt`: the request may have taken effect nevertheless. */
  | { readonly action: "fail"; readonly doubt?: OutcomeUnknownReason };

export interface CallSoFar {
  /** Set once an earlier attempt may have taken effect. */
  readonly doubt: OutcomeUnknownReason | undefined;
  readonly reauthenticated: boolean;
  readonly usedToken: boolean;
}

/**
 * The rule behind every retry. What provably was not processed is repeated. What may have been processed is repeated only
 * if the service is known to honour the key; otherwise the outcome is unknown.
 */
export function judge(result: ExchangeResult, operation: OperationEntry, progress: CallSoFar): Verdict {
  switch (result.kind) {
    case "not_sent":
      if (result.steering !== undefined || result.cause.code === refusedByTransport)
        return { action: "fail" };
      return { action: "retry", kind: "transient" };
    case "lost":
      if (result.steering !== undefined) return failWithDoubt(operation, "connection_lost");
      return ambiguous(operation, "connection_lost");
    case "timeout":
      return ambiguous(operation, "timeout");
    case "interrupted":
      if (!result.mayHaveLeft) return { action: "fail" };
      return failWithDoubt(operation, result.reason === "aborted" ? "aborted" : "timeout");
    case "answer":
      return judgeAnswer(result, operation, progress);
  }
}

function judgeAnswer(
  answer: ExchangeResult & { kind: "answer" },
  operation: OperationEntry,
  progress: CallSoFar,
): Verdict {
  const { status, body } = answer;
  if (status >= 200 && status < 300) {
    if (body.kind === "object") return { action: "succeed" };
    if (body.reason === "too_large") return failWithDoubt(operation, "unreadable_answer");
    return ambiguous(operation, "unreadable_answer");
  }
  // Some runtimes report a redirect that is not followed as an opaque answer with status 0.
  if (status === 0 || (status >= 300 && status < 400)) return failWithDoubt(operation, "redirected");
  if (wantsToken(status, operation, progress)) return { action: "reauthenticate" };
  if (status === 429) return { action: "retry", kind: "throttled" };
  if (status === 408 || status === 425) return ambiguous(operation, "timeout");
  if (status >= 500 && status < 600) return ambiguous(operation, "server_error");
  if (status === 409) return judgeConflict(answer, operation, progress);
  // Only a 4xx says that nothing was done; a status outside HTTP's ranges says nothing.
  return status >= 400 && status < 500 ? { action: "fail" } : ambiguous(operation, "unreadable_answer");
}

/** Whether another token, or a first one, may change the answer. Once per call. */
function wantsToken(status: number, operation: OperationEntry, progress: CallSoFar): boolean {
  if (progress.reauthenticated) return false;
  return progress.usedToken
    ? status === 401
    : operation.authentication === "optional" && (status === 401 || status === 403);
}

function judgeConflict(
  answer: ExchangeResult & { kind: "answer" },
  operation: OperationEntry,
  progress: CallSoFar,
): Verdict {
  if (operation.idempotency !== "honoured" || !mayConcernKey(answer)) return { action: "fail" };
  const resourceId = resourceIdOf(answer);
  // Our own first request may hold the key and still be in progress.
  if (resourceId === undefined && progress.doubt !== undefined) {
    return { action: "retry", kind: "in_progress", doubt: "still_in_progress" };
  }
  return { action: "recover", resourceId };
}

/**
 * Whether a 409 may be about the key: where a key is sent, that is the only documented reason. It counts as something else
 * only if it says so, by a `type` that is a URI of its own or by a `title` that is more than the status's name.
 */
export function mayConcernKey(answer: ExchangeResult & { kind: "answer" }): boolean {
  if (answer.body.kind !== "object" || "resource_id" in answer.body.value) return true;
  const { type, title } = answer.body.value;
  if (typeof type !== "string" || !/^[a-z][\w+.-]*:/i.test(type) || /conflict|409/i.test(type)) return true;
  // Cut, so that a long text does not keep the process busy.
  const words = typeof title === "string" ? title.slice(0, 99).trim() : "";
  if (/idempot|duplic|already|pro(c|gr)ess|key/i.test(type + words)) return true;
  // The status's name in any language, with or without the number.
  return /^about:blank$/i.test(type) && /^(?:409\b)?\s*\S*$/.test(words);
}

/** Whether an answer with status 409 says that it is about the key. */
export function isIdempotencyConflict(answer: ExchangeResult & { kind: "answer" }): boolean {
  if (answer.body.kind !== "object") return false;
  const { type } = answer.body.value;
  return resourceIdOf(answer) !== undefined || (problemTypeValues as readonly unknown[]).includes(type);
}

export function resourceIdOf(answer: ExchangeResult & { kind: "answer" }): string | undefined {
  if (answer.body.kind !== "object") return undefined;
  const { resource_id: id } = answer.body.value;
  return typeof id === "string" && id !== "" && id.length <= 255 ? id : undefined;
}

/** The request may or may not have been processed. */
function ambiguous(operation: OperationEntry, doubt: OutcomeUnknownReason): Verdict {
  if (operation.isRead) return { action: "retry", kind: "transient" };
  if (operation.idempotency === "honoured") return { action: "retry", kind: "transient", doubt };
  return { action: "fail", doubt };
}

/** As {@link ambiguous}, where there must be no other attempt. */
function failWithDoubt(operation: OperationEntry, doubt: OutcomeUnknownReason): Verdict {
  return operation.isRead ? { action: "fail" } : { action: "fail", doubt };
}
