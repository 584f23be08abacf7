import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";

/** The name under which the processes of one receiver share a store. */
export function checkReceiver(receiver: unknown): string {
  if (typeof receiver === "string" && /^[\w.-]{1,64}$/.test(receiver)) return receiver;
  throw new PurseInvalidArgumentError(
    "options.receiver",
    "must name the receiver, with 1 to 64 letters, digits, dots, hyphens or underscores: the same name in all its processes, " +
      "and another for each receiver that shares the store.",
  );
}
