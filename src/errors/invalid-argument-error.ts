import { PurseError } from "./purse-error.js";

/** A call was given something it cannot send. Nothing was sent. */
export class PurseInvalidArgumentError extends PurseError {
  override get name(): "PurseInvalidArgumentError" {
    return "PurseInvalidArgumentError";
  }
  readonly code = "invalid_argument";
  /** Where the fault is, for example `params.amount`. */
  readonly argument: string;

  constructor(argument: string, message: string) {
    super(`${argument} ${message}`);
    this.argument = argument;
  }
}
