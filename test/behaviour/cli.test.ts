import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import manifest from "../../package.json" with { type: "json" };
import {
  hasTerminals,
  run,
  start,
  startInTerminal,
  startProcess,
  variablesOf,
  without,
  type Ended,
  type Variables,
} from "../support/command.js";
import { paidPayment, smallOrder } from "../support/simulated.js";
import { Purse } from "../../src/index.js";

/** Help, refusals and reading. */

let simulator: Simulator;
let variables: Variables;
let purse: Purse;

beforeAll(async () => {
  simulator = createSimulator({ clientSecret: "a-private-test-secret" });
  await simulator.listen();
  variables = variablesOf(simulator);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
});

afterEach(() => {
  vi.unstubAllGlobals();
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
  "trigger",
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
    const { ended } = await startProcess(["--version"]);
    expect((await run(["version"])).output).toBe(`${manifest.version}\n`);
    expect(await ended).toEqual({ code: 0, output: `${manifest.version}\n`, errors: "" });
  });
});

const session = ["session", "create"];
const rest = ["--reference", "o", "--return-url", "https://shop.example/r"];

describe("a usage error is code 2, says what is wrong and quotes no value", () => {
  it.each([
    [[], /^purse: a command is needed:\n\npurse COMMAND[^]*\n {2}payment capture /],
    [["zzz"], /must be one of: doctor/],
    [["payment"], /needs one of these commands:\n\n {2}purse payment get PAYMENT_ID/],
    [["payment", "zzz"], /must be one of: payment get, payment capture/],
    [
      ["payment", "get"],
      /PAYMENT_ID is required\. For example: purse payment get PAYMENT_ID\. See purse payment get --help/,
    ],
    [["payment", "get", "sesame", "sesame"], /PAYMENT_ID is expected; 2 given/],
    [["doctor", "sesame"], /No arguments besides options are expected; 1 given/],
    [["doctor", "--nonsense=sesame"], /--nonsense/],
    [["doctor", "--json=sesame"], /--json/],
    [["payment", "get", "x", "--max-age", "sesame"], /--max-age/],
    [
      ["payment", "capture", "x", "--yes"],
      /--amount is required\. For example: purse payment capture PAYMENT_ID --amount 19\.99/,
    ],
    [["payment", "capture", "x", "--yes", "--amount", "1", "--amount", "2"], /more than once/],
    [["payment", "capture", "x", "--yes", "--amount="], /--amount must not be empty/],
    [["payment", "get", "x", "--deadline", "-1"], /--deadline/],
    [["payment", "get", "x", "--deadline=0"], /positive number of seconds/],
    [["payment", "get", ".."], /invalid_argument/],
    [["webhook", "listen", "--port", "sesame"], /--port/],
    [["webhook", "listen", "--forward", "http://shop.example/"], /must start with https/],
    [[...session, "--amount", "1.005", "--currency", "EUR", ...rest], /at most 2 decimals/],
    [[...session, "--amount", "0", "--currency", "EUR", ...rest], /0 together with --future-usage/],
    [
      [...session, "--amount", "1", "--currency", "EUR", ...rest, "--capture-mode", "sesame"],
      /--capture-mode must be one of: manual, automatic/,
    ],
    [["trigger", "sesame"], /EVENT must be one of: authorized, refused, captured, refunded, voided/],
  ])("%j", async (args, complaint) => {
    const { code, output, errors } = await run(args, variables);
    expect([code, output]).toEqual([2, ""]);
    expect(errors).toMatch(/^purse: /);
    expect(errors).toMatch(complaint);
    expect(errors).not.toContain("sesame");
  });

  it.each(["--client-secret", "--secret", "--api-key", "--token", "--client-id", "--password"])(
    "refuses %s, which other users could read",
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

describe("what was meant is suggested", () => {
  it.each([
    [["redirect", "verfy"], "redirect verify"],
    [["doctr"], "doctor"],
    [["get", "payment"], "payment get"],
    [["payments", "get"], "payment get"],
    [["payment", "gte"], "payment get"],
    [["payment", "captrue", "sesame"], "payment capture"],
    [["Payment", "Get"], "payment get"],
    [["payment-refund"], "payment refund"],
    [["capture", "sesame"], "payment capture"],
    [["create", "session"], "session create"],
    [["listen"], "webhook listen"],
    [["triger", "captured"], "trigger"],
    [["help", "verfy"], "redirect verify"],
    [["paymant", "--json"], "payment"],
    [["paymant", "capture"], "payment capture"],
    [["get-payment"], "payment get"],
  ])("for %j", async (args, name) => {
    const { code, errors } = await run(args);
    expect([code, errors]).toEqual([2, expect.stringContaining(`Did you mean purse ${name}?`)]);
    expect(errors).not.toContain("sesame");
  });

  it.each([
    [["payment", "capture", "x", "--ammount", "1"], "--amount"],
    [["payment", "get", "x", "--jsn"], "--json"],
    [["session", "create", "--returnUrl=sesame"], "--return-url"],
    [["webhook", "listen", "--foward", "sesame"], "--forward"],
  ])("for the options of %j", async (args, name) => {
    const { code, errors } = await run(args);
    expect([code, errors]).toEqual([2, expect.stringContaining(`Did you mean ${name}?`)]);
    expect(errors).not.toContain("sesame");
  });

  it.each([[["xyz"]], [["payment", "xyz"]], [["sk_live_4f9a8b7c6d"]]])("never for %j", async (args) => {
    expect((await run(args)).errors).not.toMatch(/Did you mean|xyz|4f9a/);
  });
});

describe("everything that is missing is named at once", () => {
  it.each([
    [
      ["payment", "capture"],
      false,
      /^purse: PAYMENT_ID and --amount are required\. Not a terminal; pass --yes to confirm\./,
    ],
    [["payment", "capture"], true, /^purse: PAYMENT_ID and --amount are required\. For example/],
    [["payment", "void", "x"], false, /^purse: --amount is required\. Not a terminal; pass --yes/],
    [
      ["payment", "refund", "x", "--amount", "1"],
      false,
      /^purse: Not a terminal; pass --yes to confirm\. For example: .*--amount 19\.99 --yes\./,
    ],
    [["session", "create"], false, /--amount, --currency, --reference and --return-url are required/],
    [["session", "create", "--currency", "EUR"], true, /--amount, --reference and --return-url are required/],
    [["redirect", "verify", "--session", "x"], false, /URL_OR_TOKEN is required/],
    [["trigger"], false, /EVENT is required/],
  ])("for %j, terminal: %s", async (args, isTerminal, complaint) => {
    const { code, output, errors } = await start(args, variables, isTerminal).ended;
    expect([code, isTerminal ? output : errors]).toEqual([2, expect.stringMatching(complaint)]);
  });
});

describe("configuration and credentials are code 4", () => {
  it("leads to the simulator where nothing is set", async () => {
    const { code, errors } = await run(["payment", "get", "x"]);
    expect([code, errors]).toEqual([4, expect.stringMatching(/PURSE_ENVIRONMENT.*\n.*\n.*purse-simulator/)]);
  });

  it("names the variable that is missing", async () => {
    const { code, errors } = await run(["payment", "get", "x"], without(variables, "PURSE_CLIENT_SECRET"));
    expect(code).toBe(4);
    expect(errors).toMatch(/purse: configuration: .*PURSE_CLIENT_SECRET/);
  });

  it("reports that the credentials are refused", async () => {
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

  it("reports in two lines that there is none: code 1", async () => {
    const { code, output, errors } = await run(["payment", "get", crypto.randomUUID()], variables);
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toMatch(/^purse: not_found: /);
    expect(errors).toMatch(/Check the id/);
  });

  it("prints neither header values of webhooks nor control characters of values", async () => {
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

describe("a payment by gift card and card", () => {
  it("is shown with its parts, and each operation with what each part took", async () => {
    const { id: sessionId } = await purse.clientSessions.create(smallOrder);
    const { redirectUrl } = await simulator.shopper.pay(sessionId, { giftCardAmount: 2000 });
    const { payment_id: id = "" } = await purse.redirection.verify(redirectUrl);
    await purse.payments.capture(id, { amount: 5000 });
    const { code, output } = await run(["payment", "get", id], variables);
    expect(code).toBe(0);
    expect(output).toMatch(/^part +20\.00 EUR by giftcard \(illicado\), AUTHORIZED$/m);
    expect(output).toMatch(/^part +100\.00 EUR by creditcard \(dalenys\), AUTHORIZED$/m);
    expect(output).toMatch(
      /^capture +SUCCESS 50\.00 EUR.*\n {2}of it +20\.00 EUR by giftcard .*SUCCESS\n {2}of it +30\.00 EUR by creditcard .*SUCCESS$/m,
    );
  });

  it("by one means is shown without parts", async () => {
    const { id } = await paidPayment({ simulator, purse });
    await purse.payments.capture(id, { amount: 5000 });
    const { output } = await run(["payment", "get", id], variables);
    expect(output).toMatch(/^paid by +120\.00 EUR by creditcard \(dalenys\), AUTHORIZED$/m);
    expect(output).not.toMatch(/^part|of it/m);
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

  const create = (...more: string[]): Promise<Ended> =>
    run([...session, "--currency", "eur", ...rest, ...more], variables);

  it("opens sessions for later use of the card, for nothing or for an amount, and with a capture mode", async () => {
    const free = JSON.parse((await create("--amount", "0", "--future-usage", "--json")).output) as object;
    expect(free).toMatchObject({ amount: 0, allow_future_usage: true });
    const paid = await create("--amount", "5", "--future-usage", "--capture-mode", "automatic", "--json");
    expect(JSON.parse(paid.output)).toMatchObject({
      amount: 500,
      allow_future_usage: true,
      capture_mode: "AUTOMATIC",
    });
    const { output } = await create("--amount", "5", "--capture-mode", "MANUAL");
    expect(output).toMatch(/^capture +MANUAL$/m);
    expect(output).not.toMatch(/^future use/m);
  });

  it("sends the challenge that future usage of a card requires", async () => {
    const bodies: string[] = [];
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      const request = new Request(url, init);
      bodies.push(await request.clone().text());
      return simulator.fetch(request);
    });
    expect((await create("--amount", "0", "--future-usage")).code).toBe(0);
    expect(JSON.parse(bodies.at(-1) ?? "")).toMatchObject({
      allow_future_usage: true,
      three_ds_authentication_options: { challenge_indicator: "CHALLENGE_REQUESTED_BY_MERCHANT" },
    });
  });

  it("prints a page that shows the widget, with address and data escaped", async () => {
    const { output } = await create("--amount", "5");
    const page = output.slice(output.indexOf("<!doctype html>"));
    const data = /session: "([^"]+)"/.exec(page)?.[1] ?? "";
    expect(JSON.parse(atob(data))).toMatchObject({ client_session_id: expect.any(String) as string });
    const script = /<script src="([^"]+)">/.exec(page)?.[1] ?? "";
    expect((await fetch(script)).status).toBe(200);
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      const answer = await simulator.fetch(url, init);
      if (!url.endsWith("/client-sessions")) return answer;
      const session = (await answer.json()) as object;
      const widget = { js_url: 'https://x.example/a?b=1&c="><script>', data: '</script>"' };
      return Response.json({ ...session, widget });
    });
    const odd = await create("--amount", "5");
    expect(odd.output).toContain('<script src="https://x.example/a?b=1&amp;c=&quot;><script>"></script>');
    expect(odd.output).toContain(String.raw`session: "\u003c/script>\""`);
  });

  it("sends the webhook's secret in the session, and does not print it", async () => {
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

it.skipIf(!hasTerminals)("prints colours on a terminal, unless NO_COLOR is set", async () => {
  const args = ["redirect", "verify", "https://shop.example/return"];
  const coloured = await (await startInTerminal(args, { ...variables, TERM: "xterm" })).ended;
  expect(coloured.output).toContain("\u001b[31m✗ NOT GENUINE\u001b[0m");
  const plain = await (await startInTerminal(args, { ...variables, TERM: "xterm", NO_COLOR: "1" })).ended;
  expect(plain.output).toMatch(/^✗ NOT GENUINE/m);
  expect(plain.output).not.toContain("\u001b");
});

it("goes on when the reader of its output has gone, because money may be on its way", async () => {
  const { id } = await paidPayment({ simulator, purse });
  const running = await startProcess(["payment", "capture", id, "--amount", "1", "--yes"], variables);
  running.closeOutput();
  expect((await running.ended).code).toBe(0);
  expect((await purse.payments.retrieve(id)).amounts.total_captured).toBe(100);
});
