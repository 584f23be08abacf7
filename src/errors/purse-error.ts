/** Marks errors of every copy of this package. @internal */
export const brand: unique symbol = Symbol.for("purse-payments.error");
const inspection: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** The parts of an RFC 9457 problem document that are safe to keep and to log. */
export interface ProblemSummary {
  /** URI that names the kind of problem. */
  readonly type?: string;
  /** The service's short name for it. */
  readonly title?: string;
  /** HTTP status that the problem states. */
  readonly status?: number;
}

/** What is known about a call when it fails. */
export interface PurseErrorFacts {
  status?: number | undefined;
  requestId?: string | undefined;
  problem?: ProblemSummary | undefined;
  idempotencyKey?: string | undefined;
  attempts?: number | undefined;
  retryAfterMs?: number | undefined;
  cause?: SafeCause | undefined;
}

/** A foreign failure reduced to its name and code: foreign messages may quote header values and bodies. */
export interface SafeCause {
  /** Name of the error. */
  readonly name: string;
  /** Its code, such as `ECONNRESET`. */
  readonly code?: string;
}

/**
 * Root of every error this package throws.
 *
 * Safe to log: the client's tokens and secrets (from 6 characters on), texts of the request's body (from
 * 4 on) and card numbers are masked. The service's explanations (`detail`, `problems`) are not printed, because they may
 * quote the request.
 * Tell the kinds apart with `switch (error.code)` on `AnyPurseError`, or with `instanceof`.
 */
export abstract class PurseError extends Error {
  /** Names the kind of failure; the discriminant of `AnyPurseError`. */
  abstract readonly code: string;
  /** HTTP status of the last answer, if there was one. */
  declare readonly status?: number;
  /** The service's own id for the request, for its support. */
  declare readonly requestId?: string;
  /** Type, title and status of the problem document, cut to a bounded length. */
  declare readonly problem?: ProblemSummary;
  /** The key that was sent, or would have been. Use the same one to repeat the call. */
  declare readonly idempotencyKey?: string;
  /**
   * API requests of the call: all attempts, including those that could not connect, and the reads of a recovery. Token
   * requests do not count.
   */
  declare readonly attempts?: number;
  /** How long the service asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number;

  constructor(message: string, facts: PurseErrorFacts = {}) {
    const { cause, ...rest } = facts;
    super(message, cause === undefined ? undefined : { cause: toCause(cause) });
    for (const [name, value] of Object.entries(rest)) {
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable: true });
    }
  }

  /** @internal */
  get [brand](): true {
    return true;
  }

  /** The safe members, for structured logs. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      ...Object.fromEntries(Object.entries(this)),
    };
  }

  /**
   * What Node's `util.inspect` prints: the same as for any error, but accessors are not called, even with `getters: true`.
   * @internal
   */
  [inspection](depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    return inspect(this, { ...options, depth, customInspect: false, getters: false });
  }
}

function toCause(cause: SafeCause): Error {
  const error = new Error(cause.code ?? cause.name);
  error.name = cause.name;
  delete error.stack;
  if (cause.code !== undefined) Object.assign(error, { code: cause.code });
  return error;
}
