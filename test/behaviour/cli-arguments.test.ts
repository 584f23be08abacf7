import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { run, variablesOf, type Ended, type Variables } from "../support/command.js";
import { movedBy, paidPayment, smallOrder } from "../support/simulated.js";

/** What is an option, what is its value and what is an operand: decided by the parser, and by nothing else. */

const commands = [
  "doctor",
  "session create",
  "payment get",
  "payment capture",
  "payment refund",
  "payment void",
  "redirect verify",
  "webhook listen",
];

/** Texts that must never be read as an option where a value or an operand stands. */
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

  it("verifies a genuine address after --, whatever options stand before it", async () => {
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
  ])("nor is %j, which names no command, a success", async (...args) => {
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
    "takes nothing that looks like an option for the value of --%s, and moves nothing",
    async (option) => {
      for (const word of words) {
        const amount = option === "amount" ? [] : ["--amount", "10"];
        const { code, output, errors } = await command(paymentId, ...amount, `--${option}`, word);
        expect([word, code]).toEqual([word, 2]);
        // Its errors may be JSON where --json is written; they are of no other kind.
        expect(output).toMatch(word === "--json" ? /^\{\s+"error": \{\s+"code": "usage"/ : /^$/);
        expect(errors).toContain(`--${option}`);
      }
      expect(moved(kind)).toEqual([]);
    },
  );

  it("takes what follows = for the value, whatever it looks like, and prints it so that it can be run again", async () => {
    const { code, output, errors } = await command(paymentId, "--amount=10", "--reference=-h");
    expect([code, output]).toEqual([0, expect.stringContaining("reference -h")]);
    expect(errors).toMatch(/^ask again .* --reference=-h /m);
    expect(moved(kind)).toEqual([1000]);
  });

  it.each([...words, "--yes"])("takes %j after -- for the payment's id", async (id) => {
    const { code, output } = await run(["payment", kind, "--amount", "10", "--yes", "--", id], variables);
    expect([code, output]).toEqual([1, ""]); // There is no such payment.
    expect(moved(kind)).toEqual([]);
  });

  it("does not go on with options after --, or with more than it asked for", async () => {
    expect((await run(["payment", kind, "--", paymentId, "--amount", "10", "--yes"], variables)).code).toBe(
      2,
    );
    expect((await command(paymentId, "10", "--amount", "10")).code).toBe(2);
    expect(moved(kind)).toEqual([]);
  });

  it.each([
    ["an option that is not known", ["--amount", "10", "--force"]],
    ["a letter that is not known", ["--amount", "10", "-y"]],
    ["an option twice", ["--amount", "10", "--amount", "10"]],
    ["an option twice, spelled differently", ["--amount", "10", "--amount=10"]],
    ["a switch twice", ["--amount", "10", "--yes"]],
    ["a switch with a value", ["--amount", "10", "--json=no"]],
    ["a value that is missing", ["--amount"]],
    ["a value that is empty", ["--amount", "10", "--reference="]],
    ["help beside other arguments", ["--amount", "10", "--help"]],
  ])("refuses %s and moves nothing", async (_name, options) => {
    const { code } = await command(paymentId, ...options);
    expect(code).toBe(2);
    expect(moved(kind)).toEqual([]);
  });
});

describe("help", () => {
  it.each(commands)("is an option of %s, alone or not at all", async (name) => {
    for (const option of ["--help", "-h"]) {
      const { code, output, errors } = await run([...name.split(" "), option], variables);
      expect([code, errors]).toEqual([0, ""]);
      expect(output).toMatch(new RegExp(`^purse ${name} `));
    }
    const more = await run([...name.split(" "), "--help", "x"], variables);
    expect([more.code, more.output]).toEqual([2, ""]);
    expect(more.errors).toContain(`purse ${name} `);
  });

  it.each([[["--help"]], [["-h"]], [["payment", "--help"]], [["payment", "-h"]]])(
    "of all commands is shown for %j",
    async (args) => {
      const { code, output } = await run(args);
      expect([code, output]).toEqual([0, expect.stringContaining("payment capture")]);
    },
  );

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
