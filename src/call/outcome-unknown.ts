import type { Payment } from "../../generated/schema.js";
import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import {
  PurseOutcomeUnknownError,
  type Inspection,
  type OutcomeUnknownReason,
} from "../errors/outcome-unknown-error.js";
import { inspectPayment } from "../idempotency/inspection.js";
import { errorDetailsOf } from "./error-details.js";
import type { PreparedCall } from "./prepare.js";
import type { ExchangeResult } from "../http/exchange.js";
import { errorFactsOf, type Run } from "./send.js";
import type { PurseResponse } from "./purse-promise.js";
import { readingCall } from "./recovery.js";
import { redactorForBody } from "./redact.js";
import type { JsonObject } from "../http/response-body.js";

const reasons: Readonly<Record<OutcomeUnknownReason, string>> = {
  connection_lost: "the connection was lost before an answer came",
  timeout: "no answer came in time",
  aborted: "the caller ended the call after the request may have left",
  server_error: "the service failed while it had the request",
  unreadable_answer: "the answer could not be read",
  redirected: "the service answered with a redirect, which is not followed",
  still_in_progress: "the service says that the key is taken; it may be still working on the first request",
  recovery_failed:
    "the service says that the key was used before, and nothing that could be read shows what became of it",
};

/** Performs a call from its start, as `resolve()` and `inspect()` do. Passed in, because it may end here again. */
export type PerformAgain = (call: PreparedCall) => Promise<PurseResponse<JsonObject>>;

export interface UnknownOutcome {
  readonly reason: OutcomeUnknownReason;
  readonly resourceId?: string | undefined;
  readonly answer?: (ExchangeResult & { kind: "answer" }) | undefined;
}

export function outcomeUnknown(
  run: Run,
  { reason, resourceId, answer }: UnknownOutcome,
  performAgain: PerformAgain,
): PurseOutcomeUnknownError {
  const { services, call, progress } = run;
  const { operation } = call;
  const look = call.requestedOperation === undefined ? "" : ", or inspect() to look";
  const advice = call.isResolvable
    ? `Call resolve() to repeat it under the same key${look}.`
    : call.adviceWhenUnknown;
  const isRefused = answer !== undefined && answer.status >= 400 && answer.status < 500;
  const refusal = isRefused ? ` A later attempt was refused with status ${String(answer.status)}.` : "";
  const message = `${operation.operationId}: ${reasons[reason]}; it may have taken effect.${refusal} ${advice}`;
  const redact = redactorForBody(services.redact, call.body);
  const { status, requestId, problem, detail } = answer === undefined ? {} : errorDetailsOf(answer, redact);
  return new PurseOutcomeUnknownError(reason, message, {
    ...errorFactsOf(run),
    status,
    requestId,
    problem,
    detail,
    cause: progress.doubtCause,
    resourceId: resourceId && redact(resourceId),
    remedies: {
      resolve: () => resolveOutcome(run, reason, performAgain),
      inspect: () => inspectOutcome(run, resourceId, performAgain),
    },
  });
}

async function resolveOutcome(
  run: Run,
  doubt: OutcomeUnknownReason,
  performAgain: PerformAgain,
): Promise<Payment> {
  const { call } = run;
  if (!call.isResolvable) {
    throw new PurseInvalidArgumentError(
      "resolve()",
      `cannot help with ${call.operation.operationId}. ${call.adviceWhenUnknown}`,
    );
  }
  const again: PreparedCall = { ...call, doubt, signal: undefined, purpose: "resolution" };
  const { data } = await performAgain(again);
  return data as Partial<Payment> as Payment; // By the spec, as the original call would have returned it.
}

async function inspectOutcome(
  run: Run,
  resourceId: string | undefined,
  performAgain: PerformAgain,
): Promise<Inspection> {
  const { call } = run;
  if (call.requestedOperation === undefined) {
    throw new PurseInvalidArgumentError(
      "inspect()",
      `cannot help with ${call.operation.operationId}. ${call.adviceWhenUnknown}`,
    );
  }
  const reading: PreparedCall = { ...readingCall({ ...call, signal: undefined }), purpose: "inspection" };
  const { data } = await performAgain(reading);
  const payment = data as Partial<Payment> as Payment; // By the spec; inspectPayment checks it.
  // With a generated key, the operation that the service named is this call's, even if its reference was changed.
  const isOwn = call.isKeyGenerated && resourceId !== undefined;
  const { merchantReference } = call.requestedOperation;
  const query = {
    ...call.requestedOperation,
    id: resourceId,
    merchantReference: isOwn ? undefined : merchantReference,
  };
  return inspectPayment(payment, call.pathParams["id"], query);
}
