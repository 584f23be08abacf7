import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";

const help = `Runs the tests, without any PURSE_* variable of the surroundings, and ends with a line that counts them.

  npm test                      all tests but those in a browser
  npm run test:browser          those
  npm test -- PATTERN …         the test files whose path contains a pattern
`;

const { values, positionals } = parseArgs({
  options: { browser: { type: "boolean", default: false }, help: { type: "boolean" } },
  allowPositionals: true,
});
if (values.help === true) {
  console.log(help);
} else {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("PURSE_")) Reflect.deleteProperty(process.env, name);
  }
  const vitest = await startVitest("test", positionals, {
    watch: false,
    run: true,
    include: [values.browser ? "test/browser/**/*.test.ts" : "test/!(browser)/**/*.test.ts"],
    // A browser and the shop that it visits keep two cores busy.
    ...(values.browser ? { maxWorkers: 1 } : {}),
  });
  const modules = vitest.state.getTestModules();
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) counts[test.result().state] += 1;
  }
  // A file that cannot be loaded has no tests to count, and must not pass for that.
  const broken =
    modules.filter((module) => module.errors().length > 0).length + vitest.state.getUnhandledErrors().length;
  await vitest.close();
  const failed = counts.failed + counts.pending + broken;
  const skipped = counts.skipped === 0 ? "" : `, ${String(counts.skipped)} skipped`;
  console.log(`\n${String(counts.passed)} passed, ${String(failed)} failed${skipped}`);
  process.exitCode = failed > 0 || counts.passed === 0 ? 1 : 0;
}
