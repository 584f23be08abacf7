import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { movedBy, paidPayment, simulate, type Simulated } from "../support/simulated.js";

/** A deployment may take old files away from under a running process: what is loaded on demand cannot be loaded any more. */

const folder = mkdtempSync(join(tmpdir(), "purse-files-"));
const whole = join(folder, "whole");
/** Sources that are loaded on demand, and the files that were built of them. */
const built = new Map<string, string>();

let simulated: Simulated;
let baseUrl: string;
let paymentId: string;

beforeAll(async () => {
  const { metafile } = await build({
    entryPoints: { index: "src/index.ts" },
    outdir: whole,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    metafile: true,
  });
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint !== undefined) built.set(entryPoint, file.slice(file.lastIndexOf("/") + 1));
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  simulated = simulate();
  paymentId = (await paidPayment(simulated)).id;
  await simulated.simulator.listen();
  ({ baseUrl } = simulated.simulator);
});

afterEach(() => simulated.simulator.close());

/** Runs a program with a client that shares its token and has a hook. Gives what it prints. */
async function run(missing: readonly string[], program: string): Promise<unknown> {
  const left = mkdtempSync(join(folder, "left-"));
  cpSync(whole, left, { recursive: true });
  for (const source of missing) {
    const file = built.get(source);
    if (file === undefined) throw new Error(`${source} is not loaded on demand`);
    rmSync(join(left, file));
  }
  const { clientId, clientSecret, entityId } = simulated.simulator;
  const options = JSON.stringify({ baseUrl, clientId, clientSecret, entityId });
  const code = `
    import { Purse } from ${JSON.stringify(pathToFileURL(join(left, "index.mjs")).href)};
    const used = new Set();
    const note = (what, value) => async () => (used.add(what), value);
    const tokenStore = { get: note("store"), set: note("store", true), delete: note("store", true) };
    const hooks = { onCallEnd: () => used.add("hook") };
    const purse = new Purse({ ...${options}, tokenStore, hooks });
    ${program}`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code]);
  return JSON.parse(stdout);
}

const tokenSharing = "src/auth/token-store.ts";
const telling = "src/http/observer.ts";
const byPath = "src/http/api-call.ts";

describe("a file that cannot be loaded any more", () => {
  it.each([
    ["nothing is missing", [], ["hook", "store"]],
    ["token sharing is missing", [tokenSharing], ["hook"]],
    ["hooks are missing", [telling], ["store"]],
    ["both are missing", [tokenSharing, telling], []],
  ])("lets calls go on: %s", async (_name, missing, used) => {
    const capture = `
      const { operation } = await purse.payments.capture("${paymentId}", { amount: 700 }).withResponse();
      console.log(JSON.stringify([operation.status, [...used].sort()]));`;
    expect(await run(missing, capture)).toEqual(["SUCCESS", used]);
    expect(movedBy(simulated.simulator, paymentId)["capture"]).toEqual([700]);
  });

  it("fails a call by path before anything is sent", async () => {
    const capture = `
      const params = { path: { id: "${paymentId}" } };
      await purse.api.POST("/payment/v2/payments/{id}/captures", { params, body: { amount: 700 } }).then(
        () => console.log(JSON.stringify("captured")),
        ({ code }) => console.log(JSON.stringify(code)),
      );`;
    expect(await run([byPath], capture)).toBe("ERR_MODULE_NOT_FOUND");
    expect(movedBy(simulated.simulator, paymentId)["capture"]).toBeUndefined();
    expect(await run([], capture)).toBe("captured");
    expect(movedBy(simulated.simulator, paymentId)["capture"]).toEqual([700]);
  });
});
