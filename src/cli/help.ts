import { readFileSync } from "node:fs";
import { usageOf, type OptionSpecs } from "./arguments.js";
import type { Command } from "./command.js";

export function helpFor(command: Command): string {
  const { summary, options, notes } = command;
  const usage = `purse ${usageOf(command)} [options]`;
  return [usage, "", summary, "", ...optionLines(options), ...(notes === "" ? [] : ["", notes])].join("\n");
}

/** The commands that begin with the same word, for example those of `payment`. */
export function groupHelp(commands: readonly Command[]): string {
  const usages = commands.map((command) => [`purse ${usageOf(command)}`, command.summary] as const);
  return [...rowsOf(usages), "", "  --help after any of them lists its options."].join("\n");
}

export function generalHelp(commands: readonly Command[]): string {
  return [
    "purse COMMAND [options]",
    "",
    "Calls the Purse Payment API v2 from a shell.",
    "",
    ...rowsOf(commands.map(({ name, summary }) => [name, summary] as const)),
    "",
    "purse help COMMAND explains one of them. purse --version prints the version.",
    "To begin without credentials: npx --no-install purse-simulator, in a terminal of its own.",
    "",
    "Credentials come from the environment only: PURSE_ENVIRONMENT (sandbox or production) or PURSE_BASE_URL,",
    "PURSE_CLIENT_ID, PURSE_CLIENT_SECRET, PURSE_API_KEY, PURSE_ENTITY_ID, PURSE_TOKEN_URL, PURSE_WEBHOOK_SECRET.",
    "",
    "Exit codes: 0 done, 1 refused or failed for good, 2 usage error, 3 no final answer (run it again),",
    "4 configuration or credentials, 5 done in part (look at the payment). With --idempotency-key, a money command",
    "that fails ends with 3, never with 1: an earlier call with that key may have moved money.",
  ].join("\n");
}

function optionLines(options: OptionSpecs): string[] {
  const named = Object.entries(options).map(([name, { value, help, required }]) => {
    const notes = { always: " (required)", unattended: " (required without a terminal)" };
    return [
      `--${name}${value === undefined ? "" : ` ${value}`}`,
      `${help}${required === undefined ? "" : notes[required]}`,
    ] as const;
  });
  return rowsOf([...named, ["--help", "show this text"] as const]);
}

function rowsOf(rows: readonly (readonly [name: string, text: string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

/** The version in package.json: one folder up from the built command, two from its source. */
export function readVersion(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
      const { name, version } = manifest as Record<string, unknown>; // A manifest is an object.
      if (name === "purse-payments" && typeof version === "string") return version;
    } catch {
      // Not there: try the next one.
    }
  }
  return "unknown";
}
