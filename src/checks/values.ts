import { describe, refuseArgument } from "./members.js";

const longestSegment = 255;

/**
 * Checks that a value is exactly one segment of a path.
 *
 * Encoding is not enough: `encodeURIComponent` keeps dots, and URL parsing treats `..`, percent-encoded or not, as a step
 * up, so an id could turn a capture into another request.
 */
export function checkPathSegment(value: unknown, argument: string): string {
  if (typeof value !== "string") {
    return refuseArgument(argument, `must be a string, but is ${describe(value)}.`);
  }
  if (value === "") refuseArgument(argument, "must not be empty.");
  if (value.length > longestSegment) {
    refuseArgument(argument, `must have at most ${String(longestSegment)} characters.`);
  }
  if (/^(?:\.|%2e){1,2}$/i.test(value)) {
    refuseArgument(argument, "must be an id; a dot segment would address another resource.");
  }
  if (/[/\\]|%2f|%5c/i.test(value)) {
    refuseArgument(argument, "must be an id, not a path: it contains a slash.");
  }
  if (hasControlCharacter(value)) {
    refuseArgument(argument, "must not contain control characters.");
  }
  if (!isWellFormed(value)) {
    refuseArgument(argument, "must be well-formed text (it holds half a surrogate pair).");
  }
  return value;
}

/** Visible ASCII without blanks, as tokens and API keys are. */
export function isVisibleAscii(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** Whether a text goes into a header unchanged: visible ASCII without surrounding blanks. */
export function isHeaderValue(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && text === text.trim();
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

/** Refuses everything but an object with members. */
export function checkObject(value: unknown, argument: string): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  return refuseArgument(argument, `must be an object, but is ${describe(value)}.`);
}
