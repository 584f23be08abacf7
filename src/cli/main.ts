import { readArguments, UsageError, type Arguments } from "./arguments.js";
import type { Command } from "./command.js";
import { doctor } from "./commands/doctor.js";
import { paymentGet } from "./commands/payment-get.js";
import { paymentOperations } from "./commands/payment-operation.js";
import { redirectVerify } from "./commands/redirect-verify.js";
import { sessionCreate } from "./commands/session-create.js";
import { webhookListen } from "./commands/webhook-listen.js";
import { exitCodes, type ExitCode } from "./exit-codes.js";
import { generalHelp, helpFor, readVersion } from "./help.js";
import { listenForInterruption } from "./interruption.js";
import { reportError } from "./report.js";
import { createTerminal } from "./terminal.js";

const commands: readonly Command[] = [
  doctor,
  sessionCreate,
  paymentGet,
  ...paymentOperations,
  redirectVerify,
  webhookListen,
];

/** Runs one command and resolves to its exit code. Never rejects. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const terminal = createTerminal();
  const interruption = listenForInterruption(exitCodes.unknown);
  try {
    const options = argv.filter((word) => word.startsWith("-"));
    const { command, rest } = findCommand(argv);
    if (command === undefined && options.includes("--version")) {
      terminal.print(readVersion());
      return exitCodes.ok;
    }
    if (options.includes("--help") || options.includes("-h")) {
      terminal.print(command === undefined ? generalHelp(commands) : helpFor(command));
      return exitCodes.ok;
    }
    if (command === undefined) throw new UsageError(missing(argv));
    const args: Arguments = readArguments(rest, command.options, command.operands);
    return await command.run({ args, terminal, signal: interruption.signal });
  } catch (error) {
    return await reportError(terminal, error);
  } finally {
    interruption.stop();
  }
}

function findCommand(argv: readonly string[]): { command: Command | undefined; rest: readonly string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, rest: argv.slice(words) };
  }
  return { command: undefined, rest: argv };
}

function missing([first]: readonly string[]): string {
  const names = commands.map(({ name }) => name);
  const inGroup = names.filter((name) => name.split(" ")[0] === first);
  const candidates = inGroup.length === 0 ? names : inGroup;
  return `The command has to be one of: ${candidates.join(", ")}.`;
}
