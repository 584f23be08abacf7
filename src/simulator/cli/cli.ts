import { readArguments, usage, type Arguments } from "./cli-arguments.js";
import { createPaint, formatEvent, type Paint } from "./cli-log.js";
import type { Simulator } from "../simulator-interface.js";
import { createSimulator } from "../simulator.js";
import type { SimulatorOptions } from "../simulator-options.js";
import { loadState, saveState } from "../state/state-file.js";

/** Runs until SIGINT or SIGTERM. Resolves to the exit code: 0 success, 1 failure, 2 invalid arguments. */
export async function main(argv: readonly string[]): Promise<number> {
  let parsed: Arguments;
  let simulator: Simulator;
  try {
    parsed = readArguments(argv);
    if (parsed.help) {
      process.stdout.write(usage);
      return 0;
    }
    simulator = createSimulator(await toOptions(parsed));
    // The state file may already contain them, from the last start.
    if (parsed.faults.length > 0) simulator.faults.clear();
    for (const fault of parsed.faults) simulator.faults.add(fault);
    // Fails early if the file is not writable.
    if (parsed.stateFile !== undefined) await saveState(parsed.stateFile, simulator.dump());
  } catch (error) {
    return fail(`${messageOf(error)} See purse-simulator --help.`, 2);
  }

  const stopped = stopSignal();
  try {
    await simulator.listen({ port: parsed.port, host: parsed.host });
    process.stdout.write(banner(simulator, paintForTerminal()));
    await stopped;
    await simulator.close();
    if (parsed.stateFile !== undefined) await saveState(parsed.stateFile, simulator.dump());
    return 0;
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    const advice = " Call it again with --port and another number, or with --port 0 for any free port.";
    return fail(`${messageOf(error)}${isTaken ? advice : ""}`, 1);
  }
}

async function toOptions({ seed, stateFile, quiet }: Arguments): Promise<SimulatorOptions> {
  const paint = paintForTerminal();
  const state = stateFile === undefined ? undefined : await loadState(stateFile);
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(state === undefined ? {} : { state }),
    onEvent(event) {
      if (!quiet) process.stdout.write(`${formatEvent(event, paint)}\n`);
    },
  };
}

function banner({ baseUrl, clientId, clientSecret, entityId }: Simulator, paint: Paint): string {
  const variables = {
    PURSE_BASE_URL: baseUrl,
    PURSE_CLIENT_ID: clientId,
    PURSE_CLIENT_SECRET: clientSecret,
    PURSE_ENTITY_ID: entityId,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${value}\n`);
  return `${paint("bold", "Purse simulator")} is running at ${baseUrl}. Press Ctrl+C to stop.

  Dashboard  ${baseUrl}/_simulator/
  Widget     ${baseUrl}/_simulator/widget

${lines.join("")}
`;
}

function paintForTerminal(): Paint {
  return createPaint(process.stdout.isTTY, process.env["NO_COLOR"]);
}

async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => {
      resolve();
    });
    process.once("SIGTERM", () => {
      resolve();
    });
  });
}

function fail(message: string, exitCode: 1 | 2): number {
  process.stderr.write(`purse-simulator: ${message}\n`);
  return exitCode;
}

function messageOf(error: unknown): string {
  // parseArgs adds advice on further lines.
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
