import { PurseError, type PurseErrorFacts } from "./purse-error.js";

/** One entry of a problem document's `errors`: which member is wrong, and how. */
export interface FieldProblem {
  /** JSON Pointer to the member, such as `/order/net_amount`. */
  readonly pointer?: string;
  /** What is wrong with it, in the service's words. */
  readonly detail?: string;
}

/** What an API error is made from: the facts of every error, and the service's explanation. */
export interface ApiErrorFacts extends PurseErrorFacts {
  detail?: string | undefined;
  problems?: readonly FieldProblem[] | undefined;
  /** What the used idempotency key made. */
  resourceId?: string | undefined;
}

/** The codes of errors that answers become. */
export type ApiErrorCode =
  | "api"
  | "bad_request"
  | "authentication"
  | "permission"
  | "not_found"
  | "conflict"
  | "idempotency_conflict"
  | "rate_limit"
  | "server";

/** The service answered with an error status. The common ones have subclasses; for the others, look at `status`. */
export class PurseApiError extends PurseError {
  override get name(): string {
    return "PurseApiError";
  }
  /** Names the kind of failure; `api` for a status without a class of its own. */
  readonly code: ApiErrorCode = "api";
  // Private, so that printing the error never shows them: they may quote the request.
  readonly #detail: string | undefined;
  readonly #problems: readonly FieldProblem[];

  constructor(message: string, facts: ApiErrorFacts = {}) {
    const { detail, problems, ...rest } = facts;
    super(message, rest);
    this.#detail = detail;
    this.#problems = problems ?? [];
  }

  /**
   * The service's explanation. It may quote what was sent, so message, JSON and inspection leave it out. Known secrets and
   * card numbers are masked.
   */
  get detail(): string | undefined {
    return this.#detail;
  }

  /**
   * The members the service complains about: the problem document's `errors`. Like `detail`, it may quote what was sent.
   * Not called `errors`, because runtimes and loggers print a list of that name.
   */
  get problems(): readonly FieldProblem[] {
    return this.#problems;
  }
}

/**
 * 400 or 422: the service refuses the request. Sending it again will not help. The message names the members that it
 * complains about, as JSON pointers; `*` replaces a step that may be a value.
 */
export class PurseBadRequestError extends PurseApiError {
  override get name(): "PurseBadRequestError" {
    return "PurseBadRequestError";
  }
  override readonly code = "bad_request";
}

/** 401 even with a fresh token: the credentials are not accepted for this call. */
export class PurseAuthenticationError extends PurseApiError {
  override get name(): "PurseAuthenticationError" {
    return "PurseAuthenticationError";
  }
  override readonly code = "authentication";
}

/** 403: these credentials must not do this, often because of a wrong `entity_id`. */
export class PursePermissionError extends PurseApiError {
  override get name(): "PursePermissionError" {
    return "PursePermissionError";
  }
  override readonly code = "permission";
}

/** 404: there is no such client session or payment for these credentials. */
export class PurseNotFoundError extends PurseApiError {
  override get name(): "PurseNotFoundError" {
    return "PurseNotFoundError";
  }
  override readonly code = "not_found";
}

/** 409 that is not about the idempotency key: the current state does not allow the call. */
export class PurseConflictError extends PurseApiError {
  override get name(): "PurseConflictError" {
    return "PurseConflictError";
  }
  override readonly code = "conflict";
}

/**
 * 409 because the idempotency key was used before. For a capture, refund or void: the key made an operation of another kind,
 * or one that ended with another amount. For a creation: the service says that the key was used, or does not say what else
 * its 409 is about; an earlier call made `resourceId`, or a transport delivered this one twice. Either way the key may have
 * moved money, so look at `resourceId` before you use another key.
 */
export class PurseIdempotencyConflictError extends PurseApiError {
  override get name(): "PurseIdempotencyConflictError" {
    return "PurseIdempotencyConflictError";
  }
  override readonly code = "idempotency_conflict";
  /** Id of the operation that the key created, if the service named it. */
  declare readonly resourceId?: string;
}

/** 429 on the last attempt, or with a `Retry-After` that is too long to obey; `retryAfterMs` has it. */
export class PurseRateLimitError extends PurseApiError {
  override get name(): "PurseRateLimitError" {
    return "PurseRateLimitError";
  }
  override readonly code = "rate_limit";
}

/** 5xx on the last attempt at a read. (On a call that changes something: `PurseOutcomeUnknownError`.) */
export class PurseServerError extends PurseApiError {
  override get name(): "PurseServerError" {
    return "PurseServerError";
  }
  override readonly code = "server";
}
