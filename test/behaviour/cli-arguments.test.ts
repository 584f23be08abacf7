import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { run, variablesOf, type Ended, type Variables } from "../support/command.js";
import { movedBy, paidPayment, smallOrder } from "../support/simulated.js";

/** Only the parser decides what is an option, a value or an operand. */

const commands = [
  "doctor",
  "session create",
  "payment get",
  "payment capture",
  "payment refund",
  "payment void",
  "redirect verify",
  "webhook listen",
  "trigger",
];

/** Texts that must not be read as an option where a value or an operand is expected. */
const words = ["-h", "--help", "--version", "--json"];

let simulator: Simulator;
let variables: Variables;
let purse: Purse;
let paymentId: string;
let sessionId: string;
let address: string;

beforeAll(async () => {
  simulator = createSimulator();
  await simulator.listen();
  variables = variablesOf(simulator);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
  sessionId = (await purse.clientSessions.create(smallOrder)).id;
  address = (await simulator.shopper.pay(sessionId)).redirectUrl;
});

beforeEach(async () => {
  ({ id: paymentId } = await paidPayment({ simulator, purse }));
});

afterAll(() => simulator.close());

const moved = (kind: string): number[] => movedBy(simulator, paymentId)[kind] ?? [];

describe("redirect verify", () => {
  it.each([...words, "--nonsense", ""])("calls the token %j after -- not genuine", async (token) => {
    const { code, output } = await run(
      ["redirect", "verify", "--session", sessionId, "--", token],
      variables,
    );
    expect([code, output]).toEqual([1, expect.stringMatching(/^✗ NOT GENUINE/)]);
  });

  it("verifies a genuine address after -- and other options", async () => {
    const { code, output } = await run(
      ["redirect", "verify", "--session", sessionId, "--", address],
      variables,
    );
    expect([code, output]).toEqual([0, expect.stringMatching(/^✓ GENUINE/)]);
  });

  it.each([
    ["--help beside other arguments", ["--session", "S", "--help"]],
    ["-h beside other arguments", ["--session", "S", "-h"]],
    ["--help as a session", ["--session", "--help", "TOKEN"]],
    ["-h as a session", ["--session", "-h", "TOKEN"]],
    ["--help as a session, after =", ["--session=--help", "ADDRESS"]],
    ["--version", ["--session", "S", "--version"]],
    ["-h with more letters", ["-hx", "TOKEN"]],
    ["-h as the key file", ["--jwks", "-h", "TOKEN"]],
    ["two tokens", ["--", "--help", "ADDRESS"]],
  ])("never ends with 0 for %s", async (_name, args) => {
    const given = args.map((word) => (word === "ADDRESS" ? address : word));
    expect((await run(["redirect", "verify", ...given], variables)).code).not.toBe(0);
  });

  it.each([
    ["redirect", "verfy", "--", "--help"],
    ["redirect", "--", "--help"],
    ["--", "--help"],
    ["--", "redirect", "verify", "--help"],
    ["redirect", "verfy", "--help"],
    ["nonsense", "-h"],
    ["nonsense", "--version"],
    ["--version", "redirect"],
    ["--version", "--session", "S"],
    ["--help", "--session", "S"],
    ["--help=yes"],
  ])("refuses %j, which names no command", async (...args) => {
    const { code, output } = await run(args, variables);
    expect([code, output]).toEqual([2, ""]);
  });
});

