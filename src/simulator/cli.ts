import { parseArgs } from "node:util";
import { createSimulator, type Simulator } from "./simulator.js";

const usage = `purse-simulator [--port 4010] [--host 127.0.0.1] [--help]

Serves a stateful stand-in for the Purse Payment API v2 on this computer.

  --port   port to listen on, 0 for any free one (default 4010)
  --host   loopback address to listen on: 127.x.x.x, ::1 or localhost (default 127.0.0.1)
  --help   shows this text
`;

interface Arguments {
  readonly port: number;
  readonly host: string;
  readonly help: boolean;
}

/** Runs until SIGINT or SIGTERM. Resolves to the exit code: 0 well, 1 failed, 2 called wrongly. */
export async function main(argv: readonly string[]): Promise<number> {
  let parsed: Arguments;
  try {
    parsed = readArguments(argv);
  } catch (error) {
    return fail(`${messageOf(error)} See purse-simulator --help.`, 2);
  }
  if (parsed.help) {
    process.stdout.write(usage);
    return 0;
  }

  const simulator = createSimulator({ logger: (line) => process.stdout.write(`${line}\n`) });
  const stopped = stopSignal();
  try {
    await simulator.listen({ port: parsed.port, host: parsed.host });
  } catch (error) {
    return fail(messageOf(error), 1);
  }
  process.stdout.write(banner(simulator));
  await stopped;
  await simulator.close();
  return 0;
}

function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535)
    throw new Error("--port has to be a number from 0 to 65535.");
  if (!/^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(values.host)) {
    throw new Error("--host has to be a loopback address: the credentials are known to everybody.");
  }
  return { port, host: values.host, help: values.help };
}

function banner({ baseUrl, clientId, clientSecret, entityId }: Simulator): string {
  const variables = {
    PURSE_BASE_URL: baseUrl,
    PURSE_CLIENT_ID: clientId,
    PURSE_CLIENT_SECRET: clientSecret,
    PURSE_ENTITY_ID: entityId,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${value}\n`);
  return `Purse simulator at ${baseUrl}. Ctrl+C stops it.\n\n${lines.join("")}\n`;
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
  // Some messages of parseArgs go on with advice on further lines.
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
