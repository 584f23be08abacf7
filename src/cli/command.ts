import type { Arguments, OptionSpecs } from "./arguments.js";
import type { ExitCode } from "./exit-codes.js";
import type { Terminal } from "./terminal.js";

/** What a command runs with. */
export interface CommandContext {
  readonly args: Arguments;
  readonly terminal: Terminal;
  /** Aborted when the command shall end: Ctrl-C, or a polite kill. */
  readonly signal: AbortSignal;
}

export interface Command {
  /** As it is called, for example `payment get`. */
  readonly name: string;
  readonly summary: string;
  /** Names of the arguments that are not options. */
  readonly operands: readonly string[];
  readonly options: OptionSpecs;
  /** What else is to be known, for the help. */
  readonly notes: string;
  run(context: CommandContext): Promise<ExitCode>;
}

export const jsonOption = { json: { help: "print JSON instead of a table, errors too" } } as const;

export const deadlineOption = {
  deadline: { value: "SECONDS", help: "time for the whole call (default 90)" },
} as const;
