import type { Arguments, Syntax } from "./arguments.js";
import type { ExitCode } from "./exit-codes.js";
import type { Terminal } from "./terminal.js";

/** What a command runs with. */
export interface CommandContext {
  readonly args: Arguments;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C or SIGTERM: the command should end. */
  readonly signal: AbortSignal;
}

export interface Command extends Syntax {
  readonly summary: string;
  /** Further text for the help. */
  readonly notes: string;
  run(context: CommandContext): Promise<ExitCode>;
}

export const jsonOption = { json: { help: "print JSON instead of a table, including errors" } } as const;

export const deadlineOption = {
  deadline: { value: "SECONDS", help: "time limit for the whole call (default 90)" },
} as const;
