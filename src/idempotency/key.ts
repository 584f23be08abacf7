import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";

const longestKey = 255;

/** A new random key (UUID version 4). */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** Refuses keys that would be altered on the way, and so would not be the same key on the next attempt. */
export function checkIdempotencyKey(key: unknown): string {
  const argument = "options.idempotencyKey";
  if (typeof key !== "string")
    throw new PurseInvalidArgumentError(argument, "must be a string, or left out.");
  if (key === "") throw new PurseInvalidArgumentError(argument, "must not be empty.");
  if (key.length > longestKey) {
    throw new PurseInvalidArgumentError(argument, `must have at most ${String(longestKey)} characters.`);
  }
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(key)) {
    throw new PurseInvalidArgumentError(argument, "must be visible ASCII without surrounding blanks.");
  }
  return key;
}
