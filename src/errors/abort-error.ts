import { PurseError } from "./purse-error.js";

/**
 * The caller's `AbortSignal` fired in a read, or in a changing call before it was sent or while it waited after a refusal.
 * Nothing was changed.
 */
export class PurseAbortError extends PurseError {
  override get name(): "PurseAbortError" {
    return "PurseAbortError";
  }
  readonly code = "aborted";
}
