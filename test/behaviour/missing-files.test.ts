import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { movedBy, paidPayment, simulate, smallOrder, type Simulated } from "../support/simulated.js";

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

/** Runs a program with a client that shares its token and has a hook; it can bring the files back. Gives what it prints. */
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
    import { cpSync, rmSync } from "node:fs";
    import { Purse } from ${JSON.stringify(pathToFileURL(join(left, "index.mjs")).href)};
    const used = new Set();
    const note = (what, value) => async () => (used.add(what), value);
    const tokenStore = { get: note("store"), set: note("store", true), delete: note("store", true) };
    const hooks = { onCallEnd: () => used.add("hook") };
    const purse = new Purse({ ...${options}, tokenStore, hooks });
    const removeAll = () => rmSync(${JSON.stringify(left)}, { recursive: true });
    const restore = () => cpSync(${JSON.stringify(whole)}, ${JSON.stringify(left)}, { recursive: true });
    const nameOf = ({ code, reason, message }) => [code, reason ?? message.split(",")[0]];
    const endOf = (call) => call.then(() => "done", nameOf);
    ${program}`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code]);
  return JSON.parse(stdout);
}

const engine = "src/call/engine.ts";
const tokenSharing = "src/auth/token-store.ts";
const telling = "src/call/observer.ts";
const byPath = "src/call/raw-api.ts";
const verifying = "src/redirection/verifier.ts";
const receiving = "src/webhooks/delivery/receive.ts";

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

  it("fails every call before anything is sent, and makes it when the file is there again", async () => {
    const calls = `
      const capture = () => purse.payments.capture("${paymentId}", { amount: 700 });
      const ends = [
        capture(),
        purse.payments.retrieve("${paymentId}"),
        purse.payments.inspect("${paymentId}", { list: "captures", amount: 700 }),
        purse.payments.waitFor("${paymentId}", () => true),
        purse.accessTokens.retrieve(),
      ].map(endOf);
      const before = await Promise.all(ends);
      const requests = used.size;
      restore();
      console.log(JSON.stringify([before, requests, await endOf(capture())]));`;
    const names = ["capturePayment", "getPayment", "getPayment", "payments.waitFor", "accessTokens.retrieve"];
    const before = names.map((name) => ["configuration", `${name} could not be loaded`]);
    expect(await run([engine], calls)).toEqual([before, 0, "done"]);
    expect(movedBy(simulated.simulator, paymentId)["capture"]).toEqual([700]);
  });

  it("makes a capture whose answer is lost an unknown outcome, though every file is gone by then", async () => {
    simulated.simulator.faults.add({ kind: "drop_after", operation: "capturePayment", times: 9 });
    const capture = `
      await purse.payments.retrieve("${paymentId}");
      removeAll();
      const error = await purse.payments.capture("${paymentId}", { amount: 700 }).catch((error) => error);
      console.log(JSON.stringify([error.name, (await error.inspect()).outcome]));`;
    expect(await run([], capture)).toEqual(["PurseOutcomeUnknownError", "ambiguous"]);
  });

  it("fails a call by path before anything is sent", async () => {
    const capture = `
      const params = { path: { id: "${paymentId}" } };
      const call = () => purse.api.POST("/payment/v2/payments/{id}/captures", { params, body: { amount: 700 } });
      const before = await endOf(call());
      const requests = used.size;
      restore();
      console.log(JSON.stringify([before, requests, await endOf(call())]));`;
    expect(await run([byPath], capture)).toEqual([
      ["configuration", "purse.api could not be loaded"],
      0,
      "done",
    ]);
    expect(movedBy(simulated.simulator, paymentId)["capture"]).toEqual([700]);
  });

  it("says nothing about a token, and checks it when the file is there again", async () => {
    const session = await simulated.purse.clientSessions.create(smallOrder);
    const { redirectUrl } = await simulated.simulator.shopper.pay(session.id);
    const verify = `
      const verify = () => purse.redirection.verify(${JSON.stringify(redirectUrl)});
      const before = await Promise.all([endOf(verify()), endOf(verify())]);
      restore();
      console.log(JSON.stringify([...before, await endOf(verify())]));`;
    const unavailable = ["redirection", "keys_unavailable"];
    expect(await run([verifying], verify)).toEqual([unavailable, unavailable, "done"]);
  });

  it("refuses a webhook for now, and takes it when the file is there again", async () => {
    const receive = `
      const secret = "a-secret-of-16-characters";
      const headers = { "content-type": "application/json", "x-purse-webhook-secret": secret };
      const init = { method: "POST", headers, body: JSON.stringify({ id: ${JSON.stringify(paymentId)} }) };
      const receive = () => purse.webhooks.receive(new Request("https://shop.example/", init), { secrets: [secret] });
      const before = await endOf(receive());
      restore();
      console.log(JSON.stringify([before, await endOf(receive())]));`;
    expect(await run([receiving], receive)).toEqual([
      ["configuration", "webhooks.receive could not be loaded"],
      "done",
    ]);
  });

  it("calls hooks and shares the token when their files are there again", async () => {
    // Makes the second call ask for another token.
    simulated.simulator.faults.add({ kind: "unauthorized", operation: "capturePayment" });
    const calls = `
      await purse.payments.retrieve("${paymentId}");
      const before = [...used];
      restore();
      await purse.payments.capture("${paymentId}", { amount: 700 });
      console.log(JSON.stringify([before, [...used].sort()]));`;
    expect(await run([tokenSharing, telling], calls)).toEqual([[], ["hook", "store"]]);
    expect(movedBy(simulated.simulator, paymentId)["capture"]).toEqual([700]);
  });
});
