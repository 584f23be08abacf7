import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Outputs } from "./outputs.js";
import { writeFiles } from "./write-files.js";

export interface TypeErrors {
  /** Of the generated files themselves. */
  generated: string[];
  /** Of `src/`, which was written for the committed ones. */
  source: string[];
}

export const noErrors: TypeErrors = { generated: [], source: [] };

/** Compiles the generated files, and `src/` with them, in a folder of their own. */
export async function typeCheck(root: string, outputs: Outputs): Promise<TypeErrors> {
  const folder = mkdtempSync(join(tmpdir(), "purse-types-"));
  try {
    for (const name of ["src", "package.json", "tsconfig.json"])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFiles(join(folder, "generated"), outputs);
    const config = { extends: "./tsconfig.json", include: ["src", "generated"] };
    writeFileSync(join(folder, "tsconfig.check.json"), JSON.stringify(config));
    const lines = (await compile(root, folder))
      .split("\n")
      .filter((line) => /^\S+\(\d+,\d+\): error/.test(line));
    return {
      generated: lines.filter((line) => line.startsWith("generated/")),
      source: lines.filter((line) => !line.startsWith("generated/")),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** By the native compiler, which needs a tenth of the time. */
async function compile(root: string, folder: string): Promise<string> {
  const tsc = join(root, "node_modules/typescript7/bin/tsc");
  const child = spawn(process.execPath, [tsc, "-p", "tsconfig.check.json", "--pretty", "false"], {
    cwd: folder,
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on("close", resolve).on("error", reject),
  );
  if (code !== 0 && !/error TS\d+/.test(printed))
    throw new Error(`the compiler failed: ${printed.slice(0, 500)}`);
  return printed;
}
