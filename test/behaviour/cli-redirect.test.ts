import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { run, start, variablesOf, type Variables } from "../support/command.js";
import { smallOrder } from "../support/simulated.js";

const folder = mkdtempSync(join(tmpdir(), "purse-keys-"));
const keyFile = join(folder, "keys.json");

let simulator: Simulator;
let variables: Variables;
let purse: Purse;
let sessionId: string;
let address: string;

beforeAll(async () => {
  simulator = createSimulator({ clientSecret: "a-private-test-secret" });
  await simulator.listen();
  variables = variablesOf(simulator);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
  sessionId = (await purse.clientSessions.create(smallOrder)).id;
  address = (await simulator.shopper.pay(sessionId)).redirectUrl;
  writeFileSync(keyFile, JSON.stringify(await purse.signingKeys.list()));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await simulator.close();
});

it("verifies a token without credentials, and names what that does not prove", async () => {
  const { code, output, errors } = await run(["redirect", "verify", address], {
    PURSE_BASE_URL: simulator.baseUrl,
  });
  expect([code, errors]).toEqual([0, ""]);
  expect(output).toMatch(/^✓ GENUINE/);
  expect(output).toMatch(new RegExp(`^client_session_id +${sessionId}$`, "m"));
  expect(output).toMatch(/Not proven:\n.*order is paid.*\n.*belongs to your order.*\n.*fresh/);
});

it("reads the keys from a file and the token from standard input, without configuration", async () => {
  const args = ["redirect", "verify", "-", "--jwks", keyFile, "--json"];
  const { code, output } = await run(args, {}, "");
  expect(code).toBe(1); // Empty input.
  expect(JSON.parse(output)).toEqual({ genuine: false, reason: "parameter_missing" });
  const token = new URL(address).searchParams.get("purse-redirection-data") ?? "";
  const genuine = await run([...args, "--session", sessionId], {}, `${token}\n`);
  expect(genuine.code).toBe(0);
  expect(JSON.parse(genuine.output)).toMatchObject({
    genuine: true,
    claims: { client_session_id: sessionId },
  });
  expect(genuine.output).not.toMatch(/belongs to your order/);
});

it("reads the payment on request", async () => {
  const { code, output } = await run(["redirect", "verify", address, "--payment"], variables);
  expect(code).toBe(0);
  expect(output).toMatch(/^authorization +AUTHORIZED$/m);
  expect(output).not.toMatch(/that the order is paid/);
});

it("refuses the token of another session and a changed token: code 1", async () => {
  const other = await run(["redirect", "verify", address, "--session", crypto.randomUUID()], variables);
  expect([other.code, other.output]).toEqual([1, expect.stringMatching(/^✗ NOT GENUINE \(other_session\)/)]);
  const changed = address.replace(/.(?=.{20}$)/, (character) => (character === "A" ? "B" : "A"));
  const forged = await run(["redirect", "verify", changed, "--jwks", keyFile], {});
  expect([forged.code, forged.output]).toEqual([1, expect.stringMatching(/signature_invalid/)]);
});

it("gives no verdict without keys: code 3", async () => {
  const { code, output, errors } = await run(["redirect", "verify", address], {
    PURSE_BASE_URL: "http://127.0.0.1:9",
  });
  expect([code, output]).toEqual([3, ""]);
  expect(errors).toMatch(/purse: redirection: .*could not be fetched/);
});

it("requires an environment, a readable key file, and credentials for --payment", async () => {
  expect((await run(["redirect", "verify", address])).code).toBe(4);
  expect((await run(["redirect", "verify", address, "--jwks", "nowhere"])).code).toBe(2);
  const environment = { PURSE_BASE_URL: simulator.baseUrl };
  const { code, output } = await run(["redirect", "verify", address, "--payment"], environment);
  expect([code, output]).toEqual([4, ""]);
});

it.each([
  ["without credentials", []],
  ["with --payment", ["--payment"]],
])("is ended by Ctrl-C while it waits for keys, %s: code 3", async (_name, options) => {
  let asked = 0;
  const silent = createServer(() => (asked += 1)); // Never answers.
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo; // It listens on a port, not on a pipe.
  const environment = { PURSE_BASE_URL: `http://127.0.0.1:${String(port)}` };
  const given = options.length === 0 ? environment : { ...variables, ...environment };
  // Long enough that only the signal can end it in time.
  const running = start(["redirect", "verify", address, "--deadline", "600", ...options], given);
  await expect.poll(() => asked, { timeout: 15_000 }).toBe(1);
  const interruptedAtMs = Date.now();
  running.signal("SIGINT");
  const { code, output } = await running.ended;
  const tookMs = Date.now() - interruptedAtMs;
  silent.closeAllConnections();
  silent.close();
  expect([code, output]).toEqual([3, ""]);
  expect(tookMs).toBeLessThan(4000); // It waits five seconds for keys.
});
