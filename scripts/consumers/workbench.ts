import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install } from "../package/install.js";
import { run } from "../package/run.js";

export const templates = "test/consumers";

/** The folders in which consumers are built. Outside of the repository, so that nothing of it can be found from there. */
export interface Workbench {
  /** The tarball and its dependencies alone, as npm installs them. */
  readonly plain: string;
  /** The same, with TypeScript's declarations for Node. */
  readonly typed: string;
  /** The same, with test runners and bundlers in reach. */
  readonly equipped: string;
  /** Where the tools are installed. */
  readonly tools: string;
  readonly tarball: string;
  readonly installMs: number;
  clear(): void;
}

export async function prepare(tarball: string): Promise<Workbench> {
  const tools = await installTools();
  const plain = mkdtempSync(join(tmpdir(), "purse-payments-consumer-"));
  const equipped = mkdtempSync(join(tools, "run-"));
  const installMs = await install(tarball, plain);
  cpSync(join(plain, "node_modules"), join(equipped, "node_modules"), { recursive: true });
  const typed = join(plain, "typed");
  for (const name of ["@types/node", "undici-types"]) {
    cpSync(join(tools, "node_modules", name), join(typed, "node_modules", name), { recursive: true });
  }
  return {
    plain,
    typed,
    equipped,
    tools,
    tarball,
    installMs,
    clear() {
      rmSync(plain, { recursive: true, force: true });
      rmSync(equipped, { recursive: true, force: true });
    },
  };
}

/** Installs the pinned tools, unless that was done before from the same lock. */
async function installTools(): Promise<string> {
  const digest = createHash("sha256")
    .update(readFileSync(join(templates, "package-lock.json")))
    .digest("hex");
  const folder = join(tmpdir(), `purse-payments-tools-${digest.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}-${String(process.pid)}`;
  mkdirSync(unfinished);
  for (const name of ["package.json", "package-lock.json"]) {
    cpSync(join(templates, name), join(unfinished, name));
  }
  await run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"], unfinished);
  renameSync(unfinished, folder);
  return folder;
}
