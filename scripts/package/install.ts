import { mkdirSync, writeFileSync } from "node:fs";
import { run } from "./run.js";

/** Installs the tarball with its dependencies, and nothing else, in a new folder. Gives the time that npm took. */
export async function install(tarball: string, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, type: "module" }));
  const startedMs = performance.now();
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", tarball], folder);
  return performance.now() - startedMs;
}
