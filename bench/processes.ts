import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export function fileIn(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Runs a program in a fresh process and gives what it printed. */
export function run(args: readonly string[]): string {
  return execFileSync(process.execPath, args, {
    encoding: "utf8",
    cwd: fileIn(".."),
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** What a program printed as JSON. The programs are ours, so the caller knows what they print. */
export function runJson(args: readonly string[]): unknown {
  return JSON.parse(run(args));
}

/** A process that answers each line with a line, and ends when its input does. */
export interface LineProcess {
  readonly nextLine: () => Promise<string>;
  readonly ask: (line: string) => Promise<string>;
  readonly end: () => Promise<void>;
}

export function startLineProcess(args: readonly string[]): LineProcess {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], cwd: fileIn("..") });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, "exit");
  const nextLine = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${args.join(" ")} ended early`);
    return line.value;
  };
  return {
    nextLine,
    ask(line) {
      child.stdin.write(`${line}\n`);
      return nextLine();
    },
    async end() {
      child.stdin.end();
      await exited;
    },
  };
}
