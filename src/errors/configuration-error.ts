import { PurseError } from "./purse-error.js";

/**
 * The client's options are wrong: thrown by the constructor. Or a file of the package that is loaded on first use could
 * not be loaded, for example because a deployment removed it: that call sent nothing, and the next one tries again.
 */
export class PurseConfigurationError extends PurseError {
  override get name(): "PurseConfigurationError" {
    return "PurseConfigurationError";
  }
  readonly code = "configuration";
}
