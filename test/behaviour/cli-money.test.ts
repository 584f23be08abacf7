import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { capturePayment } from "../../generated/operations.js";
import { startFaultServer, type FaultServer } from "../fault-server/start.js";
import {
  hasTerminals,
  run,
  runPrinted,
  start,
  startInTerminal,
  startProcess,
  variablesOf,
  type Ended,
  type Running,
  type Variables,
} from "../support/command.js";

/** Commands that move money, against a service that fails on demand and counts what moved. */

const captures = capturePayment.path.split("{id}")[1] ?? "";

let server: FaultServer;
let variables: Variables;
let paymentId: string;

beforeAll(async () => {
  server = await startFaultServer();
  variables = variablesOf({ baseUrl: server.serviceUrl, ...(await server.credentials()) });
});

afterAll(() => {
  server.stop();
});

beforeEach(async () => {
  await server.clearFaults();
  paymentId = await server.pay();
});

async function movedBy(kind: string): Promise<number[]> {
  const entries = await server.ledger();
  return entries
    .filter((entry) => entry.paymentId === paymentId && entry.kind === kind)
    .map(({ amount }) => amount);
}

async function postsOf(path: string): Promise<number> {
  const requests = await server.requests();
  return requests.filter(({ method, path: seen }) => method === "POST" && seen.includes(paymentId + path))
    .length;
}

function commandToAskAgain({ errors }: Pick<Ended, "errors">): string {
  return /^ask again +(npx --no-install purse .*)$/m.exec(errors)?.[1] ?? "";
}

describe("capture, refund and void", () => {
  it("move the given amount once, and report it", async () => {
    const capture = await run(
      ["payment", "capture", paymentId, "--amount", "30.00", "--yes", "--reference", "CAP-1"],
      variables,
    );
    expect(capture.code).toBe(0);
    expect(capture.output).toMatch(/^capture +SUCCESS 30\.00 EUR, id \S+, reference CAP-1\n$/);
    const refund = await run(
      ["payment", "refund", paymentId, "--amount", "10.5", "--yes", "--json"],
      variables,
    );
    expect(refund.code).toBe(0);
    expect(JSON.parse(refund.output)).toMatchObject({
      operation: { status: "SUCCESS", amount: 1050 },
      idempotency: "created",
      payment: { id: paymentId },
    });
    expect((await run(["payment", "void", paymentId, "--amount", "1", "--yes"], variables)).code).toBe(0);
    expect([await movedBy("capture"), await movedBy("refund"), await movedBy("void")]).toEqual([
      [3000],
      [1050],
      [100],
    ]);
  });

  it("print environment, amount and key on standard error before anything is sent", async () => {
    const { errors } = await run(["payment", "capture", paymentId, "--amount", "1", "--yes"], variables);
    expect(errors).toContain(`where      this computer, ${server.serviceUrl}`);
    expect(errors).toMatch(/^capture +1\.00 EUR$/m);
    expect(errors).toMatch(/^key +[\da-f-]{36}$/m);
  });

  it("give the same answer for the same key, and move nothing again", async () => {
    const args = [
      "payment",
      "capture",
      paymentId,
      "--amount",
      "30",
      "--yes",
      "--idempotency-key",
      "it's $mine",
    ];
    const first = await run(args, variables);
    expect(first.code).toBe(0);
    const again = await runPrinted(commandToAskAgain(first), variables);
    expect(again.code).toBe(0);
    expect(again.output).toMatch(/SUCCESS 30\.00 EUR.*done before under this key/);
    const other = await run([...args.slice(0, 4), "31", ...args.slice(5)], variables);
    expect(other.code).toBe(3);
    expect(other.errors).toMatch(
      /purse: idempotency_conflict[^]*may have moved money: npx --no-install purse payment get/,
    );
    expect(await movedBy("capture")).toEqual([3000]);
  });

  it.each([
    [["--amount", "1.005"], 2, /at most 2 decimals/],
    [["--amount", "1,50"], 2, /comma/],
    [["--amount", "0"], 2, /more than zero/],
    [["--amount", "1", "--currency", "JPY"], 2, /--currency/],
    [["--amount", "99999"], 1, /bad_request/],
    // It may be too much because of an earlier call with the key.
    [["--amount", "99999", "--idempotency-key", "k"], 3, /bad_request/],
    [["--amount", "1", "--idempotency-key", "ü"], 2, /idempotencyKey/],
    [["--amount", "1", "--idempotency-key", "a\u202eb"], 2, /--idempotency-key must not have control/],
    [["--amount", "1", "--reference", "a\nb"], 2, /--reference must not have control/],
    [["--amount", "1", "--reference", "a\u001b[2Jb"], 2, /--reference must not have control/],
    [["--amount", "1", "--reference", "a\u2066b"], 2, /--reference must not have control/],
  ])("%j is refused and moves nothing", async (options, code, complaint) => {
    const ended = await run(["payment", "capture", paymentId, "--yes", ...options], variables);
    expect(ended.code).toBe(code);
    expect(ended.errors).toMatch(complaint);
    expect(await movedBy("capture")).toEqual([]);
  });
});