describe.each(["capture", "refund", "void"])("payment %s", (kind) => {
  const command = (...args: string[]): Promise<Ended> => run(["payment", kind, ...args, "--yes"], variables);

  beforeEach(async () => {
    if (kind === "refund") await purse.payments.capture(paymentId, { amount: 12000 });
  });

  it.each(["amount", "currency", "reference", "idempotency-key", "deadline"])(
    "accepts no option as the value of --%s, and moves nothing",
    async (option) => {
      for (const word of words) {
        const amount = option === "amount" ? [] : ["--amount", "10"];
        const { code, output, errors } = await command(paymentId, ...amount, `--${option}`, word);
        expect([word, code]).toEqual([word, 2]);
        // Errors are JSON where --json is written.
        expect(output).toMatch(word === "--json" ? /^\{\s+"error": \{\s+"code": "usage"/ : /^$/);
        expect(errors).toContain(`--${option}`);
      }
      expect(moved(kind)).toEqual([]);
    },
  );

  it("treats any text after = as the value, and prints it so that it can be run again", async () => {
    const { code, output, errors } = await command(paymentId, "--amount=10", "--reference=-h");
    expect([code, output]).toEqual([0, expect.stringContaining("reference -h")]);
    expect(errors).toMatch(/^ask again .* --reference=-h /m);
    expect(moved(kind)).toEqual([1000]);
  });

  it.each([...words, "--yes"])("treats %j after -- as the payment's id", async (id) => {
    const { code, output } = await run(["payment", kind, "--amount", "10", "--yes", "--", id], variables);
    expect([code, output]).toEqual([1, ""]); // There is no such payment.
    expect(moved(kind)).toEqual([]);
  });

  it("refuses options after --, and too many operands", async () => {
    expect((await run(["payment", kind, "--", paymentId, "--amount", "10", "--yes"], variables)).code).toBe(
      2,
    );
    expect((await command(paymentId, "10", "--amount", "10")).code).toBe(2);
    expect(moved(kind)).toEqual([]);
  });

  it.each([
    ["an unknown option", ["--amount", "10", "--force"]],
    ["an unknown letter", ["--amount", "10", "-y"]],
    ["an option twice", ["--amount", "10", "--amount", "10"]],
    ["an option twice, spelled differently", ["--amount", "10", "--amount=10"]],
    ["a switch twice", ["--amount", "10", "--yes"]],
    ["a switch with a value", ["--amount", "10", "--json=no"]],
    ["a missing value", ["--amount"]],
    ["an empty value", ["--amount", "10", "--reference="]],
    ["help beside other arguments", ["--amount", "10", "--help"]],
  ])("refuses %s and moves nothing", async (_name, options) => {
    const { code } = await command(paymentId, ...options);
    expect(code).toBe(2);
    expect(moved(kind)).toEqual([]);
  });
});

describe("help", () => {
  it.each(commands)("is accepted by %s as the only argument", async (name) => {
    for (const option of ["--help", "-h"]) {
      const { code, output, errors } = await run([...name.split(" "), option], variables);
      expect([code, errors]).toEqual([0, ""]);
      expect(output).toMatch(new RegExp(`^purse ${name} `));
    }
    const more = await run([...name.split(" "), "--help", "x"], variables);
    expect([more.code, more.output]).toEqual([2, ""]);
    expect(more.errors).toContain(`purse ${name} `);
  });

  it.each([
    [["--help"], /^purse COMMAND/],
    [["-h"], /^purse COMMAND/],
    [["help"], /^purse COMMAND/],
    [["help", "--help"], /^purse COMMAND/],
    [
      ["payment", "--help"],
      /^ +purse payment get PAYMENT_ID .*\n +purse payment capture PAYMENT_ID --amount/,
    ],
    [["payment", "-h"], /payment capture/],
    [["payment", "help"], /payment capture/],
    [["help", "payment"], /payment capture/],
    [["help", "payment", "capture"], /^purse payment capture PAYMENT_ID --amount 19\.99 \[options\]/],
    [["help", "doctor"], /^purse doctor \[options\]/],
  ])("is shown for %j", async (args, text) => {
    const { code, output, errors } = await run(args);
    expect([code, output, errors]).toEqual([0, expect.stringMatching(text), ""]);
    if (args.includes("payment")) expect(output).not.toContain("webhook");
  });

  it.each([
    [["help", "nonsense"]],
    [["help", "payment", "gett"]],
    [["help", "payment", "get", "x"]],
    [["help", "doctor", "--quiet"]],
    [["help", "--", "doctor"]],
    [["payment", "help", "get"]],
    [["help", "redirect", "verify", "TOKEN"]],
  ])("is not shown for %j, which names no command", async (args) => {
    const { code, output, errors } = await run(args);
    expect([code, output]).toEqual([2, ""]);
    expect(errors).not.toContain("TOKEN");
  });

  it.each(["capture", "refund", "void"])("marks what payment %s requires", async (kind) => {
    const { output } = await run(["payment", kind, "--help"]);
    expect(output).toMatch(/--amount 19\.99 .*\(required\)$/m);
    expect(output).toMatch(/--yes .*\(required without a terminal\)$/m);
    expect(output.match(/\(required/g)).toHaveLength(2);
  });

  it.each(["webhook-url", "webhook-header"])("is no value of doctor's --%s", async (option) => {
    expect((await run(["doctor", `--${option}`, "--help"], variables)).code).toBe(2);
  });

  it.each(["port", "forward", "webhook-header", "count", "for", "deadline"])(
    "is no value of webhook listen's --%s",
    async (option) => {
      expect((await run(["webhook", "listen", `--${option}`, "-h"], variables)).code).toBe(2);
    },
  );

  it.each(["amount", "currency", "reference", "return-url", "entity-id", "webhook-url", "idempotency-key"])(
    "is no value of session create's --%s",
    async (option) => {
      const before = simulator.requests().length;
      expect((await run(["session", "create", `--${option}`, "--help"], variables)).code).toBe(2);
      expect(simulator.requests()).toHaveLength(before);
    },
  );
});
