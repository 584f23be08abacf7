import { PurseError, type PurseErrorFacts } from "./purse-error.js";

/** Why nobody can tell yet whether the call took effect. */
export type OutcomeUnknownReason =
  | "connection_lost"
  | "timeout"
  | "aborted"
  | "server_error"
  | "unreadable_answer"
  | "redirected"
  | "still_in_progress"
  | "recovery_failed";

/** What reading the payment says about a call whose fate was unknown. */
export interface Inspection<Subject> {
  /**
   * `done`: the operation stands in the payment. `not_seen`: nothing like it does (yet). `ambiguous`:
   * something like it does, and nothing tells whether this call made it.
   */
  readonly outcome: "done" | "not_seen" | "ambiguous";
  /** The payment as just read. */
  readonly payment: Subject;
  /** Id of the operation, when `done`. */
  readonly operationId?: string;
}

/** The two ways on from an unknown outcome, supplied by the call that failed. */
export interface OutcomeRemedies {
  resolve: () => Promise<unknown>;
  inspect: () => Promise<Inspection<unknown>>;
}

/**
 * The request may have taken effect and no usable answer came back. Never treat it as failed: the money may
 * have moved.
 *
 * Keep `idempotencyKey` and either `resolve()` (asks again with the same key and the same bytes: completes or
 * recovers, never doubles, and **money may move now**) or `inspect()` (only reads). From another process, make
 * the same call with the same `idempotencyKey`.
 */
export class PurseOutcomeUnknownError extends PurseError {
  override get name(): "PurseOutcomeUnknownError" {
    return "PurseOutcomeUnknownError";
  }
  readonly code = "outcome_unknown";
  readonly reason: OutcomeUnknownReason;
  /** The operation the service said the key belongs to, when the answer got that far. */
  declare readonly resourceId?: string;
  /** Private, so that printing the error does not print the request they close over. */
  readonly #remedies: OutcomeRemedies;

  constructor(
    reason: OutcomeUnknownReason,
    message: string,
    facts: PurseErrorFacts & { resourceId?: string | undefined; remedies: OutcomeRemedies },
  ) {
    const { resourceId, remedies, ...rest } = facts;
    super(message, rest);
    this.reason = reason;
    this.#remedies = remedies;
    if (resourceId !== undefined)
      Object.defineProperty(this, "resourceId", { value: resourceId, enumerable: true });
  }

  /**
   * Repeats the request with the same key and the same bytes. **Money may move now**, at most once in all.
   *
   * @returns what the original call would have returned.
   * @throws PurseInvalidArgumentError where the API is not known to honour keys (creating payments and client
   * sessions): asking again could double it. Wait for the webhook, or look the payment up.
   * @throws PurseOutcomeUnknownError when it is still unknown.
   */
  resolve(): Promise<unknown> {
    return this.#remedies.resolve();
  }

  /**
   * Reads the payment and looks for the operation. Moves nothing.
   *
   * @throws PurseInvalidArgumentError where the API offers no lookup (creating payments and client sessions).
   */
  inspect(): Promise<Inspection<unknown>> {
    return this.#remedies.inspect();
  }
}
