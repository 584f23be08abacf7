import { join, resolve } from "node:path";
import type { FileResult } from "../../test/runtimes/report.js";
import { bundleRunner, bundleTests, type Bundle, type BundleTarget } from "./bundle.js";
import type { MatrixRow } from "./document.js";
import { serveFaultServers } from "./fault-servers.js";
import { isRun, judge } from "./judge.js";
import { installPackage } from "./package-under-test.js";
import { runInProcesses } from "./run-process.js";
import { runInWorkerd } from "./run-workerd.js";
import { commandOf, titleOf, type RuntimeName } from "./runtimes.js";

const longestFailure = 400;

/** Runs the test files on the runtimes, some of these at once, and prints a line for each. */
export async function runMatrix(
  names: readonly RuntimeName[],
  files: readonly string[],
  atOnce: number,
): Promise<readonly MatrixRow[]> {
  const installed = installPackage(resolve(".cache/runtimes/app"));
  const faultServers = await serveFaultServers();
  try {
    const prepare = async (isWorker: boolean): Promise<Prepared> => {
      const folder = join(installed.folder, isWorker ? "worker" : "tests");
      const target: BundleTarget = { folder, isWorker, faultServersUrl: faultServers.url };
      const wanted = names.filter((name) => (name === "workerd") === isWorker);
      const some = files.filter((file) => wanted.some((name) => isRun(file, name)));
      const bundles = await bundleTests(some, installed, target);
      const main = await bundleRunner(isWorker ? "test/runtimes/worker.ts" : "test/runtimes/main.ts", target);
      return { folder, main, bundles };
    };
    const prepared = { worker: await prepare(true), process: await prepare(false) };
    const rows: MatrixRow[] = [];
    // First the one that does everything in one process, and so takes longest.
    const left = [...names].sort((one, other) => Number(other === "workerd") - Number(one === "workerd"));
    const work = async (): Promise<void> => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        const row = await runOn(name, name === "workerd" ? prepared.worker : prepared.process);
        print(row);
        rows.push(row);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return names.flatMap((name) => rows.filter((row) => row.name === name));
  } finally {
    faultServers.stop();
  }
}

interface Prepared {
  readonly folder: string;
  readonly main: string;
  readonly bundles: readonly Bundle[];
}

async function runOn(name: RuntimeName, { folder, main, bundles }: Prepared): Promise<MatrixRow> {
  const startedMs = performance.now();
  const mine = bundles.filter(({ file }) => isRun(file, name));
  let results: readonly FileResult[];
  if (name === "workerd") {
    results = await runInWorkerd(commandOf(name), folder, mine);
  } else {
    const outputs = new Map(mine.map(({ file, output }) => [file, output]));
    results = await runInProcesses(commandOf(name), main, outputs);
  }
  const withNode = name === "workerd" ? mine.filter(({ usesNode }) => usesNode).length : undefined;
  return {
    name,
    title: titleOf(name),
    files: mine.length,
    ofPackage: mine.filter(({ isOfPackage }) => isOfPackage).length,
    ...(withNode === undefined ? {} : { withNode }),
    seconds: (performance.now() - startedMs) / 1000,
    verdict: judge(name, results),
  };
}

function print({ title, files, withNode, seconds, verdict }: MatrixRow): void {
  const { passed, skipped, different, failures } = verdict;
  for (const failure of failures) console.log(`  ${title}: ${failure.slice(0, longestFailure)}`);
  const parts = [
    `${String(passed)} passed`,
    `${String(failures.length)} failed`,
    `${String(skipped)} skipped`,
  ];
  if (different > 0) parts.push(`${String(different)} known to differ`);
  const compatible = withNode === undefined ? "" : `, ${String(withNode)} of them with nodejs_compat`;
  console.log(`${title}: ${parts.join(", ")} (${String(files)} files${compatible}, ${seconds.toFixed(0)} s)`);
}
