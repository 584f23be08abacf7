import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { entriesOf, readManifest } from "../package/manifest.js";
import { node, run } from "../package/run.js";
import { blocksOf } from "./guide-blocks.js";
import type { Consumer } from "./matrix.js";
import { templates, type Workbench } from "./workbench.js";

/** Programs that run as they are, without tools. */
export function programs({ plain }: Workbench): readonly Consumer[] {
  return [
    {
      name: `ES modules, Node ${process.versions.node}`,
      short: true,
      run: () => runTemplate(plain, "esm.mjs"),
    },
    {
      name: `CommonJS, Node ${process.versions.node}`,
      short: true,
      run: () => runTemplate(plain, "commonjs.cjs"),
    },
    ...imports(plain),
  ];
}

async function runTemplate(folder: string, name: string): Promise<string> {
  cpSync(join(templates, name), join(folder, name));
  return (await run(node, ["--no-warnings", name], folder)).trim();
}

/** The README's first example in a folder where nothing but the package is installed. */
export async function firstPayment({ plain }: Workbench): Promise<{ told: string; ms: number }> {
  const [example] = blocksOf("README.md", "ts run");
  if (example === undefined) throw new Error("README.md has no example");
  writeFileSync(join(plain, "first-payment.mjs"), example);
  const startedMs = performance.now();
  const told = (await run(node, ["first-payment.mjs"], plain)).trim();
  const [, promised] = /console\.log\(.*\/\/ (.+)/.exec(example) ?? [];
  if (told !== promised)
    throw new Error(`the README promises "${String(promised)}", and it prints "${told}"`);
  return { told, ms: performance.now() - startedMs };
}

interface Touched {
  readonly touched: readonly string[];
  readonly added: readonly string[];
  readonly handles: readonly string[];
  readonly listeners: number;
  readonly loaded: readonly string[];
}

/** What an entry may load beyond the package itself when it is imported. */
const mayLoad: Readonly<Record<string, RegExp>> = {
  "purse-payments": /openapi-fetch/,
  "purse-payments/opentelemetry": /@opentelemetry\/api/,
  "purse-payments/redirection": /\/jose\//,
  "purse-payments/simulator": /\/jose\//,
};

/** Importing does nothing: no variable read, no timer, no global, no output, no handle; and loads what it should. */
function imports(plain: string): Consumer[] {
  const folder = join(plain, "side-effects");
  mkdirSync(folder);
  for (const name of ["probe.mjs", "hooks.mjs"]) {
    cpSync(join(templates, "side-effects", name), join(folder, name));
  }
  const entries = entriesOf(readManifest()).filter(
    ({ specifier }) => !/\/(?:opentelemetry|undici)$/.test(specifier),
  );
  return entries.map(({ specifier }) => ({
    name: `nothing happens at import of ${specifier}`,
    short: true,
    async run() {
      const output = await run(node, ["--no-warnings", "probe.mjs", specifier], folder);
      const { loaded, ...effects } = JSON.parse(output.trim().split("\n").at(-1) ?? "") as Touched; // As probe.mjs writes it.
      const expected = { touched: [], added: [], handles: [], listeners: 0 };
      if (JSON.stringify(effects) !== JSON.stringify(expected)) throw new Error(JSON.stringify(effects));
      const allowed = mayLoad[specifier];
      const strangers = loaded.filter(
        (url) => !url.includes("/purse-payments/") && allowed?.test(url) !== true,
      );
      if (strangers.length > 0) throw new Error(`it loads ${strangers.join(", ")}`);
      if (loaded.length === 0) throw new Error("the probe saw nothing");
      return `${String(loaded.length)} modules`;
    },
  }));
}
