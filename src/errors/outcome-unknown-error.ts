import type { Operation, Payment } from "../../generated/schema.js";
import { PurseError, type PurseErrorFacts } from "./purse-error.js";

/** Why it is not known whether the call took effect. */
export type OutcomeUnknownReason =
  | "connection_lost"
  | "timeout"
  | "aborted"
  | "server_error"
  | "unreadable_answer"
  | "redirected"
  | "still_in_progress"
  | "recovery_failed";

/** What reading the payment says about a call whose outcome is unknown. */
export interface Inspection {
  /**
   * `done`: the payment contains the operation; its `status` says how it went. `not_seen`: the payment's list has nothing of
   * the same amount or reference (yet). `ambiguous`: everything else. An entry may be the operation, but nothing shows that
   * this call made it; or the service named the operation, but it is not listed; or the answer has no such list.
   */
  readonly outcome: "done" | "not_seen" | "ambiguous";
  /** The payment as just read. */
  readonly payment: Payment;
  /** The operation when `done`; when `ambiguous`, the one that may be it, if there is only one. */
  readonly operation?: Operation;
}

/** What this error has beyond other errors. */
export interface OutcomeFacts {
  resourceId?: string | undefined;
  detail?: string | undefined;
  remedies: OutcomeRemedies;
}

/** The two ways to clear up an unknown outcome, supplied by the call that failed. */
export interface OutcomeRemedies {
  resolve: () => Promise<Payment>;
  inspect: () => Promise<Inspection>;
}

/**
 * The request may have taken effect and no usable answer came back. Never treat it as failed: the money may
 * have moved.
 *
 * Keep `idempotencyKey` and call either `resolve()` (repeats the request with the same key and the same bytes: completes or
 * recovers, never doubles, and **money may move now**) or `inspect()` (only reads). In another process, repeat the call with
 * the same `idempotencyKey`.
 *
 * `cause`, if there is one, has the name and code of the underlying failure: of the attempt that left the doubt, or of the
 * read that could not clear it up.
 */
export class PurseOutcomeUnknownError extends PurseError {
  override get name(): "PurseOutcomeUnknownError" {
    return "PurseOutcomeUnknownError";
  }
  readonly code = "outcome_unknown";
  /** Why it is not known: what became of the last attempt, or of reading it back. */
  readonly reason: OutcomeUnknownReason;
  /** The operation that the key belongs to, if the service named it. */
  declare readonly resourceId?: string;
  /** Private, so that printing the error does not print the request in these closures. */
  readonly #remedies: OutcomeRemedies;
  readonly #detail: string | undefined;

  constructor(reason: OutcomeUnknownReason, message: string, facts: PurseErrorFacts & OutcomeFacts) {
    const { remedies, detail, ...rest } = facts;
    super(message, rest);
    this.reason = reason;
    this.#remedies = remedies;
    this.#detail = detail;
  }

  /** The service's last explanation, if there was one. It may quote what was sent, so no rendering of the error shows it. */
  get detail(): string | undefined {
    return this.#detail;
  }

  /**
   * Repeats the request with the same key and the same bytes. **Money may move now**, at most once in all.
   *
   * @returns the payment, as the original call would have. (To see the operation and whether it was recovered,
   * repeat the original call with `idempotencyKey` and `.withResponse()`. If the service has changed the merchant reference,
   * that stays unknown, because another call may have used a key of yours.)
   * @throws PurseInvalidArgumentError where the API is not known to honour keys (creating payments and client
   * sessions): repeating could double it. Wait for the webhook, or look the payment up.
   * @throws PurseOutcomeUnknownError when it is still unknown.
   */
  resolve(): Promise<Payment> {
    return this.#remedies.resolve();
  }

  /**
   * Reads the payment and looks for the operation. Moves nothing.
   *
   * Only an id that the service named is proof (`done`). A match by amount and merchant reference alone is `ambiguous`, with
   * the likely one as `operation`. `resolve()` gives certainty.
   *
   * @throws PurseInvalidArgumentError where the API offers no lookup (creating payments and client sessions).
   */
  inspect(): Promise<Inspection> {
    return this.#remedies.inspect();
  }
}
