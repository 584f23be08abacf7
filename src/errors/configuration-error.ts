import { PurseError } from "./purse-error.js";

/**
 * The client was set up wrongly: thrown by the constructor, before anything is sent. Or a part of the package that is
 * loaded when it is first used could not be loaded (`purse.api`, `webhooks.receive`): that call sent nothing, and the next
 * one tries again.
 */
export class PurseConfigurationError extends PurseError {
  override get name(): "PurseConfigurationError" {
    return "PurseConfigurationError";
  }
  readonly code = "configuration";
}
