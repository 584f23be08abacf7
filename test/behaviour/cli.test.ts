import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import manifest from "../../package.json" with { type: "json" };
import {
  hasTerminals,
  run,
  startInTerminal,
  variablesOf,
  without,
  type Variables,
} from "../support/command.js";
import { paidPayment, smallOrder } from "../support/simulated.js";
import { Purse } from "../../src/index.js";

/** The command as a person meets it: help, refusals, reading. */

let simulator: Simulator;
let variables: Variables;
let purse: Purse;

beforeAll(async () => {
  simulator = createSimulator({ clientSecret: "not-for-anybody-else" });
  await simulator.listen();
  variables = variablesOf(simulator);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
});

afterAll(() => simulator.close());

const names = [
  "doctor",
  "session create",
  "payment get",
  "payment capture",
  "payment refund",
  "payment void",
  "redirect verify",
  "webhook listen",
];

describe("help", () => {
  it("lists every command, without any configuration", async () => {
    const { code, output, errors } = await run(["--help"]);
    expect([code, errors]).toEqual([0, ""]);
    for (const name of names) expect(output).toContain(`  ${name} `);
  });

  it.each(names)("explains %s", async (name) => {
    const { code, output, errors } = await run([...name.split(" "), "--help"]);
    expect([code, errors]).toEqual([0, ""]);
    expect(output).toMatch(new RegExp(`^purse ${name} `));
  });

  it("prints the version of the package", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, output: `${manifest.version}\n`, errors: "" });
  });
});

describe("wrong usage is code 2, says what is wrong and quotes no value", () => {
  it.each([
    [[], /has to be one of: doctor/],
    [["nonsense"], /has to be one of: doctor/],
    [["payment"], /one of: payment get, payment capture/],
    [["payment", "get"], /PAYMENT_ID is expected; 0 given/],
    [["payment", "get", "sesame", "sesame"], /PAYMENT_ID is expected; 2 given/],
    [["doctor", "sesame"], /no arguments/],
    [["doctor", "--nonsense=sesame"], /--nonsense/],
    [["doctor", "--json=sesame"], /--json/],
    [["payment", "get", "x", "--max-age", "sesame"], /--max-age/],
    [["payment", "capture", "x", "--yes"], /--amount 19\.99 is missing/],
    [["payment", "capture", "x", "--yes", "--amount", "1", "--amount", "2"], /more than once/],
    [["payment", "capture", "x", "--yes", "--amount="], /--amount must not be empty/],
    [["payment", "get", "x", "--deadline", "-1"], /--deadline/],
    [["payment", "get", "x", "--deadline=0"], /positive number of seconds/],
    [["payment", "get", ".."], /invalid_argument/],
    [["webhook", "listen", "--port", "sesame"], /--port/],
    [["webhook", "listen", "--forward", "http://shop.example/"], /must start with https/],
    [["session", "create", "--amount", "1.005", "--currency", "EUR"], /at most 2 decimals/],
  ])("%j", async (args, complaint) => {
    const { code, output, errors } = await run(args, variables);
    expect([code, output]).toEqual([2, ""]);
    expect(errors).toMatch(/^purse: /);
    expect(errors).toMatch(complaint);
    expect(errors).not.toContain("sesame");
  });

  it.each(["--client-secret", "--secret", "--api-key", "--token", "--client-id", "--password"])(
    "refuses %s, which everybody could read",
    async (option) => {
      for (const args of [
        ["doctor", option, "sesame-open"],
        ["doctor", `${option}=sesame-open`],
      ]) {
        const { code, output, errors } = await run(args, variables);
        expect([code, output]).toEqual([2, ""]);
        expect(errors).toMatch(/process lists.*PURSE_CLIENT_SECRET/);
        expect(errors).not.toContain("sesame-open");
      }
    },
  );
});

