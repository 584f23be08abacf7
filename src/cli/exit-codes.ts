/**
 * What an exit code says. Scripts may build on these.
 *
 * `failed`: refused or failed for good; of a money command, that nothing moved under its key.
 * `unknown`: nobody can tell yet, ask again; also whatever ends a money command with a given key before the
 * service has answered it, a refusal of one while the payment lists what it may have done before, and a key that was
 * used for something else. `usage` and `configuration`: a person has to
 * correct the command, the variables or the credentials; neither says what an earlier call did. `partly`: some of the
 * money moved, and a person has to look.
 */
export const exitCodes = { ok: 0, failed: 1, usage: 2, unknown: 3, configuration: 4, partly: 5 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
