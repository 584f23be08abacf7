import { expect, it } from "vitest";
import { readArguments } from "../../../src/cli/arguments.js";
import { redirectVerify } from "../../../src/cli/commands/redirect-verify.js";

it.each([
  [[], []],
  [["--json"], [{ error: { code: "aborted", message: expect.any(String) as string } }]],
])("gives no verdict when reading the token is interrupted, with %j: code 3", async (options, documents) => {
  const told: string[] = [];
  const printed: unknown[] = [];
  const interruption = new AbortController();
  const terminal = {
    isInteractive: false,
    ask: () => Promise.resolve(undefined),
    print: (line: string) => void printed.push(JSON.parse(line)),
    tell: (line: string) => Promise.resolve(void told.push(line)),
    readInput: (signal: AbortSignal) =>
      new Promise<string>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(new Error("interrupted"));
        });
      }),
  };
  const args = readArguments(["-", ...options], redirectVerify, false);
  const code = redirectVerify.run({ args, terminal, signal: interruption.signal });
  interruption.abort();
  expect(await code).toBe(3);
  expect(told).toEqual(["Interrupted. The token was not checked."]);
  expect(printed).toEqual(documents);
});
