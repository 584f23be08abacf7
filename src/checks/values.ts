import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { describe } from "./members.js";

const longestSegment = 255;

/**
 * Checks that a value from outside fills exactly one segment of a path.
 *
 * Encoding alone is not enough: `encodeURIComponent` leaves dots as they are, and URL parsing treats `..`, and
 * its percent-encoded spellings, as a step up, so an id could turn a capture into another request.
 */
export function checkPathSegment(value: unknown, argument: string): string {
  if (typeof value !== "string") {
    throw new PurseInvalidArgumentError(argument, `must be a string, but is ${describe(value)}.`);
  }
  if (value === "") throw new PurseInvalidArgumentError(argument, "must not be empty.");
  if (value.length > longestSegment) {
    throw new PurseInvalidArgumentError(argument, `must have at most ${String(longestSegment)} characters.`);
  }
  if (/^(?:\.|%2e){1,2}$/i.test(value)) {
    throw new PurseInvalidArgumentError(
      argument,
      "must be an id; a dot segment would address another resource.",
    );
  }
  if (/[/\\]|%2f|%5c/i.test(value)) {
    throw new PurseInvalidArgumentError(argument, "must be an id, not a path: it contains a slash.");
  }
  if (hasControlCharacter(value)) {
    throw new PurseInvalidArgumentError(argument, "must not contain control characters.");
  }
  if (!isWellFormed(value)) {
    throw new PurseInvalidArgumentError(
      argument,
      "must be well-formed text (it holds half a surrogate pair).",
    );
  }
  return value;
}

export function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  }
  return false;
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

/** Refuses what is no object with members. */
export function checkObject(value: unknown, argument: string): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new PurseInvalidArgumentError(argument, `must be an object, but is ${describe(value)}.`);
}
