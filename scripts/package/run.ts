import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);
const longestRunMs = 240_000;

/** Runs a command without the variables that configure the client, and gives what it printed to standard output. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:PURSE_|NODE_OPTIONS$)/.test(name));
  const env = { ...Object.fromEntries(own), ...variables };
  const options = { cwd, env, timeout: longestRunMs, maxBuffer: 64 * 1024 * 1024 };
  try {
    return (await execFileAsync(command, args, options)).stdout;
  } catch (error) {
    // Errors of execFile carry what the command printed.
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

export const node = process.execPath;
