import { PurseError } from "./purse-error.js";

/** Time ran out in a read, or before a changing call was sent. Nothing was changed. */
export class PurseTimeoutError extends PurseError {
  override get name(): "PurseTimeoutError" {
    return "PurseTimeoutError";
  }
  readonly code = "timeout";
}
