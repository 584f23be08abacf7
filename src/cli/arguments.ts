import { parseArgs } from "node:util";
import { hasUnprintable } from "./characters.js";

/** The command was written wrongly; nothing was done. */
export class UsageError extends Error {}

/** One option of a command. Without `value` it is a switch. */
export interface OptionSpec {
  /** What to call its value in the help, for example `URL`. */
  readonly value?: string;
  readonly help: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What a command was called with. */
export interface Arguments {
  /** The arguments that are not options, in order. */
  readonly operands: readonly string[];
  text(option: string): string | undefined;
  required(option: string): string;
  has(option: string): boolean;
  /** A positive number, whole if need be. */
  number(option: string, kind: "seconds" | "count"): number | undefined;
}

/**
 * Reads a command's own arguments; `has("help")` tells whether help is one of the options. No message quotes a value: it
 * might be a secret in the wrong place.
 */
export function readArguments(
  argv: readonly string[],
  specs: OptionSpecs,
  operands: readonly string[],
): Arguments {
  refuseSecrets(argv, specs);
  const { values, positionals } = parse(argv, specs);
  if (values["help"] !== true && positionals.length !== operands.length)
    refuseCount(positionals.length, operands);
  const text = (option: string): string | undefined => {
    const value = values[option];
    if (value === "") throw new UsageError(`--${option} must not be empty.`);
    // They are never printed as they are, so a command that is printed to be run again would be another one.
    if (typeof value === "string" && hasUnprintable(value))
      throw new UsageError(`--${option} must not have control or invisible characters.`);
    return typeof value === "string" ? value : undefined;
  };
  return {
    operands: positionals,
    text,
    has: (option) => values[option] === true,
    required: (option) => {
      const value = text(option);
      if (value !== undefined) return value;
      throw new UsageError(`--${option} ${specs[option]?.value ?? ""} is missing.`);
    },
    number: (option, kind) => readNumber(text(option), option, kind),
  };
}

function parse(
  argv: readonly string[],
  specs: OptionSpecs,
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  const types = Object.entries(specs).map(([name, { value }]) => {
    return [name, { type: value === undefined ? ("boolean" as const) : ("string" as const) }] as const;
  });
  try {
    const options = { ...Object.fromEntries(types), help: { type: "boolean", short: "h" } as const };
    const { values, positionals, tokens } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      tokens: true,
    });
    const names = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    const repeated = names.find((name, index) => names.indexOf(name) !== index);
    // The last one would win, in silence: not with amounts.
    if (repeated !== undefined) throw new UsageError(`--${repeated} is there more than once.`);
    return { values, positionals };
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    // Of the advice that follows, only how to write a value that begins with a dash fits here; it is the last line.
    const [first = "", ...advice] = error.message.split("\n");
    const complaint = `${(first.split(". ")[0] ?? "").replace(/\.$/, "")}.`;
    throw new UsageError([complaint, ...advice.slice(-1)].join(" "));
  }
}

/** Options are seen by everybody who may list processes, and stay in the shell's history. */
function refuseSecrets(argv: readonly string[], specs: OptionSpecs): void {
  for (const argument of argv) {
    if (argument === "--") return;
    const name = /^--([^=]+)/.exec(argument)?.[1];
    if (name === undefined || Object.hasOwn(specs, name)) continue;
    if (!/secret|passw|token|api-?key|client-?id|credential|authoriz/i.test(name)) continue;
    throw new UsageError(
      `--${name} is not taken: options show in process lists and in the shell's history. ` +
        "Credentials come from the environment: PURSE_CLIENT_ID, PURSE_CLIENT_SECRET, PURSE_API_KEY, PURSE_WEBHOOK_SECRET. " +
        "If it was a secret, change it.",
    );
  }
}

function refuseCount(given: number, operands: readonly string[]): never {
  const wanted = operands.length === 0 ? "no arguments besides options" : operands.join(" ");
  throw new UsageError(`${wanted} ${operands.length === 0 ? "are" : "is"} expected; ${String(given)} given.`);
}

function readNumber(text: string | undefined, option: string, kind: "seconds" | "count"): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  const pattern = kind === "count" ? /^\d{1,9}$/ : /^\d{1,6}(?:\.\d{1,3})?$/;
  if (pattern.test(text) && value > 0) return value;
  throw new UsageError(
    `--${option} must be a positive ${kind === "count" ? "whole number" : "number of seconds"}.`,
  );
}
