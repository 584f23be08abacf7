import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runtimesFolder } from "./runtimes.js";

/** Whether there are binaries for this machine. */
export function canInstall(): boolean {
  return process.platform === "linux" && process.arch === "x64";
}

/** Installs the pinned runtimes, unless that was done before from the same lock. */
export function installRuntimes(): void {
  const lock = readFileSync(join(runtimesFolder, "package-lock.json"));
  const digest = createHash("sha256").update(lock).digest("hex");
  const stamp = join(runtimesFolder, "node_modules/.installed-from");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: runtimesFolder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  writeFileSync(stamp, digest);
}
