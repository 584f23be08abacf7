import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { Plugin } from "esbuild";
import { readSpec } from "../spec/document.js";
import { createAjv, schemaId } from "../spec/validator.js";

const specFile = resolve("openapi/purse-payment-api-v2.yaml");

/**
 * What tests use of Node for themselves and a worker can have without Node: the file they read, their way of waiting
 * for the event loop, and validators of the spec, which are compiled beforehand because a worker compiles no code.
 */
export function workerStandIns(): Plugin {
  const modules: Readonly<Record<string, () => string>> = {
    "node:fs": () => `
      const specFile = ${JSON.stringify(specFile)};
      const spec = ${JSON.stringify(readFileSync(specFile, "utf8"))};
      export function readFileSync(path) {
        if (path === specFile) return spec;
        throw new Error(path + " is not in the worker");
      }`,
    "node:url": () => `export const fileURLToPath = (url) => decodeURIComponent(new URL(url).pathname);`,
    "node:timers/promises": () => `
      const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
      export { wait as setTimeout };
      export const setImmediate = (value) => wait(0, value);`,
    validators: () => (compiled ??= compiledValidators()),
  };
  return {
    name: "worker-stand-ins",
    setup(build) {
      build.onResolve({ filter: /^node:(?:fs|url|timers\/promises)$/ }, ({ path, importer }) => {
        // Other uses of files fail when they are run.
        if (path === "node:fs" && !importer.endsWith("scripts/spec/document.ts")) return undefined;
        return { path, namespace: "worker" };
      });
      build.onResolve({ filter: /\/generation\/validators\.js$/ }, () => ({
        path: "validators",
        namespace: "worker",
      }));
      build.onLoad({ filter: /./, namespace: "worker" }, ({ path }) => ({
        contents: modules[path]?.() ?? "",
        loader: "js",
        resolveDir: process.cwd(),
      }));
    },
  };
}

let compiled: string | undefined;

/** As scripts/spec/validator.ts, as far as tests use it, with every schema compiled. */
function compiledValidators(): string {
  const spec = readSpec(specFile);
  const ids = Object.keys(spec.components?.schemas ?? {}).map((name) =>
    schemaId(`#/components/schemas/${name}`),
  );
  const targets = Object.fromEntries(ids.map((id, index) => [`validator${String(index)}`, id]));
  const ajv = createAjv(spec, { code: { source: true, esm: true } });
  const entries = ids.map((id, index) => `[${JSON.stringify(id)}, validator${String(index)}]`);
  return `
    ${standaloneCode.default(ajv, targets)}
    const validators = new Map([${entries.join(", ")}]);
    export const schemaId = ${schemaId.toString()};
    const schemasPointer = "#/components/schemas/";
    export const createAjv = () => ({
      getSchema: (id) => validators.get(id),
      errorsText: (errors) => JSON.stringify(errors),
    });`;
}
