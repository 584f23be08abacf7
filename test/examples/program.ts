import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { bundleProgram } from "../support/programs.js";

export interface Program {
  /** Where it listens. */
  readonly url: string;
  /** What it has printed so far. */
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Ends the program with the test process, even if that is killed. */
const endWithStdin = "data:text/javascript,process.stdin.on('close',()=>process.exit(1)).resume()";

/** Starts an example as its own process, with these PURSE_* variables and no others. */
export async function startProgram(file: string, env: Readonly<Record<string, string>>): Promise<Program> {
  const port = await freePort();
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PURSE_"));
  const child = spawn(process.execPath, ["--import", endWithStdin, await bundleProgram(file)], {
    env: { ...Object.fromEntries(inherited), PORT: String(port), ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const program = { url: `http://127.0.0.1:${String(port)}`, output: () => printed, stop: () => stop(child) };
  const started = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      printed += `${line}\n`;
      // The last line that it prints at its start.
      if (line.startsWith("Staff: ")) resolve();
    });
    child.once("exit", (code) => {
      reject(new Error(`${file} ended with ${String(code)}: ${printed}`));
    });
  });
  await started;
  return program;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
