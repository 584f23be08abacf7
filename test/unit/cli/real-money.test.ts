import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readArguments } from "../../../src/cli/arguments.js";
import { paymentOperations } from "../../../src/cli/commands/payment-operation.js";
import { describeEnvironment, needsWarning, readEnvironment } from "../../../src/cli/environment.js";
import type { Terminal } from "../../../src/cli/terminal.js";
import { movedBy, paidPayment, simulate, type Simulated } from "../../support/simulated.js";

/** Tests cannot call production, so a simulator answers its calls. */

let simulated: Simulated;
let steps: string[];
/** Changes the answers to captures. */
let changeAnswer: (answer: Response) => Response | Promise<Response>;

beforeEach(() => {
  simulated = simulate();
  steps = [];
  changeAnswer = (answer) => answer;
  const { clientId, clientSecret, baseUrl } = simulated.simulator;
  vi.stubEnv("PURSE_BASE_URL", undefined);
  vi.stubEnv("PURSE_ENVIRONMENT", "production");
  vi.stubEnv("PURSE_CLIENT_ID", clientId);
  vi.stubEnv("PURSE_CLIENT_SECRET", clientSecret);
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const { pathname } = new URL(url);
    steps.push(`${init.method ?? "GET"} ${pathname}`);
    const answer = await simulated.simulator.fetch(baseUrl + pathname, init);
    return pathname.endsWith("/captures") ? changeAnswer(answer) : answer;
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

async function capture(paymentId: string, answer: string): Promise<number> {
  const terminal: Terminal = {
    isInteractive: true,
    print: (line) => void steps.push(`print ${line}`),
    tell: (line) => Promise.resolve(void steps.push(`tell ${line}`)),
    ask: (question) => {
      steps.push(`ask ${question}`);
      return Promise.resolve(answer);
    },
    readInput: () => Promise.resolve(""),
  };
  const command = paymentOperations.find(({ name }) => name === "payment capture");
  if (command === undefined) throw new Error("no capture");
  const args = readArguments([paymentId, "--amount", "10"], command, true);
  return command.run({ args, terminal, signal: new AbortController().signal });
}

it("is announced before the question, and the key before the request", async () => {
  const { id } = await paidPayment(simulated);
  expect(await capture(id, "real money\n")).toBe(0);
  const position = (pattern: RegExp): number => steps.findIndex((step) => pattern.test(step));
  const order = [
    position(/^tell [^]*\*\*\* PRODUCTION: https:\/\/api\.purse-live\.com - REAL MONEY \*\*\*/),
    position(/^ask Type "real money"/),
    position(/^tell key +\S{36}\nask again +npx --no-install purse payment capture/),
    position(/^POST .*captures$/),
    position(/^print capture +SUCCESS 10\.00 EUR/),
  ];
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(movedBy(simulated.simulator, id)["capture"]).toEqual([1000]);
});

it.each(["yes", "y", "", "real"])("does not move when the answer is %j", async (answer) => {
  const { id } = await paidPayment(simulated);
  expect(await capture(id, answer)).toBe(1);
  expect(movedBy(simulated.simulator, id)["capture"]).toBeUndefined();
});

it.each([
  ["FAILURE", 1, /No money moved/],
  ["PENDING", 3, /not settled yet.*same key: npx --no-install purse payment capture/],
  ["UNCERTAIN", 3, /not settled yet/],
  ["SOMETHING_NEW", 3, /not settled yet/],
  ["CONFLICT", 5, /in part only.*npx --no-install purse payment get/],
])("has its own exit code when the operation is %s", async (status, code, line) => {
  const { id } = await paidPayment(simulated);
  changeAnswer = async (answer) => {
    const payment = (await answer.json()) as { captures: object[] };
    const captures = payment.captures.map((operation) => ({ ...operation, status }));
    return Response.json({ ...payment, captures });
  };
  expect(await capture(id, "real money")).toBe(code);
  expect(steps.at(-1)).toMatch(line);
});

it("is not reported as failed when the answer has no known form", async () => {
  const { id } = await paidPayment(simulated);
  changeAnswer = () => Response.json({ captures: "none" });
  expect(await capture(id, "real money")).toBe(3);
});

it.each([
  ["https://api.purse-sandbox.com", "sandbox", false],
  ["https://api.purse-live.com", "production", true],
  ["https://api.purse-secure.com/prefix", "production", true],
  ["https://api.purse-live.com./", "production", true],
  ["https://payments.example", "other", true],
  ["https://purse-sandbox.com.example", "other", true],
  ["https://notpurse-sandbox.com", "other", true],
  ["http://127.0.0.1:4010", "local", false],
  ["http://localhost:4010", "local", false],
])("%s is %s", (url, kind, isRealMoney) => {
  vi.stubEnv("PURSE_ENVIRONMENT", undefined);
  vi.stubEnv("PURSE_BASE_URL", url);
  const environment = readEnvironment();
  expect([environment.kind, needsWarning(environment)]).toEqual([kind, isRealMoney]);
  expect(describeEnvironment(environment).includes("REAL MONEY")).toBe(isRealMoney);
});
