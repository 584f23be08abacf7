import { PurseError, type PurseErrorFacts } from "./purse-error.js";

/** What was wrong with an answer's body. `unsupported_fetch`: the answers of the client's `fetch` cannot be read. */
export type UnreadableReason = "empty" | "not_json" | "not_an_object" | "too_large" | "unsupported_fetch";

/** A read was answered with success, but with a body that is not a JSON object. */
export class PurseUnreadableResponseError extends PurseError {
  override get name(): "PurseUnreadableResponseError" {
    return "PurseUnreadableResponseError";
  }
  readonly code = "unreadable_response";
  /** What was wrong with the body. */
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason, message: string, facts?: PurseErrorFacts) {
    super(message, facts);
    this.reason = reason;
  }
}
