import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleSize } from "./package/bundle-size.js";
import { checkLinks } from "./package/documentation.js";
import { install } from "./package/install.js";
import { entriesOf, readManifest } from "./package/manifest.js";
import { checkFiles, pack, type Packed } from "./package/pack.js";
import { node, run } from "./package/run.js";

const help = `Packs what \`npm run build\` wrote and checks the tarball: publint and attw, the exact list of files, the links of its
pages, every entry and command installed in an empty folder (ES modules, CommonJS), a missing optional peer, and the sizes.
\`npm run check:consumers\` checks it in users' programs.

  npm run build && npm run check:package
`;

const largestTarballBytes = 900_000;

/** Minified and gzipped, by what a program imports: loaded at once, and with what is loaded on demand. */
const largestBundles: Readonly<Record<string, readonly [mainBytes: number, allBytes: number]>> = {
  "purse-payments": [12_000, 42_500],
  "purse-payments/browser": [1500, 1500],
  "purse-payments/checkout": [4000, 4000],
  "purse-payments/journal": [14_000, 14_000],
  "purse-payments/money": [3500, 3500],
  "purse-payments/redirection": [12_000, 12_000],
  "purse-payments/undici": [3500, 3500],
  "purse-payments/webhooks": [12_000, 12_000],
  "purse-payments/webhooks/node": [2500, 2500],
};

/** The client with its engine: what a program has loaded when its first call is sent. See docs/decisions/0007. */
const largestFirstCallBytes = 29_000;

/** Entries that need an optional peer. */
const peers: Readonly<Record<string, string>> = {
  "purse-payments/opentelemetry": "@opentelemetry/api",
  "purse-payments/undici": "undici",
};

async function lint(tarball: string, folder: string): Promise<void> {
  // In the installed package, which contains only what is in the tarball.
  const installed = join(folder, "node_modules", readManifest().name);
  await run(node, ["node_modules/publint/src/cli.js", installed, "--strict", "--pack", "false"], ".");
  await run(
    node,
    ["node_modules/@arethetypeswrong/cli/dist/index.js", tarball, "--profile", "esm-only"],
    ".",
  );
  console.log("publint --strict and attw --profile esm-only: nothing found");
}

function checkContent({ files, packedBytes, unpackedBytes }: Packed): void {
  checkFiles(files);
  checkLinks(files);
  const [packedKb, unpackedKb] = [packedBytes, unpackedBytes].map((bytes) =>
    String(Math.round(bytes / 1000)),
  );
  console.log(
    `tarball: ${String(files.length)} files, ${packedKb ?? ""} kB, ${unpackedKb ?? ""} kB unpacked`,
  );
  if (packedBytes > largestTarballBytes)
    throw new Error(`the tarball is over ${String(largestTarballBytes)} bytes`);
}

/** Imports and requires each entry, in a process of its own. */
async function load(folder: string): Promise<void> {
  const manifest = readManifest();
  for (const { specifier } of entriesOf(manifest)) {
    if (specifier in peers) continue;
    const esm = `const names = Object.keys(await import("${specifier}")); if (names.length === 0) throw new Error("exports nothing");`;
    const commonJs = `if (Object.keys(require("${specifier}")).length === 0) throw new Error("exports nothing");`;
    await run(node, ["--input-type=module", "--eval", esm], folder);
    await run(node, ["--no-warnings", "--input-type=commonjs", "--eval", commonJs], folder);
  }
  console.log("every entry: import and require");
  for (const [specifier, peer] of Object.entries(peers)) {
    const refusal = `await import("${specifier}").then(
      () => { throw new Error("loaded without its peer"); },
      (error) => console.log(error.code, /'(.+?)'/.exec(error.message)?.[1]),
    );`;
    const told = (await run(node, ["--input-type=module", "--eval", refusal], folder)).trim();
    if (told !== `ERR_MODULE_NOT_FOUND ${peer}`) throw new Error(`${specifier} says ${told}`);
    console.log(`${specifier} without its optional peer: ${told}`);
  }
  const version = (await run("npx", ["--no-install", "purse", "--version"], folder)).trim();
  if (version !== manifest.version) throw new Error(`purse --version says ${version}`);
  await run("npx", ["--no-install", "purse-simulator", "--help"], folder);
  console.log(`commands: purse ${version}, purse-simulator`);
}

async function measure(folder: string): Promise<void> {
  for (const [specifier, [largestMain, largestAll]] of Object.entries(largestBundles)) {
    // The client has to be made for its parts to stay in; elsewhere everything stays.
    const program =
      specifier === "purse-payments"
        ? 'import { Purse } from "purse-payments"; console.log(new Purse());'
        : `import * as entry from "${specifier}"; console.log(entry);`;
    const { mainBytes, callBytes, allBytes } = await bundleSize(program, folder);
    const byCall = callBytes === mainBytes ? "" : `, ${String(callBytes)} with what the first call loads`;
    const onDemand = allBytes === mainBytes ? "" : `, ${String(allBytes)} with all that is loaded on demand`;
    console.log(`${specifier}: ${String(mainBytes)} bytes minified and gzipped${byCall}${onDemand}`);
    if (specifier === "purse-payments" && callBytes > largestFirstCallBytes)
      throw new Error(`the first call may load ${String(largestFirstCallBytes)} bytes`);
    if (mainBytes > largestMain || allBytes > largestAll) {
      throw new Error(`${specifier} may have ${String(largestMain)} bytes, ${String(largestAll)} in all`);
    }
  }
}

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(help);
} else {
  const folder = mkdtempSync(join(tmpdir(), "purse-payments-"));
  try {
    const packed = await pack(folder);
    checkContent(packed);
    await install(packed.tarball, folder);
    await lint(packed.tarball, folder);
    await load(folder);
    await measure(folder);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
