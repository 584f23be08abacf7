import { createInterface } from "node:readline";
import { addAbortSignal } from "node:stream";
import { text as readAll } from "node:stream/consumers";

/** The streams a command talks through. Results go to standard output, all else to standard error. */
export interface Terminal {
  /** Whether a person can be asked. */
  readonly isInteractive: boolean;
  /** A line of the result. */
  print(line: string): void;
  /** A line for the person; resolves when it is out. */
  tell(line: string): Promise<void>;
  /** Asks and gives the answer, or nothing when the signal ended the wait or the input was closed. */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
  /** All of standard input. Rejects when the signal ends the wait. */
  readInput(signal: AbortSignal): Promise<string>;
  readonly paint: Paint;
}

export type Paint = Readonly<Record<"good" | "bad" | "careful" | "strong", (text: string) => string>>;

const secretVariables = ["PURSE_CLIENT_SECRET", "PURSE_API_KEY", "PURSE_WEBHOOK_SECRET"];
const shortestSecret = 6;

export function createTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // Whoever read the output may have gone; the command goes on, because money may be on its way.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  const secrets = secretVariables.flatMap((name) => env[name] ?? []);
  const clean = (line: string): string => printable(hideSecrets(line, secrets));
  const isPlain = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb" || !stdout.isTTY;
  return {
    isInteractive: stdin.isTTY && stderr.isTTY,
    paint: isPlain ? plainPaint : colourPaint,
    print: (line) => void stdout.write(`${clean(line)}\n`),
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

/** Text from elsewhere must not move the cursor, colour the screen or reorder a line. Our own colours stay. */
function printable(line: string): string {
  return line.replaceAll(
    /\u001b\[(?:0|1|31|32|33)m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (found) => (found.length > 1 ? found : "\ufffd"),
  );
}

const plainPaint: Paint = {
  good: (text) => text,
  bad: (text) => text,
  careful: (text) => text,
  strong: (text) => text,
};

const colourPaint: Paint = {
  good: (text) => `\u001b[32m${text}\u001b[0m`,
  bad: (text) => `\u001b[31m${text}\u001b[0m`,
  careful: (text) => `\u001b[33m${text}\u001b[0m`,
  strong: (text) => `\u001b[1m${text}\u001b[0m`,
};
