import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundlers } from "./consumers/bundlers.js";
import { domEnvironments } from "./consumers/dom-environments.js";
import { runMatrix, type Consumer } from "./consumers/matrix.js";
import { firstPayment, programs } from "./consumers/programs.js";
import { undiciRecipes } from "./consumers/undici-recipes.js";
import { testRunners } from "./consumers/test-runners.js";
import { typescripts } from "./consumers/typescript.js";
import { prepare, type Workbench } from "./consumers/workbench.js";
import { yarn } from "./consumers/yarn.js";
import { pack } from "./package/pack.js";

const help = `Uses the package as merchants do: the tarball of what \`npm run build\` wrote, installed in throw-away folders, in
programs of every kind that is supported. One line a consumer.

  npm run build && npm run check:consumers [-- OPTIONS]

  --short          each kind once, with the oldest and the newest TypeScript
  --only TEXT      those whose name contains the text
  --tarball FILE   this one instead of a new one
`;

const { values } = parseArgs({
  options: {
    help: { type: "boolean" },
    short: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    tarball: { type: "string" },
  },
});

async function check(folder: string): Promise<boolean> {
  const startedMs = performance.now();
  const tarball = values.tarball ?? (await pack(folder)).tarball;
  const bench = await prepare(tarball);
  const preparedMs = performance.now();
  console.log(`the tools and the package installed: ${seconds(preparedMs - startedMs)}`);
  try {
    const { told, ms } = await firstPayment(bench);
    console.log(
      `npm install ${seconds(bench.installMs)} + the README's first example ${seconds(ms)}: prints "${told}"`,
    );
    const consumers = consumersOf(bench);
    const failed = await runMatrix(consumers);
    console.log(
      `${String(consumers.length - failed)} consumers passed, ${String(failed)} failed, ${seconds(performance.now() - startedMs)}`,
    );
    return failed === 0 && consumers.length > 0;
  } finally {
    bench.clear();
  }
}

function consumersOf(bench: Workbench): readonly Consumer[] {
  const all = [programs, bundlers, yarn, testRunners, domEnvironments, undiciRecipes, typescripts].flatMap(
    (of) => of(bench),
  );
  return all.filter(({ name, short }) => (short || !values.short) && name.includes(values.only));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

if (values.help === true) {
  console.log(help);
} else {
  const folder = mkdtempSync(join(tmpdir(), "purse-payments-"));
  try {
    if (!(await check(folder))) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
