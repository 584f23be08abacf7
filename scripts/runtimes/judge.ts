import type { FileResult } from "../../test/runtimes/report.js";
import { knownDifferences, notRun } from "./exceptions.js";
import type { RuntimeName } from "./runtimes.js";

export interface Verdict {
  readonly passed: number;
  readonly skipped: number;
  /** Failed as the list of known differences says. */
  readonly different: number;
  /** One line each, for what is not as it should be. */
  readonly failures: readonly string[];
}

export function isRun(file: string, name: RuntimeName): boolean {
  return !notRun.some(({ paths, on }) => on.includes(name) && paths.some((path) => covers(path, file)));
}

/** Entries that name no test file any more. */
export function staleExceptions(files: readonly string[]): string[] {
  const paths = [...notRun.flatMap((entry) => entry.paths), ...knownDifferences.map(({ file }) => file)];
  return paths.filter((path) => !files.some((file) => covers(path, file)));
}

function covers(path: string, file: string): boolean {
  return path.endsWith("/") ? file.startsWith(path) : file === path;
}

export function judge(name: RuntimeName, results: readonly FileResult[]): Verdict {
  const counts = { passed: 0, skipped: 0, different: 0 };
  const failures: string[] = [];
  for (const { file, cases, problems } of results) {
    const known = knownDifferences
      .filter((difference) => difference.file === file && difference.on.includes(name))
      .flatMap((difference) => difference.cases);
    failures.push(...problems.map((problem) => `${file}: ${problem}`));
    if (cases.length === 0 && problems.length === 0) failures.push(`${file}: no cases`);
    for (const prefix of known) {
      if (cases.some((each) => each.name.startsWith(prefix))) continue;
      failures.push(
        `${file}: no case is called "${prefix}" any more; correct scripts/runtimes/exceptions.ts`,
      );
    }
    for (const { name: title, state, message = "" } of cases) {
      const isKnown = known.some((prefix) => title.startsWith(prefix));
      if (isKnown && state === "failed") counts.different += 1;
      else if (isKnown && state === "passed") {
        failures.push(`${file}: ${title}: passes; take it off the list in scripts/runtimes/exceptions.ts`);
      } else if (state === "failed") failures.push(`${file}: ${title}: ${message}`);
      else counts[state] += 1;
    }
  }
  return { ...counts, failures };
}
