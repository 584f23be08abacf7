import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { bundleProgram } from "../support/programs.js";
import { connectControl, type Control } from "./control.js";

export interface FaultServer extends Control {
  /** The back door, for clients in other runtimes. */
  readonly controlUrl: string;
  stop(): void;
}

/** Starts the failing service as a process of its own. */
export async function startFaultServer(): Promise<FaultServer> {
  const program = await bundleProgram("test/fault-server/main.ts");
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const { serviceUrl, controlUrl } = JSON.parse(line) as { serviceUrl: string; controlUrl: string };
    return { ...connectControl(serviceUrl, controlUrl), controlUrl, stop: () => void child.stdin.end() };
  }
  throw new Error("the fault server ended before it had started");
}
