/**
 * The meaning of each exit code. Scripts may rely on these.
 *
 * - `failed`: refused, declined or failed for good. For a money command: nothing moved under its key.
 * - `usage` and `configuration`: a person has to correct the command, the variables or the credentials. Neither says
 *   anything about an earlier call.
 * - `unknown`: no final answer; run the same command again. The service could not be reached or asked to wait, or the
 *   outcome is not known. A money command with a given key never ends with `failed` on an error, because an earlier call
 *   may have moved money under that key and so have caused the refusal. The same applies to a key used for another call.
 * - `partly`: some of the money moved, and a person has to look.
 */
export const exitCodes = { ok: 0, failed: 1, usage: 2, unknown: 3, configuration: 4, partly: 5 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
