import { createInterface } from "node:readline";
import { addAbortSignal } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { toPrintable } from "./characters.js";
import type { System } from "./system.js";

/** The streams a command talks through. Results go to standard output, all else to standard error. */
export interface Terminal {
  /** Whether questions can be asked. */
  readonly isInteractive: boolean;
  /** Prints a line of the result, after a lead in its own colour. */
  print(line: string, lead?: Lead): void;
  /** Prints a line for people; resolves when it has been written. */
  tell(line: string): Promise<void>;
  /** Asks a question. Resolves to the answer, or to undefined when the signal aborts or the input ends. */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
  /** Reads all of standard input. Rejects when the signal aborts. */
  readInput(signal: AbortSignal): Promise<string>;
}

/** What a line begins with, coloured where colours are wanted. */
export interface Lead {
  readonly tone: "pass" | "warn" | "fail";
  readonly text: string;
}

const colours: Readonly<Record<Lead["tone"], number>> = { pass: 32, warn: 33, fail: 31 };

const secretVariables = ["PURSE_CLIENT_SECRET", "PURSE_API_KEY", "PURSE_WEBHOOK_SECRET"];
const shortestSecret = 6;

export function createTerminal(system: System): Terminal {
  const { stdin, stdout, stderr } = system;
  const { env } = process;
  // The reader of the output may be gone (EPIPE). The command continues, because money may be on its way.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  const secrets = secretVariables.flatMap((name) => env[name] ?? []);
  const clean = (line: string): string => toPrintable(hideSecrets(line, secrets));
  const isPlain = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb" || stdout.isTTY !== true;
  // Cleaned before it is coloured, so that external text cannot bring colours of its own.
  const paint = ({ tone, text }: Lead): string =>
    isPlain ? clean(text) : `\u001b[${String(colours[tone])}m${clean(text)}\u001b[0m`;
  return {
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    print: (line, lead) => void stdout.write(`${lead === undefined ? "" : paint(lead)}${clean(line)}\n`),
    tell: (line) =>
      new Promise((resolve) => {
        stderr.write(`${clean(line)}\n`, () => {
          resolve();
        });
      }),
    readInput: (signal) => readAll(addAbortSignal(signal, stdin)),
    ask: (question, signal) => askOnce(system, clean(question), signal),
  };
}

/** Asks for confirmation. Where real money may move, by words that are not typed out of habit. */
export async function confirm(
  terminal: Terminal,
  isRealMoney: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const words = isRealMoney ? "real money" : "yes";
  const answer = await terminal.ask(`Type "${words}" to go on: `, signal);
  return answer?.trim().toLowerCase() === words;
}

function askOnce(
  { stdin, stderr }: System,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Not as a terminal: readline would handle Ctrl-C itself.
    const lines = createInterface({ input: stdin, output: stderr, terminal: false });
    const end = (answer: string | undefined): void => {
      // First, because closing calls this again, without an answer.
      resolve(answer);
      signal.removeEventListener("abort", giveUp);
      lines.close();
    };
    const giveUp = (): void => {
      end(undefined);
    };
    lines.once("line", end);
    lines.once("close", giveUp);
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp);
    stderr.write(question);
  });
}

function hideSecrets(line: string, secrets: readonly string[]): string {
  let hidden = line;
  for (const secret of secrets)
    if (secret.length >= shortestSecret) hidden = hidden.replaceAll(secret, "[hidden]");
  return hidden;
}
