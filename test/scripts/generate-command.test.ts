import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { main } from "../../scripts/generation/write/command.js";
import { committedSpec, filesIn, newFolder, root } from "./fixtures-generate/run.js";

const generated = filesIn(join(root, "generated"));

interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
}

function generate(args: readonly string[], env: Record<string, string> = {}, cwd: string = root): Finished {
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  return spawnSync(process.execPath, [tsx, join(root, "scripts/generate.ts"), ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

/** The same in this process, which need not load it all again. */
async function generateHere(args: readonly string[]): Promise<Finished> {
  const printed = { stdout: "", stderr: "" };
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void (printed.stdout += line));
  const error = vi
    .spyOn(console, "error")
    .mockImplementation((line: string) => void (printed.stderr += line));
  const status = await main(args);
  log.mockRestore();
  error.mockRestore();
  return { status, ...printed };
}

describe("npm run generate", { timeout: 120_000 }, () => {
  test("neither --from nor zone, language and working directory change a byte", () => {
    const output = join(newFolder(), "generated");
    const env = { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" };
    const run = generate(["--from", committedSpec, "--output", output], env, tmpdir());
    expect(run.stdout).toMatch(/^no changes\n\nwrote .+\n$/);
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(filesIn(output)).toEqual(generated);
  });

  test("without --from the committed description gives the committed files", async () => {
    const output = join(newFolder(), "plain");
    expect((await generateHere(["--output", output])).status).toBe(0);
    expect(filesIn(output)).toEqual(generated);
    expect((await generateHere(["--check", "--output", output])).status).toBe(0);
  });

  test("--check names what is stale and exits with 1", async () => {
    const run = await generateHere(["--check", "--output", newFolder()]);
    expect(run.status).toBe(1);
    expect(run.stderr.match(/ is not what openapi/g)).toHaveLength(6);
  });

  test.each([
    [["--form", "x"]],
    [["--from"]],
    [["--from", ""]],
    [["--from", "x", "--check"]],
    [["--dry-run"]],
    [["--normalised", "x"]],
    [["--from", "x", "--dry-run", "--normalised", "y"]],
    [["x"]],
  ])("wrong arguments %j exit with 2", async (args) => {
    const run = await generateHere(args);
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain("Writes generated/ from the OpenAPI description.");
    expect(run.stderr).not.toContain("    at ");
  });

  test("--help names every exit code", async () => {
    const { status, stdout } = await generateHere(["--help"]);
    expect(status).toBe(0);
    for (const code of ["0 done", "1 refused", "2 wrong", "3 done", "4 done"]) expect(stdout).toContain(code);
  });

  test("a refusal exits with 1 in one line, without a stack, and writes nothing", () => {
    const folder = newFolder();
    writeFileSync(join(folder, "v.yaml"), "swagger: '2.0'\n");
    const run = generate(["--from", "v.yaml", "--output", "out"], {}, folder);
    expect([run.status, run.stdout]).toEqual([1, ""]);
    expect(run.stderr).toMatch(
      /^v\.yaml: Swagger 2\.0, not OpenAPI 3 \(\/swagger\); convert it, .+\nnothing was written\n$/,
    );
    expect(existsSync(join(folder, "out"))).toBe(false);
  });
});
