import process from "node:process";
import { pathToFileURL } from "node:url";
import { runFile } from "./vitest.js";

/** Runs one test file in Node, Bun or Deno, and writes what it came to as a line. Arguments: its name, its bundle. */

const unhandled: string[] = [];
for (const event of ["unhandledRejection", "uncaughtException"]) {
  process.on(event, (error: unknown) => {
    unhandled.push(`${event}: ${error instanceof Error ? (error.stack ?? String(error)) : String(error)}`);
  });
}

const [, , file = "", bundle = ""] = process.argv;
const { cases, problems } = await runFile(file, () => import(pathToFileURL(bundle).href));
// Marked, to be found among what tests print.
const line = `\n@@runtimes ${JSON.stringify({ file, cases, problems: [...problems, ...unhandled] })}\n`;
process.stdout.write(line, () => process.exit(0));
