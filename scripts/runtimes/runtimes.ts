import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const runtimeNames = ["node20", "node22", "node24", "node26", "bun", "deno", "workerd"] as const;

export type RuntimeName = (typeof runtimeNames)[number];

/** One of each kind: the tests of the package run with vitest on the Node at hand, and `npm run runtimes` on all. */
export const shortRuntimeNames: readonly RuntimeName[] = ["node26", "bun", "deno", "workerd"];

/** Where the runtimes are installed; the folder has a manifest of its own, so that the package needs none of them. */
export const runtimesFolder: string = resolve("test/runtimes");

const installed = join(runtimesFolder, "node_modules");

/** The program and its arguments in front of the script's name. */
export function commandOf(name: RuntimeName): readonly [string, ...string[]] {
  switch (name) {
    case "bun":
      return [join(installed, "bun/bin/bun"), "--no-install", "run"];
    case "deno":
      return [
        join(installed, "deno/deno"),
        "run",
        "-A",
        "--no-check",
        "--no-lock",
        "--cached-only",
        "--node-modules-dir=manual",
      ];
    case "workerd":
      return [join(installed, "workerd/bin/workerd"), "serve"];
    case "node20":
    case "node22":
    case "node24":
    case "node26":
      return [join(installed, name, "bin/node")];
  }
}

/** As "Node.js 22.23.3". */
export function titleOf(name: RuntimeName): string {
  const manifest = JSON.parse(readFileSync(join(runtimesFolder, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const version = manifest.dependencies[name]?.split("@").at(-1) ?? "";
  const titles = { bun: "Bun", deno: "Deno", workerd: "workerd" };
  return `${name in titles ? titles[name as keyof typeof titles] : "Node.js"} ${version}`;
}
