import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node, run } from "../package/run.js";
import { hovers } from "./hover.js";
import type { Consumer } from "./matrix.js";
import { templates, type Workbench } from "./workbench.js";

const versions = { "5.4.5": "54", "5.5.4": "55", "5.9.3": "59", "6.0.3": "60", "7.0.2": "70" } as const;
type Version = keyof typeof versions;
type Options = Readonly<Record<string, unknown>>;

const resolutions: Readonly<Record<string, Options>> = {
  node16: { module: "node16" },
  nodenext: { module: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

/** A back end's: Node's declarations and not the browser's, and everything that is installed checked. */
const strictest: Options = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: false,
  target: "es2022",
  lib: ["es2022"],
  types: ["node"],
};

const loosest: Options = { strict: false, skipLibCheck: true, target: "es2020", types: ["node"] };

/** In the short form: the oldest and the newest version, each setting and each resolution once. */
const inShort = [
  "5.4.5 strictest node16",
  "5.4.5 loosest bundler",
  "7.0.2 strictest nodenext",
  "7.0.2 strictest bundler",
  "7.0.2 loosest node16",
];

export function typescripts(bench: Workbench): readonly Consumer[] {
  const compile = compiler(bench);
  const matrix = (Object.keys(versions) as Version[]).flatMap((version) =>
    Object.entries({ strictest, loosest }).flatMap(([settings, options]) =>
      Object.entries(resolutions).map(([resolution, own]): Consumer => {
        const line = `${version} ${settings} ${resolution}`;
        const file = settings === "strictest" ? "entries.ts" : "web.ts";
        return {
          name: `TypeScript ${line}`,
          short: inShort.includes(line),
          run: () => compile(version, bench.typed, file, { ...options, ...own }),
        };
      }),
    ),
  );
  return [...matrix, ...older(bench), ...withoutNode(bench), hover(bench)];
}

/** Settings from before `exports`, and CommonJS sources. */
function older(bench: Workbench): readonly Consumer[] {
  const compile = compiler(bench);
  const node10: Options = { ...strictest, verbatimModuleSyntax: false, module: "commonjs" };
  const byVersion: readonly (readonly [Version, Options])[] = [
    ["5.4.5", { moduleResolution: "node10" }],
    ["6.0.3", { moduleResolution: "node10", ignoreDeprecations: "6.0" }],
  ];
  const requiring: Options = { ...strictest, verbatimModuleSyntax: false, module: "nodenext" };
  return [
    ...byVersion.map(([version, own]): Consumer => ({
      name: `TypeScript ${version} strictest node10, by typesVersions`,
      short: version === "5.4.5",
      run: () => compile(version, bench.typed, "entries.ts", { ...node10, ...own }),
    })),
    ...(["5.9.3", "7.0.2"] as const).map((version): Consumer => ({
      name: `TypeScript ${version} CommonJS source under nodenext`,
      short: version === "7.0.2",
      run: () => compile(version, bench.typed, "entries.ts", requiring, "entries.cts"),
    })),
    {
      name: "TypeScript 5.4.5 CommonJS source under nodenext: refused",
      short: false,
      run: () => refused(compile("5.4.5", bench.typed, "web.ts", requiring, "web.cts"), ["TS1479"]),
    },
  ];
}

function withoutNode(bench: Workbench): readonly Consumer[] {
  const compile = compiler(bench);
  const web: Options = { ...strictest, types: [], lib: ["es2022", "dom"], module: "nodenext" };
  return [
    ...(["5.4.5", "7.0.2"] as const).map((version): Consumer => ({
      name: `TypeScript ${version} with the DOM library, no Node types`,
      short: version === "7.0.2",
      run: () => compile(version, bench.plain, "web.ts", web),
    })),
    {
      name: "TypeScript 7.0.2 with neither: missing are web standards only",
      short: true,
      run: () =>
        refused(compile("7.0.2", bench.plain, "web.ts", { ...web, lib: ["es2022"] }), missingGlobals),
    },
    {
      name: "TypeScript 7.0.2 with neither, skipLibCheck",
      short: false,
      run: () => compile("7.0.2", bench.plain, "web.ts", { ...web, lib: ["es2022"], skipLibCheck: true }),
    },
  ];
}

/** Globals that the declarations rely on; from @types/node or from the DOM library. */
const missingGlobals = [
  "AbortSignal",
  "Headers",
  "Request",
  "RequestInit",
  "Response",
  "URL",
  "URLSearchParams",
  "crypto",
];

function hover({ typed, tools }: Workbench): Consumer {
  return {
    name: "TypeScript 6.0.3 hover texts are names",
    short: true,
    async run() {
      const folder = join(typed, "hover");
      mkdirSync(folder);
      cpSync(join(templates, "hover.ts"), join(folder, "hover.ts"));
      return hovers(join(folder, "hover.ts"), join(tools, "node_modules/typescript60/lib/typescript.js"));
    },
  };
}

type Compile = (
  version: Version,
  folder: string,
  template: string,
  options: Options,
  fileName?: string,
) => Promise<undefined>;

function compiler({ tools }: Workbench): Compile {
  return async (version, folder, template, options, fileName = template) => {
    const name = fileName.endsWith(".cts") ? fileName : template;
    // One folder for all; the name of the project tells them apart.
    const project = `tsconfig.${version}.${String(++projects)}.json`;
    cpSync(join(templates, template), join(folder, name));
    const compilerOptions = { ...options, noEmit: true };
    writeFileSync(join(folder, project), JSON.stringify({ compilerOptions, files: [name] }));
    const tsc = join(tools, "node_modules", `typescript${versions[version]}`, "bin/tsc");
    await run(node, [tsc, "-p", project, "--pretty", "false"], folder);
    return undefined;
  };
}

let projects = 0;

/** Resolves when it fails for these reasons and no other: error codes, or names that cannot be found. */
async function refused(compilation: Promise<unknown>, expected: readonly string[]): Promise<string> {
  const output = await compilation.then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const errors = output.split("\n").filter((line) => line.includes(" error TS"));
  const reasons = errors.map((line) => {
    const [, code = "", text = ""] = / error (TS\d+): (.*)/.exec(line) ?? [];
    return /Cannot find name '(.+?)'/.exec(text)?.[1] ?? code;
  });
  const found = [...new Set(reasons)].sort();
  if (found.join() !== [...expected].sort().join())
    throw new Error(`refused for ${found.join()}:\n${output}`);
  return found.join(" ");
}
