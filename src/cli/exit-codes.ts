/**
 * What an exit code says. Scripts may build on these.
 *
 * `failed`: refused or failed for good; of a money command, that nothing moved under its key. `unknown`: nobody can
 * tell yet, ask again; also whatever fails in a money command with a given key, a refusal among it, because an earlier
 * call may have moved money and made the rule true that refuses this one; and a key that was used for something else.
 * `usage` and `configuration`: a person has to correct the command, the variables or the credentials; neither says what
 * an earlier call did. `partly`: some of the money moved, and a person has to look.
 */
export const exitCodes = { ok: 0, failed: 1, usage: 2, unknown: 3, configuration: 4, partly: 5 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
