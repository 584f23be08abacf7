import { createInterface } from "node:readline";
import { addAbortSignal } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { toPrintable } from "./characters.js";

/** The streams a command talks through. Results go to standard output, all else to standard error. */
export interface Terminal {
  /** Whether a person can be asked. */
  readonly isInteractive: boolean;
  /** A line of the result, after a lead in a colour of its own. */
  print(line: string, lead?: Lead): void;
  /** A line for the person; resolves when it is out. */
  tell(line: string): Promise<void>;
  /** Asks and gives the answer, or nothing when the signal ended the wait or the input was closed. */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
  /** All of standard input. Rejects when the signal ends the wait. */
  readInput(signal: AbortSignal): Promise<string>;
}

/** What stands in front of a line, coloured where colours are wanted. */
export interface Lead {
  readonly tone: "good" | "bad" | "careful";
  readonly text: string;
}

const colours: Readonly<Record<Lead["tone"], number>> = { good: 32, bad: 31, careful: 33 };

const secretVariables = ["PURSE_CLIENT_SECRET", "PURSE_API_KEY", "PURSE_WEBHOOK_SECRET"];
const shortestSecret = 6;

export function createTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // Whoever read the output may have gone; the command goes on, because money may be on its way.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  const secrets = secretVariables.flatMap((name) => env[name] ?? []);
  const clean = (line: string): string => toPrintable(hideSecrets(line, secrets));
  const isPlain = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb" || !stdout.isTTY;
  // Cleaned before it is painted, so that every colour is one of ours.
  const paint = ({ tone, text }: Lead): string =>
    isPlain ? clean(text) : `\u001b[${String(colours[tone])}m${clean(text)}\u001b[0m`;
  return {
    isInteractive: stdin.isTTY && stderr.isTTY,
    print: (line, lead) => void stdout.write(`${lead === undefined ? "" : paint(lead)}${clean(line)}\n`),
    tell: (line) =>
      new Promise((resolve) => {
        stderr.write(`${clean(line)}\n`, () => {
          resolve();
        });
      }),
    readInput: (signal) => readAll(addAbortSignal(signal, stdin)),
    ask: (question, signal) => askOnce(clean(question), signal),
  };
}

function askOnce(question: string, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    // As if there were no terminal: with one, readline would take Ctrl-C for itself.
    const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
    const end = (answer: string | undefined): void => {
      // First, because closing ends here once more, without an answer.
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
    process.stderr.write(question);
  });
}

function hideSecrets(line: string, secrets: readonly string[]): string {
  let hidden = line;
  for (const secret of secrets)
    if (secret.length >= shortestSecret) hidden = hidden.replaceAll(secret, "[hidden]");
  return hidden;
}
