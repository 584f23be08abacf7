import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { node, run } from "../package/run.js";
import { blocksOf } from "./guide-blocks.js";
import type { Consumer } from "./matrix.js";
import type { Workbench } from "./workbench.js";

export const guide = "docs/guides/testing.md";

/** The guide's own test files, in the runners that they are written for. */
export function testRunners({ equipped, tools }: Workbench): readonly Consumer[] {
  const bin = (path: string): string => join(tools, "node_modules", path);
  return [
    {
      name: "vitest 4.1, the guide's tests",
      short: true,
      async run() {
        const { folder } = write(equipped, "vitest", "vitest");
        const args = [bin("vitest/vitest.mjs"), "run", "--root", folder, "--reporter=json"];
        return passed(await run(node, args, folder));
      },
    },
    {
      name: "Jest 30 with swc, to CommonJS, the guide's tests and settings",
      short: true,
      async run() {
        const { folder } = write(equipped, "jest", "jest");
        writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
        writeFileSync(join(folder, "jest.config.js"), only("js jest-config"));
        return passed(await run(node, [bin("jest/bin/jest.js"), "--json"], folder));
      },
    },
    {
      name: "Jest 30 with swc, as ES modules, the guide's tests and settings",
      short: false,
      async run() {
        const { folder } = write(equipped, "jest-esm", "jest");
        writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
        writeFileSync(join(folder, "jest.config.js"), only("js jest-config-esm"));
        const variables = { NODE_OPTIONS: "--experimental-vm-modules" };
        return passed(await run(node, [bin("jest/bin/jest.js"), "--json"], folder, variables));
      },
    },
    {
      name: "node:test, the guide's tests",
      short: true,
      async run() {
        const { folder, files } = write(equipped, "node-test", "node-test");
        for (const [file, code] of files) {
          // Newer versions of Node strip the types themselves.
          const { code: plain } = await transform(code, { loader: "ts", format: "esm" });
          writeFileSync(join(folder, file.replace(/\.ts$/, ".mjs")), plain);
        }
        const tap = await run(node, ["--test", "--test-reporter=tap"], folder);
        return `${/^# pass (\d+)$/m.exec(tap)?.[1] ?? "?"} passed`;
      },
    },
    {
      name: "the guide's tests, type-checked",
      short: true,
      async run() {
        const { folder } = write(equipped, "guide-types", "vitest", "jest", "node-test");
        const compilerOptions = {
          strict: true,
          skipLibCheck: true,
          module: "preserve",
          target: "es2022",
          lib: ["es2023"],
          types: ["node"],
          noEmit: true,
        };
        writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
        await run(node, [bin("typescript70/bin/tsc"), "-p", "."], folder);
        return undefined;
      },
    },
  ];
}

/** Writes the guide's blocks as test files. */
function write(
  equipped: string,
  name: string,
  ...runners: readonly string[]
): { folder: string; files: readonly (readonly [string, string])[] } {
  const folder = join(equipped, name);
  mkdirSync(folder);
  const files = runners.flatMap((runner) =>
    blocksOf(guide, `ts ${runner}`).map(
      (code, index) => [`${runner}-${String(index + 1)}.test.ts`, code] as const,
    ),
  );
  if (files.length < runners.length) throw new Error(`${guide} has no block for ${runners.join(" or ")}`);
  for (const [file, code] of files) writeFileSync(join(folder, file), code);
  return { folder, files };
}

function only(mark: string): string {
  const [block] = blocksOf(guide, mark);
  if (block === undefined) throw new Error(`${guide} has no block marked ${mark}`);
  return block;
}

/** Vitest and Jest write the same report. */
export function passed(output: string): string {
  const { numPassedTests, numTotalTests } = JSON.parse(output.slice(output.indexOf("{"))) as {
    numPassedTests: number;
    numTotalTests: number;
  };
  if (numPassedTests === 0 || numPassedTests !== numTotalTests) throw new Error(output);
  return `${String(numPassedTests)} passed`;
}
