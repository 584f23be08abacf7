import { PurseError } from "./purse-error.js";

/**
 * Time ran out in a read, or in a changing call before it was sent or while it waited after a refusal. Nothing was
 * changed.
 */
export class PurseTimeoutError extends PurseError {
  override get name(): "PurseTimeoutError" {
    return "PurseTimeoutError";
  }
  readonly code = "timeout";
}
