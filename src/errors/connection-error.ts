import { PurseError } from "./purse-error.js";

/**
 * The service could not be reached, or a read was cut off. For a call that changes something, provably
 * nothing arrived; a lost answer to such a call is a `PurseOutcomeUnknownError` instead.
 */
export class PurseConnectionError extends PurseError {
  override get name(): "PurseConnectionError" {
    return "PurseConnectionError";
  }
  readonly code = "connection";
}
