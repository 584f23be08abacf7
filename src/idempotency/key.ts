import { refuseArgument } from "../checks/members.js";
import { isHeaderValue } from "../checks/values.js";

const longestKey = 255;

/** A new random key (UUID version 4). */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** Refuses keys that would be altered on the way, and so might not be the same on the next attempt. */
export function checkIdempotencyKey(key: unknown): string {
  const argument = "options.idempotencyKey";
  if (typeof key !== "string") return refuseArgument(argument, "must be a string, or left out.");
  if (key === "") refuseArgument(argument, "must not be empty.");
  if (key.length > longestKey) {
    refuseArgument(argument, `must have at most ${String(longestKey)} characters.`);
  }
  if (!isHeaderValue(key)) {
    refuseArgument(argument, "must be visible ASCII without surrounding blanks.");
  }
  return key;
}
