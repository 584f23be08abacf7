import { PurseError, type PurseErrorFacts } from "./purse-error.js";

/** One entry of a problem document's `errors`: which member is wrong, and how. */
export interface FieldProblem {
  /** JSON Pointer to the member, such as `/order/net_amount`. */
  readonly pointer?: string;
  /** What is wrong with it, in the service's words. */
  readonly detail?: string;
}

/** What an API error knows: the facts of every error, and what the service said in words. */
export interface ApiErrorFacts extends PurseErrorFacts {
  detail?: string | undefined;
  problems?: readonly FieldProblem[] | undefined;
  /** What a used idempotency key had made. */
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

/** The service answered with an error status. Children tell the common ones apart; `status` tells the rest. */
export class PurseApiError extends PurseError {
  override get name(): string {
    return "PurseApiError";
  }
  /** Names the kind of failure; `api` for a status without a class of its own. */
  readonly code: ApiErrorCode = "api";
  // Private, so that no way of printing the error shows them: the service may quote the request here.
  readonly #detail: string | undefined;
  readonly #problems: readonly FieldProblem[];

  constructor(message: string, facts: ApiErrorFacts = {}) {
    const { detail, problems, ...rest } = facts;
    super(message, rest);
    this.#detail = detail;
    this.#problems = problems ?? [];
  }

  /**
   * The service's explanation. It may quote what was sent, so it is left out of message, JSON and inspection. Known
   * secrets and card numbers are masked.
   */
  get detail(): string | undefined {
    return this.#detail;
  }

  /**
   * The members the service complained of: the problem document's `errors`. May quote what was sent, like `detail`. Not
   * called `errors` here, because runtimes and loggers print an error's list of that name.
   */
  get problems(): readonly FieldProblem[] {
    return this.#problems;
  }
}

/**
 * 400 or 422: the service refuses the request as it stands. Sending it again will not help. The message names the members
 * that it complains of, as JSON pointers; `*` is a step that may be a value.
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

/** 403: the credentials are known, but not allowed to do this, often because of a wrong `entity_id`. */
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

/** 409 whose text is about something other than the idempotency key: the state does not allow the call. */
export class PurseConflictError extends PurseApiError {
  override get name(): "PurseConflictError" {
    return "PurseConflictError";
  }
  override readonly code = "conflict";
}

/**
 * 409 because the idempotency key was used before. For a capture, refund or void the payment lists what the key made as
 * another kind of operation, or as one that ended with another amount. For a creation the service says that the key was
 * used, or does not say what else its 409 is about: an earlier call made what `resourceId` names, or a transport
 * delivered this one twice. Either way the key may have moved money, so look at `resourceId` before you use another key.
 */
export class PurseIdempotencyConflictError extends PurseApiError {
  override get name(): "PurseIdempotencyConflictError" {
    return "PurseIdempotencyConflictError";
  }
  override readonly code = "idempotency_conflict";
  /** Id of the operation that the key created, if the service named it. */
  declare readonly resourceId?: string;
}

/** 429 on the last attempt, or the service asks for too long a wait, which `retryAfterMs` holds. */
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
