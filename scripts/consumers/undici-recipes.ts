import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node, run } from "../package/run.js";
import { blocksOf } from "./guide-blocks.js";
import type { Consumer } from "./matrix.js";
import type { Workbench } from "./workbench.js";

const guide = "docs/guides/networking.md";

/** What a back end declares `fetch` by: Node's declarations alone, or those of a browser beside them. */
const libraries = { "Node's declarations": ["es2022"], "the DOM library": ["es2022", "dom"] } as const;

/** The guide's recipes with dispatchers of undici. */
export function undiciRecipes({ equipped, tools }: Workbench): readonly Consumer[] {
  return (["54", "70"] as const).flatMap((version) =>
    Object.entries(libraries).map(([library, lib]): Consumer => ({
      name: `the guide's recipes with undici, TypeScript ${version.split("").join(".")}, ${library}`,
      short: true,
      async run() {
        const folder = join(equipped, `undici-${version}-${String(lib.length)}`);
        mkdirSync(folder);
        const recipes = blocksOf(guide, "ts undici");
        if (recipes.length === 0) throw new Error(`${guide} has no block marked "ts undici"`);
        for (const [index, code] of recipes.entries())
          writeFileSync(join(folder, `recipe-${String(index)}.ts`), `${code}\nexport {};\n`);
        const compilerOptions = {
          strict: true,
          exactOptionalPropertyTypes: true,
          noPropertyAccessFromIndexSignature: true,
          skipLibCheck: true,
          module: "nodenext",
          target: "es2022",
          lib,
          types: ["node"],
          noEmit: true,
        };
        writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
        writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
        await run(node, [join(tools, `node_modules/typescript${version}/bin/tsc`), "-p", "."], folder);
        return `${String(recipes.length)} recipes`;
      },
    })),
  );
}