describe("configuration and credentials are code 4", () => {
  it("names the variable that is missing", async () => {
    const { code, errors } = await run(["payment", "get", "x"], without(variables, "PURSE_CLIENT_SECRET"));
    expect(code).toBe(4);
    expect(errors).toMatch(/purse: configuration: .*PURSE_CLIENT_SECRET/);
  });

  it("says that the credentials are refused", async () => {
    const wrong = { ...variables, PURSE_CLIENT_SECRET: "a-wrong-secret" };
    const { code, errors } = await run(["payment", "get", "x"], wrong);
    expect(code).toBe(4);
    expect(errors).toMatch(/purse: token: .*\n.*PURSE_CLIENT_ID and PURSE_CLIENT_SECRET/);
  });
});

describe("payment get", () => {
  it("prints a table, or the API's own JSON", async () => {
    const payment = await paidPayment({ simulator, purse });
    const read = await run(["payment", "get", payment.id], variables);
    expect([read.code, read.errors]).toEqual([0, ""]);
    expect(read.output).toMatch(/^captured +0\.00 EUR, 120\.00 EUR can be captured$/m);
    const asJson = await run(["payment", "get", payment.id, "--json"], variables);
    expect(JSON.parse(asJson.output)).toEqual(JSON.parse(JSON.stringify(payment)));
  });

  it("says in two lines that there is none, code 1", async () => {
    const { code, output, errors } = await run(["payment", "get", crypto.randomUUID()], variables);
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toMatch(/^purse: not_found: /);
    expect(errors).toMatch(/Check the id/);
  });

  it("neither prints header values of webhooks nor lets values write lines or move the cursor", async () => {
    const secret = "a-secret-of-the-webhooks";
    const reference = "order\n✓ paid\u001b[2J\u009b1A\u202e";
    const session = await purse.clientSessions.create({
      ...smallOrder,
      order: { reference, net_amount: 12000 },
      webhook: { url: "http://127.0.0.1:9/none", headers: [{ name: "x-other", values: [secret] }] },
    });
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    const { payment_id: id = "" } = await purse.redirection.verify(redirectUrl);
    for (const format of [[], ["--json"]]) {
      const { code, output } = await run(["payment", "get", id, ...format], variables);
      expect(code).toBe(0);
      expect(output).not.toContain(secret);

      expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^✓/m);
    }
  });
});

describe("session create", () => {
  it("opens a session that can be paid", async () => {
    const { code, output, errors } = await run(
      [
        ...["session", "create", "--amount", "19.99", "--currency", "EUR", "--reference", "order-1"],
        ...["--return-url", "https://shop.example/return", "--hosted-page", "--json"],
      ],
      variables,
    );
    expect(code).toBe(0);
    expect(errors).toMatch(/^where +this computer, http:\/\/127\.0\.0\.1:\d+\nkey +\S{36}\n$/);
    const session = JSON.parse(output) as { id: string; amount: number; integration_mode: string };
    expect(session).toMatchObject({ amount: 1999, integration_mode: "HOSTED_PAGE" });
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    expect((await purse.redirection.verify(redirectUrl)).authorization_status).toBe("AUTHORIZED");
  });

  it("puts the webhook's secret into the session, not on the screen", async () => {
    const secret = "the-secret-of-this-webhook";
    const args = [
      ...["session", "create", "--amount", "1", "--currency", "JPY", "--reference", "o"],
      ...["--return-url", "https://shop.example/r", "--webhook-url", "http://127.0.0.1:9/purse"],
    ];
    const { code } = await run(args, { ...variables, PURSE_WEBHOOK_SECRET: secret });
    expect(code).toBe(0);
    const short = await run(args, { ...variables, PURSE_WEBHOOK_SECRET: "short" });
    expect(short.code).toBe(4);
    expect(short.errors).toMatch(/PURSE_WEBHOOK_SECRET must have 16/);
  });
});

it.skipIf(!hasTerminals)("colours a terminal, unless NO_COLOR says otherwise", async () => {
  const args = ["redirect", "verify", "https://shop.example/return"];
  const coloured = await startInTerminal(args, { ...variables, TERM: "xterm" }).ended;
  expect(coloured.output).toContain("\u001b[31m✗ NOT GENUINE\u001b[0m");
  const plain = await startInTerminal(args, { ...variables, TERM: "xterm", NO_COLOR: "1" }).ended;
  expect(plain.output).toMatch(/^✗ NOT GENUINE/m);
  expect(plain.output).not.toContain("\u001b");
});
