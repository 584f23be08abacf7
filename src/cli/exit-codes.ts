/**
 * What an exit code says. Scripts may build on these.
 *
 * `failed`: refused or failed for good; of a money command, that nothing moved. `unknown`: nobody can tell yet, ask
 * again. `configuration`: the variables or the credentials need a person. `partly`: some of the money moved, and a
 * person has to look.
 */
export const exitCodes = { ok: 0, failed: 1, usage: 2, unknown: 3, configuration: 4, partly: 5 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
