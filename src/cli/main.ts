import { readArguments, UsageError } from "./arguments.js";
import type { Command } from "./command.js";
import { doctor } from "./commands/doctor.js";
import { paymentGet } from "./commands/payment-get.js";
import { paymentOperations } from "./commands/payment-operation.js";
import { redirectVerify } from "./commands/redirect-verify.js";
import { sessionCreate } from "./commands/session-create.js";
import { trigger } from "./commands/trigger.js";
import { webhookListen } from "./commands/webhook-listen.js";
import { exitCodes, type ExitCode } from "./exit-codes.js";
import { readRequest } from "./find-command.js";
import { helpFor, readVersion } from "./help.js";
import { listenForInterruption } from "./interruption.js";
import { reportError } from "./report.js";
import type { System } from "./system.js";
import { createTerminal, type Terminal } from "./terminal.js";

const commands: readonly Command[] = [
  doctor,
  sessionCreate,
  paymentGet,
  ...paymentOperations,
  redirectVerify,
  webhookListen,
  trigger,
];

/** Runs one command and resolves to its exit code. Never rejects. */
export async function main(argv: readonly string[], system: System): Promise<ExitCode> {
  const terminal = createTerminal(system);
  const interruption = listenForInterruption(system, exitCodes.unknown);
  let help = "purse help";
  try {
    const request = readRequest(argv, commands);
    if (request.kind !== "command") {
      terminal.print(request.kind === "help" ? request.text : readVersion());
      return exitCodes.ok;
    }
    const { command, rest } = request;
    help = `purse ${command.name} --help`;
    const args = readArguments(rest, command, terminal.isInteractive);
    if (args.has("help")) return await showHelp(terminal, command, rest.length === 1);
    return await command.run({ args, terminal, signal: interruption.signal });
  } catch (error) {
    return await reportError(terminal, error, { isJson: asksForJson(argv), help });
  } finally {
    interruption.stop();
  }
}

/** Whether errors are wanted as JSON, even those of a command line that cannot be parsed. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--json");
}

/** Beside other arguments, help is no success: a script must not mistake it for what it asked for. */
async function showHelp(terminal: Terminal, command: Command, isAlone: boolean): Promise<ExitCode> {
  if (isAlone) {
    terminal.print(helpFor(command));
    return exitCodes.ok;
  }
  await terminal.tell(`${helpFor(command)}\n`);
  throw new UsageError("--help must be the only argument. Nothing was done.");
}