it("accepts no confirmation from a pipe", async () => {
  const ended = await run(["payment", "capture", paymentId, "--amount", "1"], variables, "yes\n");
  expect(ended.code).toBe(2);
  expect(ended.errors).toMatch(/Not a terminal; pass --yes to confirm/);
  expect(await postsOf(captures)).toBe(0);
});

describe("confirmation", () => {
  const args = (): string[] => ["payment", "capture", paymentId, "--amount", "12.34"];

  async function answer(running: Running, text: string): Promise<Ended> {
    await expect.poll(running.output, { timeout: 15_000, interval: 5 }).toContain('Type "yes" to go on: ');
    expect(running.output()).toMatch(/capture +12\.34 EUR/);
    running.write(text);
    return running.ended;
  }

  it("by the right word lets the money move", async () => {
    expect((await answer(start(args(), variables, true), "yes\n")).code).toBe(0);
    expect(await movedBy("capture")).toEqual([1234]);
  });

  it.each([
    ["another word", "y\n"],
    ["an empty line", "\n"],
  ])("is not %s", async (_name, text) => {
    const ended = await answer(start(args(), variables, true), text);
    expect(ended.code).toBe(1);
    expect(ended.output).toContain("Nothing was sent.");
    expect(await postsOf(captures)).toBe(0);
  });

  it.skipIf(!hasTerminals).each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("is not %s on a real terminal", async (_name, text) => {
    const ended = await answer(await startInTerminal(args(), variables), text);
    expect(ended.code).toBe(1);
    expect(ended.output).toContain("Nothing was sent.");
    expect(await postsOf(captures)).toBe(0);
  });
});

