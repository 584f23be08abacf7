import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { bundleProgram } from "../support/programs.js";

interface Printed {
  readonly code: number | null;
  readonly text: string;
}

async function print(way: string, kind: string): Promise<Printed> {
  const args = [await bundleProgram("test/behaviour/printing/main.ts"), way, kind];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, text };
}

const kinds = [
  ["refused", "PurseBadRequestError"],
  ["doubtful", "PurseOutcomeUnknownError"],
] as const;

const ways = [
  ["uncaught", "an uncaught exception", 1],
  ["rejection", "an unhandled rejection", 1],
  ["logged", "console, util.inspect, pino, bunyan and winston", 0],
] as const;

for (const [way, what, exitCode] of ways) {
  test.concurrent.each(kinds)(
    `nothing that the service quotes is printed by ${what}, when a call ends %s`,
    async (kind, name) => {
      const { code, text } = await print(way, kind);
      expect(text).toContain(name);
      expect(text.split("\n").filter((line) => /4111|Jane Doe/.test(line))).toEqual([]);
      expect(code).toBe(exitCode);
    },
  );
}
