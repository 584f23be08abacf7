import { nearest } from "../checks/members.js";
import { UsageError } from "./arguments.js";
import type { Command } from "./command.js";
import { generalHelp, groupHelp, helpFor } from "./help.js";

/** What the command line asks for: a command with its own arguments, a help text, or the version. */
export type Request =
  | { readonly kind: "command"; readonly command: Command; readonly rest: readonly string[] }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "version" };

/**
 * Finds out what is asked for. Help and version count only where nothing else is written: a script must not mistake
 * them for the success of what it asked for.
 *
 * @throws UsageError naming the commands there are, or the one that may have been meant.
 */
export function readRequest(argv: readonly string[], commands: readonly Command[]): Request {
  for (const words of [2, 1]) {
    const command = findCommand(commands, argv.slice(0, words));
    if (command !== undefined) return { kind: "command", command, rest: argv.slice(words) };
  }
  const [first = "", ...rest] = argv;
  if (first === "help") return { kind: "help", text: helpOn(rest, commands) };
  const group = groupOf(commands, first);
  const options = group.length === 0 ? argv : rest;
  const [option] = options.length === 1 ? options : [];
  if (option === "--help" || option === "-h" || (option === "help" && group.length > 0))
    return { kind: "help", text: group.length === 0 ? generalHelp(commands) : groupHelp(group) };
  if (argv.length === 1 && /^(?:--)?version$/.test(first)) return { kind: "version" };
  if (argv.length === 0) throw new UsageError("a command is needed:", generalHelp(commands));
  if (rest.length === 0 && group.length > 0)
    throw new UsageError(`${first} needs one of these commands:`, groupHelp(group));
  throw unknownCommand(argv, commands);
}

/** The help on a command, on the commands that begin with a word, or on all. */
function helpOn(words: readonly string[], commands: readonly Command[]): string {
  const [first = ""] = words;
  if (words.length === 0 || (words.length === 1 && /^(?:--help|-h)$/.test(first)))
    return generalHelp(commands);
  const command = findCommand(commands, words);
  if (command !== undefined) return helpFor(command);
  const group = words.length === 1 ? groupOf(commands, first) : [];
  if (group.length > 0) return groupHelp(group);
  throw unknownCommand(words, commands);
}

function findCommand(commands: readonly Command[], words: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name === words.join(" "));
}

function groupOf(commands: readonly Command[], word: string): readonly Command[] {
  return commands.filter(({ name }) => name.startsWith(`${word} `));
}

/** Does not quote what was written: it might be a secret in the wrong place. */
function unknownCommand(argv: readonly string[], commands: readonly Command[]): UsageError {
  const end = argv.findIndex((word) => word.startsWith("-"));
  const words = (end === -1 ? argv : argv.slice(0, end))
    .slice(0, 2)
    .flatMap((word) => word.toLowerCase().split(/[^a-z]+/));
  const group = groupOf(commands, words[0] ?? "");
  const names = (group.length === 0 ? commands : group).map(({ name }) => name);
  const guess = group.length === 0 ? guessName(words, names) : guessLastWord(words[1], names);
  const advice =
    guess === undefined ? `The command must be one of: ${names.join(", ")}.` : `Did you mean purse ${guess}?`;
  return new UsageError(`There is no such command. ${advice}`);
}

/** By a word that belongs to one command only (`get payment`, `capture`), or by spelling (`paymant get`). */
function guessName(words: readonly string[], names: readonly string[]): string | undefined {
  const firstWords = names.map((name) => name.split(" ")[0] ?? name);
  return (
    names.find((name) => words.includes(lastWordOf(name))) ??
    (words.length > 1 ? nearest(words.join(" "), names) : undefined) ??
    nearest(words[0] ?? "", firstWords) ??
    guessLastWord(words[0], names)
  );
}

function guessLastWord(word: string | undefined, names: readonly string[]): string | undefined {
  const near = nearest(word ?? "", names.map(lastWordOf));
  return names.find((name) => lastWordOf(name) === near);
}

function lastWordOf(name: string): string {
  return name.split(" ").at(-1) ?? name;
}