describe("an unknown outcome", () => {
  const args = (): string[] => ["payment", "capture", paymentId, "--amount", "30", "--yes"];

  async function expectUnknownThenRecovered(ended: Ended): Promise<void> {
    expect([ended.code, ended.output]).toEqual([3, ""]);
    expect(ended.errors).toMatch(/THE OUTCOME IS NOT KNOWN/);
    const key = /^key +(\S+)$/m.exec(ended.errors)?.[1] ?? "none";
    const command = commandToAskAgain(ended);
    expect(command).toContain(key);
    expect(ended.errors.split(command)).toHaveLength(3); // Before sending, and again in the end.
    await server.clearFaults();
    const again = await runPrinted(command, variables);
    expect(again.code).toBe(0);
    expect(again.errors).toContain(key);
    expect(await movedBy("capture")).toEqual([3000]);
  }

  it("is reported with the command that asks again, which finds what was done", async () => {
    await server.plan({ fault: { kind: "drop_after" }, method: "POST", path: captures, times: 10 });
    const ended = await run(args(), variables);
    expect(await movedBy("capture")).toEqual([3000]);
    await expectUnknownThenRecovered(ended);
  });

  it("is not a failure when nothing was done: asking again does it", async () => {
    await server.plan({ fault: { kind: "drop_before" }, method: "POST", path: captures, times: 10 });
    const ended = await run(args(), variables);
    expect(await movedBy("capture")).toEqual([]);
    await expectUnknownThenRecovered(ended);
  });

  it("is reported at the deadline", async () => {
    await server.plan({ fault: { kind: "stall_after" }, method: "POST", path: captures, times: 10 });
    await expectUnknownThenRecovered(await run([...args(), "--deadline", "2"], variables));
  });

  it("remains after Ctrl-C once the request may have been sent", async () => {
    await server.plan({ fault: { kind: "stall_after" }, method: "POST", path: captures, times: 10 });
    const running = await startProcess(args(), variables);
    await expect.poll(() => movedBy("capture"), { timeout: 15_000 }).toEqual([3000]);
    running.signal("SIGINT");
    const ended = await running.ended;
    expect(ended.errors).toMatch(/NOT KNOWN \(aborted\)/);
    await expectUnknownThenRecovered(ended);
  });

  it("leaves the key on the screen even when the process is killed", async () => {
    await server.plan({ fault: { kind: "stall_after" }, method: "POST", path: captures, times: 10 });
    const running = await startProcess(args(), variables);
    await expect.poll(() => movedBy("capture"), { timeout: 15_000 }).toEqual([3000]);
    running.signal("SIGKILL");
    const command = commandToAskAgain(await running.ended);
    await server.clearFaults();
    expect((await runPrinted(command, variables)).code).toBe(0);
    expect(await movedBy("capture")).toEqual([3000]);
  });

  it("is not reported when Ctrl-C came before the request", async () => {
    await server.plan({ fault: { kind: "stall_before" }, method: "GET", path: paymentId, times: 10 });
    const running: Running = start(args(), variables);
    const isAsked = async (): Promise<boolean> =>
      (await server.requests()).some(({ method, path }) => method === "GET" && path.includes(paymentId));
    await expect.poll(isAsked, { timeout: 15_000 }).toBe(true);
    running.signal("SIGINT");
    const ended = await running.ended;
    expect(ended.code).toBe(1);
    expect(ended.errors).toMatch(/purse: aborted: .*\n.*Nothing was sent/);
    expect(await postsOf(captures)).toBe(0);
  });

  it.each([
    ["a fault of the service", { kind: "status_before", status: 503 }, "GET", "/payments/"],
    ["too many requests", { kind: "status_before", status: 429 }, "POST", captures],
    ["a payment that is not found", { kind: "status_before", status: 404 }, "GET", "/payments/"],
    ["a connection that breaks", { kind: "drop_before" }, "GET", "/payments/"],
    ["no time for an answer", { kind: "stall_before" }, "GET", "/payments/"],
    ["no token", { kind: "status_before", status: 503 }, "POST", "/oauth/token"],
  ] as const)("stays unknown when asking again meets %s", async (_name, fault, method, path) => {
    // As if the first run had been killed before it could report this.
    const first = await run([...args(), "--deadline", "2"], variables);
    expect([first.code, await movedBy("capture")]).toEqual([0, [3000]]);
    await server.plan({ fault, method, path, times: 50 });
    const again = await runPrinted(commandToAskAgain(first), variables);
    expect([again.code, again.output]).toEqual([3, ""]);
    expect(again.errors).toMatch(/an earlier one with this key may have/);
    expect(again.errors).toContain(commandToAskAgain(first));
    expect(await movedBy("capture")).toEqual([3000]);
  });

  it("stays unknown when Ctrl-C ends the second call", async () => {
    await server.plan({ fault: { kind: "stall_before" }, method: "GET", path: paymentId, times: 10 });
    const running = start([...args(), "--idempotency-key", "asked-before"], variables);
    const isAsked = async (): Promise<boolean> =>
      (await server.requests()).some(({ method, path }) => method === "GET" && path.includes(paymentId));
    await expect.poll(isAsked, { timeout: 15_000 }).toBe(true);
    running.signal("SIGINT");
    const ended = await running.ended;
    expect(ended.code).toBe(3);
    expect(ended.errors).toMatch(/an earlier one with this key may have/);
    expect(await postsOf(captures)).toBe(0);
  });

  it("of a session leads to another session, not to the same key", async () => {
    await server.plan({ fault: { kind: "drop_after" }, method: "POST", path: "/client-sessions", times: 10 });
    const ended = await run(
      [
        ...["session", "create", "--amount", "1", "--currency", "EUR", "--reference", "o"],
        ...["--return-url", "https://shop.example/r"],
      ],
      variables,
    );
    expect(ended.code).toBe(3);
    expect(ended.errors).toMatch(/open another one/);
    expect(ended.errors).not.toMatch(/same key|ask again/i);
  });
});
