import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/** The shop as one file that plain Node.js starts quickly, in a folder of its own beside the database. */
export interface BuiltShop {
  readonly folder: string;
  readonly databaseFile: string;
  remove(): void;
}

export async function buildShop(): Promise<BuiltShop> {
  // Inside the project, so that its packages are found.
  mkdirSync(".cache", { recursive: true });
  const folder = mkdtempSync(resolve(".cache/shop-"));
  await build({
    entryPoints: ["examples/shop/main.ts"],
    outfile: join(folder, "shop/main.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    alias: Object.fromEntries(entries.map(([name, file]) => [`purse-payments${name}`, resolve("src", file)])),
    logLevel: "warning",
  });
  cpSync("examples/shop/assets", join(folder, "assets"), { recursive: true });
  return {
    folder,
    databaseFile: join(folder, "shop.db"),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const entries = [
  ["", "index.ts"],
  ["/checkout", "checkout/index.ts"],
  ["/journal", "journal/index.ts"],
  ["/money", "money/index.ts"],
  ["/simulator", "simulator/index.ts"],
  ["/webhooks", "webhooks/index.ts"],
] as const;

export interface RunningShop {
  readonly baseUrl: string;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export const officePassword = "back-office";

/** Starts the shop and waits until it serves. */
export async function startShop(
  { folder, databaseFile }: BuiltShop,
  port: number,
  /** `PURSE_*` variables, and what else the shop is to read from its environment. */
  variables: Readonly<Record<string, string>>,
): Promise<RunningShop> {
  const child = spawn(process.execPath, [join(folder, "shop/main.js")], {
    env: {
      ...withoutPurse(process.env),
      ...variables,
      PORT: String(port),
      SHOP_DATABASE: databaseFile,
      SHOP_OFFICE_PASSWORD: officePassword,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await Promise.race([
    once(child.stdout, "data"),
    once(child, "exit").then(() => Promise.reject(new Error("The shop ended before it served."))),
  ]);
  return {
    baseUrl: `http://127.0.0.1:${String(port)}`,
    kill: () => end(child, "SIGKILL"),
    stop: () => end(child, "SIGTERM"),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

function withoutPurse(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:PURSE|SHOP|SIMULATOR)_/.test(name)));
}

/** A port that was free a moment ago, for a server that must come back on the same one. */
export async function findPort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // Listening on TCP, so neither null nor a path.
  server.close();
  await once(server, "close");
  return port;
}
