import { readArguments, UsageError } from "./arguments.js";
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
import { createTerminal, type Terminal } from "./terminal.js";

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
    const { command, rest } = findCommand(argv);
    if (command === undefined) return answerWithoutCommand(terminal, argv);
    const args = readArguments(rest, command.options, command.operands);
    if (args.has("help")) return await showHelp(terminal, command, rest.length === 1);
    return await command.run({ args, terminal, signal: interruption.signal });
  } catch (error) {
    return await reportError(terminal, error, asksForJson(argv));
  } finally {
    interruption.stop();
  }
}

/** Also of a command that is written wrongly, whose errors are JSON then. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--json");
}

function findCommand(argv: readonly string[]): { command: Command | undefined; rest: readonly string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, rest: argv.slice(words) };
  }
  return { command: undefined, rest: argv };
}

/** Beside other arguments help is no success: a script must not take it for what it had asked for. */
async function showHelp(terminal: Terminal, command: Command, isAlone: boolean): Promise<ExitCode> {
  if (isAlone) {
    terminal.print(helpFor(command));
    return exitCodes.ok;
  }
  await terminal.tell(`${helpFor(command)}\n`);
  throw new UsageError("--help is taken alone only. Nothing was done.");
}

function answerWithoutCommand(terminal: Terminal, argv: readonly string[]): ExitCode {
  const names = commands.map(({ name }) => name);
  const [first] = argv;
  const inGroup = names.filter((name) => name.split(" ")[0] === first);
  const options = inGroup.length === 0 ? argv : argv.slice(1);
  const option = options.length === 1 ? options[0] : undefined;
  if (option === "--help" || option === "-h") {
    terminal.print(generalHelp(commands));
    return exitCodes.ok;
  }
  if (argv.length === 1 && option === "--version") {
    terminal.print(readVersion());
    return exitCodes.ok;
  }
  const candidates = inGroup.length === 0 ? names : inGroup;
  throw new UsageError(`The command has to be one of: ${candidates.join(", ")}.`);
}
