import { PurseError } from "./purse-error.js";

/** An argument of a call is invalid. Nothing was sent. */
export class PurseInvalidArgumentError extends PurseError {
  override get name(): "PurseInvalidArgumentError" {
    return "PurseInvalidArgumentError";
  }
  readonly code = "invalid_argument";
  /** Which one, for example `params.amount`. */
  readonly argument: string;

  constructor(argument: string, message: string) {
    super(`${argument} ${message}`);
    this.argument = argument;
  }
}
