import { parseArgs } from "node:util";
import { hasUnprintable } from "./characters.js";
import { nearest } from "../checks/members.js";

/** The command was written incorrectly; nothing was done. */
export class UsageError extends Error {
  /** Printed below the message; otherwise the message refers to `--help`. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** One option of a command. Without `value` it is a switch. */
export interface OptionSpec {
  /** What to call its value in the help, for example `URL`. */
  readonly value?: string;
  readonly help: string;
  /** `unattended`: required where there is no terminal to ask on. */
  readonly required?: "always" | "unattended";
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What may be written after a command. */
export interface Syntax {
  /** As it is called, for example `payment get`. */
  readonly name: string;
  /** Names of the arguments that are not options. */
  readonly operands: readonly string[];
  readonly options: OptionSpecs;
}

/** What a command was called with. */
export interface Arguments {
  /** The arguments that are not options, in order. */
  readonly operands: readonly string[];
  text(option: string): string | undefined;
  /** The value of a required option. */
  required(option: string): string;
  has(option: string): boolean;
  /** A positive number; a whole number for `count`. */
  number(option: string, kind: "seconds" | "count"): number | undefined;
}

/**
 * Parses a command's own arguments; `has("help")` tells whether help is one of the options. No message quotes a value:
 * it might be a secret in the wrong place.
 */
export function readArguments(argv: readonly string[], syntax: Syntax, isInteractive: boolean): Arguments {
  refuseSecrets(argv, syntax.options);
  const { values, positionals } = parse(argv, syntax.options);
  if (values["help"] !== true) checkCompleteness(values, positionals.length, syntax, isInteractive);
  const text = (option: string): string | undefined => {
    const value = values[option];
    if (value === "") throw new UsageError(`--${option} must not be empty.`);
    // They are never printed as they are, so a command printed for running again would differ.
    if (typeof value === "string" && hasUnprintable(value))
      throw new UsageError(`--${option} must not have control or invisible characters.`);
    return typeof value === "string" ? value : undefined;
  };
  return {
    operands: positionals,
    text,
    has: (option) => values[option] === true,
    required: (option) => text(option) ?? "",
    number: (option, kind) => readNumber(text(option), option, kind),
  };
}

type Values = Record<string, string | boolean | undefined>;

function parse(argv: readonly string[], specs: OptionSpecs): { values: Values; positionals: string[] } {
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
    // The last one would win silently: not with amounts.
    if (repeated !== undefined) throw new UsageError(`--${repeated} is given more than once.`);
    return { values, positionals };
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(explain(error.message, Object.keys(specs)));
  }
}

/** The complaint of `parseArgs`, and what fits here of its advice: how to write a value that begins with a dash. */
function explain(message: string, options: readonly string[]): string {
  const [first = "", ...advice] = message.split("\n");
  const complaint = `${(first.split(". ")[0] ?? "").replace(/\.$/, "")}.`;
  const unknown = /^Unknown option '--([^']*)'/.exec(complaint)?.[1];
  const near = unknown === undefined ? undefined : nearest(unknown, options);
  return [complaint, ...(near === undefined ? [] : [`Did you mean --${near}?`]), ...advice.slice(-1)].join(
    " ",
  );
}

/** Names everything that is missing at once. */
function checkCompleteness(values: Values, count: number, syntax: Syntax, isInteractive: boolean): void {
  const { operands, options } = syntax;
  if (count > operands.length) {
    const expected = operands.length === 0 ? "No arguments besides options are" : `${operands.join(" ")} is`;
    throw new UsageError(`${expected} expected; ${String(count)} given.`);
  }
  const isMissing = (name: string, required: OptionSpec["required"]): boolean =>
    options[name]?.required === required && values[name] === undefined;
  const names = Object.keys(options);
  const missing = [
    ...operands.slice(count),
    ...names.filter((name) => isMissing(name, "always")).map((name) => `--${name}`),
  ];
  const unattended = isInteractive ? [] : names.filter((name) => isMissing(name, "unattended"));
  if (missing.length === 0 && unattended.length === 0) return;
  const needed = [
    ...(missing.length === 0 ? [] : [`${listOf(missing)} ${missing.length === 1 ? "is" : "are"} required.`]),
    ...unattended.map((name) => `Not a terminal; pass --${name} to confirm.`),
    `For example: purse ${usageOf(syntax)}${unattended.map((name) => ` --${name}`).join("")}.`,
  ];
  throw new UsageError(needed.join(" "));
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** The command with everything that it always needs, for example `payment capture PAYMENT_ID --amount 19.99`. */
export function usageOf({ name, operands, options }: Syntax): string {
  const required = Object.entries(options)
    .filter(([, spec]) => spec.required === "always")
    .map(([option, { value = "" }]) => `--${option} ${value}`.trim());
  return [name, ...operands, ...required].join(" ");
}

/** Every user of the machine can list options of processes, and the shell keeps them in its history. */
function refuseSecrets(argv: readonly string[], specs: OptionSpecs): void {
  for (const argument of argv) {
    if (argument === "--") return;
    const name = /^--([^=]+)/.exec(argument)?.[1];
    if (name === undefined || Object.hasOwn(specs, name)) continue;
    if (!/secret|passw|token|api-?key|client-?id|credential|authoriz/i.test(name)) continue;
    throw new UsageError(
      `--${name} is not accepted: options show in process lists and in the shell's history. ` +
        "Credentials come from the environment: PURSE_CLIENT_ID, PURSE_CLIENT_SECRET, PURSE_API_KEY, PURSE_WEBHOOK_SECRET. " +
        "If it was a secret, change it.",
    );
  }
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
