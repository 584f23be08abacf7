import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const help = `Packs what \`npm run build\` wrote, and looks at the tarball as its users would: publint and attw, the list of files,
an installation in an empty folder used as ESM, as CommonJS and by a strict TypeScript project, and the size.

  npm run build && npm run check:package
`;

const permitted = /^(?:dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/;
const largestMainEntryBytes = 18_500;

const esmConsumer = `
import { Purse, isPurseError } from "purse-payments";
import { createRedirectionVerifier } from "purse-payments/redirection";
import { createSimulator } from "purse-payments/simulator";
import { createWebhookHandler } from "purse-payments/webhooks";
import { toNodeHandler } from "purse-payments/webhooks/node";
const simulator = createSimulator();
const { baseUrl, fetch, clientId, clientSecret, entityId } = simulator;
const purse = new Purse({ baseUrl, fetch, clientId, clientSecret, entityId });
const session = await purse.clientSessions.create({
  amount: 4299, currency: "EUR", shopper_redirection_url: "https://shop.example/return",
  order: { reference: "order-1", net_amount: 4299 },
});
const { redirectUrl } = await simulator.shopper.pay(session.id);
const claims = await purse.redirection.verify(redirectUrl, { clientSessionId: session.id });
const { operation } = await purse.payments.capture(claims.payment_id, { amount: 4299 }).withResponse();
if (operation.status !== "SUCCESS") throw new Error("not captured");
try { await purse.payments.retrieve(".."); throw new Error("not refused"); } catch (error) { if (!isPurseError(error)) throw error; }
const verifier = createRedirectionVerifier({ jwksUrl: baseUrl + "/payment/v2/signing-jwks", fetch });
if ((await verifier.verify(redirectUrl)).client_session_id !== session.id) throw new Error("not verified");
const secret = "a-secret-of-the-package-check";
const seen = [];
const handler = createWebhookHandler(purse, { secrets: [secret], on: { fallback: ({ payment }) => void seen.push(payment.id) } });
const request = new Request("https://shop.example/hook", {
  method: "POST",
  headers: { "content-type": "application/json", "x-purse-webhook-secret": secret },
  body: JSON.stringify({ id: claims.payment_id }),
});
const { status } = await handler(request);
if (status !== 200 || seen[0] !== claims.payment_id) throw new Error("webhook not handled: " + status);
if (typeof toNodeHandler(handler) !== "function") throw new Error("no adapter");
console.log("ESM: captured, verified, webhook handled");
`;

const commonJsConsumer = `
const { Purse } = require("purse-payments");
const { createSimulator } = require("purse-payments/simulator");
const simulator = createSimulator();
const { baseUrl, fetch, clientId, clientSecret } = simulator;
const purse = new Purse({ baseUrl, fetch, clientId, clientSecret });
purse.signingKeys.list().then(({ keys }) => console.log("CommonJS: " + keys.length + " signing key"));
`;

const typedConsumer = `
import { Purse, type Payment, type AnyPurseError } from "purse-payments";
import { createSimulator } from "purse-payments/simulator";
const simulator = createSimulator();
export const purse: Purse = new Purse({ baseUrl: simulator.baseUrl, clientId: "id", clientSecret: "secret" });
export const payment: Promise<Payment> = purse.payments.capture("id", { amount: 1 });
export const code = (error: AnyPurseError): string => error.code;
`;

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  }
}

function pack(folder: string): string {
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], ".")) as [
    { filename: string; unpackedSize: number; files: { path: string }[] },
  ];
  const strangers = packed.files.map(({ path }) => path).filter((path) => !permitted.test(path));
  if (strangers.length > 0) throw new Error(`the tarball must not hold ${strangers.join(", ")}`);
  console.log(
    `tarball: ${String(packed.files.length)} files, ${String(Math.round(packed.unpackedSize / 1000))} kB unpacked`,
  );
  return join(folder, packed.filename);
}

function lint(tarball: string): void {
  run("npx", ["publint", "--strict"], ".");
  run("npx", ["attw", tarball, "--profile", "esm-only"], ".");
  console.log("publint --strict and attw --profile esm-only: nothing found");
}

function consume(tarball: string, folder: string): void {
  const typescript = resolve("node_modules/typescript/bin/tsc");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", tarball], folder);
  writeFileSync(join(folder, "esm.mjs"), esmConsumer);
  writeFileSync(join(folder, "commonjs.cjs"), commonJsConsumer);
  writeFileSync(join(folder, "typed.ts"), typedConsumer);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    module: "NodeNext",
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    noEmit: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["typed.ts"] }));
  process.stdout.write(run(process.execPath, ["esm.mjs"], folder));
  process.stdout.write(run(process.execPath, ["--no-warnings", "commonjs.cjs"], folder));
  run(process.execPath, [typescript, "-p", "."], folder);
  console.log("TypeScript: strict, with skipLibCheck off, no Node types");
  run("npx", ["--no-install", "purse-simulator", "--help"], folder);
  console.log("purse-simulator --help: answers");
}

/** What a bundler makes of a program that imports the client; what is loaded on demand counts apart. */
async function measure(folder: string): Promise<void> {
  const entry = join(folder, "entry.mjs");
  writeFileSync(entry, 'import { Purse } from "purse-payments"; console.log(new Purse());');
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outdir: join(folder, "bundled"),
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    metafile: true,
    write: false,
  });
  const bytes = new Map(
    outputFiles.map(({ path, contents }) => [resolve(path), gzipSync(contents).byteLength]),
  );
  const outputs = Object.entries(metafile.outputs);
  const main = outputs.find(([, { entryPoint }]) => entryPoint?.endsWith("entry.mjs") === true);
  const loadedAtOnce =
    main?.[1].imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path) ?? [];
  const sum = (paths: readonly string[]): number =>
    paths.reduce((total, path) => total + (bytes.get(resolve(path)) ?? 0), 0);
  const mainBytes = sum([main?.[0] ?? "", ...loadedAtOnce]);
  const allBytes = sum(outputs.map(([path]) => path));
  console.log(
    `main entry: ${String(mainBytes)} bytes minified and gzipped with openapi-fetch; ${String(allBytes)} with redirection`,
  );
  if (mainBytes > largestMainEntryBytes)
    throw new Error(`the main entry is over ${String(largestMainEntryBytes)} bytes`);
}

const { values } = parseArgs({ options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(help);
} else {
  const folder = mkdtempSync(join(tmpdir(), "purse-payments-"));
  try {
    readFileSync("dist/index.js");
    const tarball = pack(folder);
    lint(tarball);
    consume(tarball, folder);
    await measure(folder);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
