import { PurseError } from "./purse-error.js";

/** The client was set up wrongly. Thrown by the constructor, before anything is sent. */
export class PurseConfigurationError extends PurseError {
  override get name(): "PurseConfigurationError" {
    return "PurseConfigurationError";
  }
  readonly code = "configuration";
}
