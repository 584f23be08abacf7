import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { createSimulator, type Fault, type Simulator } from "../../src/simulator/index.js";
import { run, runPrinted, variablesOf, type Ended, type Variables } from "../support/command.js";
import { movedBy, paidPayment, smallOrder } from "../support/simulated.js";

/** What may pass by itself is code 3 ("run it again") for every command, and never 1 ("refused for good"). */

let simulator: Simulator;
let variables: Variables;
let paymentId: string;
let address: string;

beforeAll(async () => {
  simulator = createSimulator();
  await simulator.listen();
  variables = variablesOf(simulator);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
  ({ id: paymentId } = await paidPayment({ simulator, purse }));
  await purse.payments.capture(paymentId, { amount: 3000 });
  const session = await purse.clientSessions.create(smallOrder);
  address = (await simulator.shopper.pay(session.id)).redirectUrl;
});

beforeEach(() => {
  simulator.faults.clear();
});

afterAll(() => simulator.close());

const operationOf = {
  capture: "capturePayment",
  refund: "refundPayment",
  void: "voidPayment",
} as const;
const kinds = ["capture", "refund", "void"] as const;
type Kind = (typeof kinds)[number];

/** Seconds for calls that are to fail; the others take as long as they need. */
const deadline = ["--deadline", "0.7"];
const money = (kind: Kind): string[] => ["payment", kind, paymentId, "--amount", "1", "--yes"];
const session = [
  ...["session", "create", "--amount", "1", "--currency", "EUR", "--reference", "o"],
  ...["--return-url", "https://shop.example/r"],
];
const fail = (fault: Omit<Fault, "times">): void => {
  simulator.faults.add({ ...fault, times: "always" });
};

/** How a service can be out of reach or out of order, and the code of the error. */
const troubles: readonly [name: string, code: string, cause: () => Variables][] = [
  ["nothing listens there", "token", () => ({ ...variables, PURSE_BASE_URL: "http://127.0.0.1:9" })],
  ["the host name is unknown", "token", () => ({ ...variables, PURSE_BASE_URL: "https://purse.invalid" })],
  [
    "the token endpoint fails",
    "token",
    () => withFault({ kind: "error_before", operation: "createAccessToken" }),
  ],
  [
    "the token endpoint asks to wait",
    "token",
    () => withFault({ kind: "rate_limit", operation: "createAccessToken", retryAfterSeconds: 60 }),
  ],
  [
    "the token endpoint sends a page",
    "token",
    () => withFault({ kind: "html_before", operation: "createAccessToken", status: 200 }),
  ],
];

const readTroubles: typeof troubles = [
  ["the connection breaks", "connection", () => withFault({ kind: "drop_before", operation: "getPayment" })],
  ["no answer comes", "timeout", () => withFault({ kind: "stall_before", operation: "getPayment" })],
  [
    "the service asks to wait",
    "rate_limit",
    () => withFault({ kind: "rate_limit", operation: "getPayment", retryAfterSeconds: 60 }),
  ],
  ["the service fails", "server", () => withFault({ kind: "error_before", operation: "getPayment" })],
  ["a gateway fails", "server", () => withFault({ kind: "html_before", operation: "getPayment" })],
  [
    "a gateway times out",
    "api",
    () => withFault({ kind: "error_before", operation: "getPayment", status: 408 }),
  ],
  [
    "something else answers",
    "unreadable_response",
    () => withFault({ kind: "html_before", operation: "getPayment", status: 200 }),
  ],
];

function withFault(fault: Omit<Fault, "times">): Variables {
  fail(fault);
  return variables;
}

function expectTemporary({ code, errors }: Ended, error: string): void {
  expect([code, errors]).toEqual([3, expect.stringMatching(new RegExp(`^purse: ${error}: `, "m"))]);
  expect(errors).not.toMatch(/refused|for good|NOT KNOWN/i);
}

describe("payment get", () => {
  it.each([...troubles, ...readTroubles])("ends with 3 when %s", async (_name, error, cause) => {
    expectTemporary(await run(["payment", "get", paymentId, ...deadline], cause()), error);
  });

  it("says in JSON what it was", async () => {
    const down = { ...variables, PURSE_BASE_URL: "http://127.0.0.1:9" };
    const { code, output } = await run(["payment", "get", paymentId, "--json", ...deadline], down);
    expect(code).toBe(3);
    expect(JSON.parse(output)).toEqual({
      error: expect.objectContaining({ code: "token", reason: "unavailable" }) as object,
    });
  });
});

describe("session create", () => {
  it.each(troubles)("ends with 3 when %s", async (_name, error, cause) => {
    expectTemporary(await run([...session, ...deadline], cause()), error);
  });

  it("ends with 3 when the service asks to wait", async () => {
    fail({ kind: "rate_limit", operation: "createClientSession", retryAfterSeconds: 60 });
    expectTemporary(await run([...session, ...deadline], variables), "rate_limit");
  });
});

describe.each(kinds)("payment %s", (kind) => {
  // All three go the same way, so one of them meets everything.
  const met =
    kind === "capture"
      ? [...troubles, ...readTroubles]
      : [...troubles.slice(0, 1), ...readTroubles.slice(2, 3)];

  it.each(met)(
    "ends with 3 when %s, says that no money moved, and prints how to run it again",
    async (_name, error, cause) => {
      const before = movedBy(simulator, paymentId)[kind] ?? [];
      const ended = await run([...money(kind), ...deadline], cause());
      expectTemporary(ended, error);
      expect(ended.errors).toMatch(/^No money moved\. Run it again: npx --no-install purse payment /m);
      expect(movedBy(simulator, paymentId)[kind] ?? []).toEqual(before);
    },
  );

  it("moves the money once when it is run again as printed", async () => {
    const before = movedBy(simulator, paymentId)[kind] ?? [];
    fail({ kind: "rate_limit", operation: operationOf[kind], retryAfterSeconds: 60 });
    const { code, errors, output } = await run([...money(kind), "--json"], variables);
    expect(code).toBe(3);
    const again = /^No money moved\. Run it again: (.*)$/m.exec(errors)?.[1] ?? "";
    const { error } = JSON.parse(output) as { error: object };
    expect(error).toMatchObject({ code: "rate_limit", ask_again: again });
    expect(error).not.toHaveProperty("outcome");
    simulator.faults.clear();
    expect((await runPrinted(again, variables)).code).toBe(0);
    expect((await runPrinted(again, variables)).code).toBe(0);
    expect(movedBy(simulator, paymentId)[kind]).toEqual([...before, 100]);
  });
});

it("a verification without keys gives no verdict", async () => {
  fail({ kind: "error_before", operation: "getSigningJwks" });
  expect((await run(["redirect", "verify", address], variables)).code).toBe(3);
});

it.each([
  ["a payment that does not exist", ["payment", "get", crypto.randomUUID()], 1],
  ["an amount that is too high", ["payment", "capture", "ID", "--amount", "9999", "--yes"], 1],
])("a refusal stays final: %s", async (_name, args, code) => {
  const given = args.map((word) => (word === "ID" ? paymentId : word));
  expect((await run(given, variables)).code).toBe(code);
});
