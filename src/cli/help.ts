import { readFileSync } from "node:fs";
import type { OptionSpecs } from "./arguments.js";
import type { Command } from "./command.js";

export function helpFor({ name, summary, operands, options, notes }: Command): string {
  const usage = ["purse", name, ...operands, "[options]"].join(" ");
  return [usage, "", summary, "", ...optionLines(options), ...(notes === "" ? [] : ["", notes])].join("\n");
}

export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "purse COMMAND [options]",
    "",
    "Talks to the Purse Payment API v2 from a shell.",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "  purse COMMAND --help says more. purse --version prints the version.",
    "",
    "Credentials come from the environment only: PURSE_ENVIRONMENT (sandbox or production) or PURSE_BASE_URL,",
    "PURSE_CLIENT_ID, PURSE_CLIENT_SECRET, PURSE_API_KEY, PURSE_ENTITY_ID, PURSE_TOKEN_URL, PURSE_WEBHOOK_SECRET.",
    "",
    "Exit codes: 0 done, 1 refused or failed for good, 2 called wrongly, 3 not known yet (ask again), 4 configuration",
    "or credentials, 5 done in part: look. Of a money command with --idempotency-key, no answer and a refusal are 3",
    "and never 1: an earlier call with that key may have moved money.",
  ].join("\n");
}

function optionLines(options: OptionSpecs): string[] {
  const named = Object.entries(options).map(([name, { value, help }]) => {
    return [`--${name}${value === undefined ? "" : ` ${value}`}`, help] as const;
  });
  const rows = [...named, ["--help", "show this text"] as const];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`);
}

/** The version in package.json: one folder up from the built command, two from its source. */
export function readVersion(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
      const { name, version } = manifest as Record<string, unknown>; // A manifest is an object.
      if (name === "purse-payments" && typeof version === "string") return version;
    } catch {
      // Not there; the other place, then.
    }
  }
  return "unknown";
}
