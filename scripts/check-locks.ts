import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { faultsOfLock, type BadReleases, type Lock } from "./locks/faults.js";

// Compares every lock file with the list of malicious releases, and checks that npm's settings beside it hold back new ones.
const badReleases = JSON.parse(readFileSync("scripts/locks/bad-releases.json", "utf8")) as BadReleases; // Written by hand.
const settings = ["ignore-scripts=true", "min-release-age=7", "omit-lockfile-registry-resolved=true"];

const locks = execFileSync("git", ["ls-files", "*package-lock.json"], { encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "");

const faults = locks.flatMap((path) => {
  const lock = JSON.parse(readFileSync(path, "utf8")) as Lock; // As npm writes it; what is missing is a fault.
  const found = faultsOfLock(lock, badReleases);
  const npmrc = join(dirname(path), ".npmrc");
  const lines = existsSync(npmrc) ? readFileSync(npmrc, "utf8").split("\n") : [];
  for (const setting of settings) if (!lines.includes(setting)) found.push(`${npmrc} lacks ${setting}`);
  return found.map((fault) => `${path}: ${fault}`);
});

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`${String(locks.length)} lock files: no known-bad release, no download address`);
