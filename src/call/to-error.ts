import { PurseAbortError } from "../errors/abort-error.js";
import type { AnyPurseError, PurseOtherApiError } from "../errors/union.js";
import {
  PurseApiError,
  PurseAuthenticationError,
  PurseBadRequestError,
  PurseConflictError,
  PurseIdempotencyConflictError,
  PurseNotFoundError,
  PursePermissionError,
  PurseRateLimitError,
  PurseServerError,
  type ApiErrorFacts,
} from "../errors/api-error.js";
import { PurseConnectionError } from "../errors/connection-error.js";
import type { PurseErrorFacts } from "../errors/purse-error.js";
import { PurseTimeoutError } from "../errors/timeout-error.js";
import { PurseUnreadableResponseError } from "../errors/unreadable-response-error.js";
import type { OperationEntry } from "../../generated/operations.js";
import { errorDetailsOf, refusedMembers } from "./error-details.js";
import { unusableResponse, type ExchangeResult } from "../http/exchange.js";
import { refusalOfTransport, refusedByTransport } from "../http/failure.js";
import type { AnswerRedactor } from "./redact.js";
import { faultOfFetch } from "../http/response-body.js";
import { isIdempotencyConflict, mayConcernKey, resourceIdOf } from "./verdict.js";

type Answer = ExchangeResult & { kind: "answer" };

/** The error for a call that provably changed nothing, or was a read, by its last result. */
export function toError(
  result: ExchangeResult,
  operation: OperationEntry,
  facts: PurseErrorFacts,
  redact: AnswerRedactor,
): AnyPurseError {
  const name = operation.operationId;
  switch (result.kind) {
    case "not_sent":
    case "lost": {
      const code = result.cause.code ?? result.cause.name;
      const message =
        result.kind === "lost"
          ? code === unusableResponse
            ? `${name}: the answer of this client's \`fetch\` is not a Response with status and headers (${code}).`
            : `${name}: the connection was lost before the answer was complete (${code}).`
          : code === refusedByTransport
            ? `${name}: ${refusalOfTransport}`
            : `${name}: the service cannot be reached (${code}); nothing was changed. Check the base URL and the network.`;
      return new PurseConnectionError(message, { ...facts, cause: result.cause });
    }
    case "timeout":
      return new PurseTimeoutError(`${name}: no complete answer within timeoutMs.`, facts);
    case "interrupted":
      return result.reason === "aborted"
        ? new PurseAbortError(`${name}: the caller's signal ended the call.`, facts)
        : new PurseTimeoutError(`${name}: the call was not complete within deadlineMs.`, facts);
    case "answer":
      return toAnswerError(result, operation, facts, redact);
  }
}

function toAnswerError(
  answer: Answer,
  operation: OperationEntry,
  known: PurseErrorFacts,
  redact: AnswerRedactor,
): AnyPurseError {
  const told = errorDetailsOf(answer, redact);
  const facts: ApiErrorFacts = { ...known, ...told };
  const { status, body } = answer;
  const resourceId = resourceIdOf(answer);
  const name = operation.operationId;
  if (status >= 200 && status < 300 && body.kind === "unreadable") {
    const fault =
      body.reason === "unsupported_fetch" ? faultOfFetch : `the body is not a JSON object (${body.reason})`;
    const message = `${name}: status ${String(status)}, but ${fault}.`;
    return new PurseUnreadableResponseError(body.reason, message, {
      ...known,
      status,
      requestId: told.requestId,
    });
  }
  const title = facts.problem?.title;
  const said = `${name}: status ${String(status)}${title === undefined ? "" : ` (${title})`}.`;
  switch (status) {
    case 400:
    case 422:
      return new PurseBadRequestError(
        `${said} The service refuses ${refusedMembers(facts.problems, redact)}; \`detail\` and \`problems\` say why.`,
        facts,
      );
    case 401:
      return new PurseAuthenticationError(`${said} The access token is not accepted.`, facts);
    case 403:
      return new PursePermissionError(
        `${said} Not allowed with these credentials; check the entity id.`,
        facts,
      );
    case 404:
      return new PurseNotFoundError(`${said} Not found with these credentials in this environment.`, facts);
    case 409: {
      const isCreation = operation.method === "POST" && !operation.isRead && !operation.path.includes("{");
      const isCertain = isIdempotencyConflict(answer);
      if (!isCertain && !(isCreation && mayConcernKey(answer)))
        return new PurseConflictError(`${said} The current state does not allow this.`, facts);
      const used = isCertain ? "was" : "may have been";
      return new PurseIdempotencyConflictError(
        `${said} The idempotency key ${used} used before. Use one key per operation, and look at what this one made before you use another.`,
        { ...facts, resourceId: resourceId && redact(resourceId) },
      );
    }
    case 429:
      return new PurseRateLimitError(
        `${said} Too many requests; \`retryAfterMs\` is the wait that the service asks for, if it does.`,
        facts,
      );
    default:
      if (status >= 500) return new PurseServerError(`${said} The service failed.`, facts);
      // The base class itself has the code "api", which its type cannot say for the children's sake.
      return new PurseApiError(`${said} The API does not document this answer.`, facts) as PurseOtherApiError;
  }
}
