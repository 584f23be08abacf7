import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Purse, type Payment } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { run, start, variablesOf, type Variables } from "../support/command.js";
import { movedBy, paidPayment, smallOrder } from "../support/simulated.js";

/** Text of the service and of senders of webhooks can only be read: it controls nothing. */

let simulator: Simulator;
let variables: Variables;
let purse: Purse;
const servers: Server[] = [];

beforeAll(async () => {
  simulator = createSimulator();
  await simulator.listen();
  variables = variablesOf(simulator);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
});

afterEach(() => {
  simulator.faults.clear();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

afterAll(() => simulator.close());

/** Can move the cursor, colour, reorder or hide text. Line ends are the command's own. */
const active = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const marks = [
  ["the command's own green", "\u001b[32m✓ paid\u001b[0m"],
  ["the command's own red", "\u001b[31m✗\u001b[0m"],
  ["bold and yellow", "\u001b[1m\u001b[33m!\u001b[0m"],
  ["a cleared screen", "\u001b[2J\u001b[H"],
  ["a title", "\u001b]0;title\u0007"],
  ["escapes of one byte", "\u009b31m\u0090"],
  ["backspaces and a return", "\b\b\b\r"],
  ["a deletion", "\u007f"],
  ["the Arabic letter mark", "\u061c"],
  ["marks of direction", "\u200e\u200f"],
  ["embeddings and overrides", "\u202a\u202b\u202c\u202d\u202e"],
  ["isolates", "\u2066\u2067\u2068\u2069"],
  ["other line ends", "\u0085\u2028\u2029\u000b\u000c"],
  ["characters without width", "\u200b\u200c\u200d\u2060\ufeff\u00ad"],
  ["invisible tags", "\u{e0001}\u{e0041}"],
] as const;

async function paymentOf(reference: string): Promise<Payment> {
  const session = await purse.clientSessions.create({
    ...smallOrder,
    order: { reference, net_amount: 12000 },
  });
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  const { payment_id: id = "" } = await purse.redirection.verify(redirectUrl);
  return purse.payments.retrieve(id);
}

async function serve(answer: (path: string) => { status?: number; body: unknown }): Promise<string> {
  const server = createServer((request, response) => {
    const { status = 200, body } = answer(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

describe("text of the service", () => {
  it.each(marks)("is printed without %s, and exactly in JSON", async (_name, text) => {
    const reference = `order ${text} end`;
    const payment = await paymentOf(reference);
    for (const more of [{}, { NO_COLOR: "1" }, { FORCE_COLOR: "1" }]) {
      const { code, output } = await run(["payment", "get", payment.id], { ...variables, ...more });
      expect(code).toBe(0);
      expect(output).not.toMatch(active);
      expect(output).toMatch(/^order +order .* end$/m);
    }
    const { output } = await run(["payment", "get", payment.id, "--json"], variables);
    expect(output).not.toMatch(active);
    expect((JSON.parse(output) as Payment).order_reference).toBe(reference);
  });

  it("has no colour on a terminal either", async () => {
    const { id } = await paymentOf("\u001b[32m✓ paid\u001b[0m");
    const { output } = await start(["payment", "get", id], { ...variables, TERM: "xterm" }, true).ended;
    expect(output).toMatch(/order +\ufffd\[32m✓ paid\ufffd\[0m/);
  });

  it("adds no colours to the command's own", async () => {
    const url = await serve((path) =>
      path === "/oauth/token"
        ? { body: { access_token: "t", token_type: "Bearer", expires_in: 3600 } }
        : { body: { keys: [{ kty: "EC", kid: "\u001b[32m✓ keys\u001b[0m" }] } },
    );
    const args = ["doctor"];
    const given = { ...variables, PURSE_BASE_URL: url, TERM: "xterm" };
    const { output } = await start(args, given, true).ended;
    const line = output.split("\n").find((text) => text.includes("keys:")) ?? "";
    expect(line).toContain("\u001b[31m✗\u001b[0m keys: ");
    expect(line.split("\u001b")).toHaveLength(3);
    expect((await run(args, given)).output).not.toMatch(active);
  });

  it("is printed without any of them in errors, and adds no lines", async () => {
    const text = ["an end\n✓ paid", ...marks.map(([, mark]) => mark)].join(" ");
    const url = await serve((path) =>
      path === "/oauth/token"
        ? { body: { access_token: "t", token_type: "Bearer", expires_in: 3600 } }
        : {
            status: 400,
            body: { title: text, detail: text, errors: [{ pointer: text, detail: text }], status: 400 },
          },
    );
    const { code, output, errors } = await run(["payment", "get", "x"], {
      ...variables,
      PURSE_BASE_URL: url,
    });
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toContain("the service says:");
    expect(errors).not.toMatch(active);
    // Three lines of the command's own, and one for each text of the service.
    expect(
      errors
        .trimEnd()
        .split("\n")
        .every((line) => /^(?:purse: | {2}\S)/.test(line)),
    ).toBe(true);
  });

  it("is printed without any of them in webhooks", async () => {
    const running = start(["webhook", "listen", "--port", "0", "--count", "1"], variables);
    await expect.poll(running.errors, { timeout: 15_000 }).toMatch(/Listening on http:\S+/);
    const url = /http:\S+/.exec(running.errors())?.[0] ?? "";
    const body = JSON.stringify({
      id: marks.map(([, mark]) => mark).join(""),
      version: "\u001b[32m1\u001b[0m",
    });
    const headers = { "content-type": "application/json" };
    expect((await fetch(url, { method: "POST", headers, body })).status).toBe(200);
    const { output } = await running.ended;
    expect(output).toMatch(/^\d\d:\d\d:\d\d payment .*\n$/);
    expect(output).not.toMatch(active);
  });

  it("is refused as an option's value where the command would print it differently", async () => {
    const { id } = await paidPayment({ simulator, purse });
    for (const mark of ["\u061c", "\u200b", "\u001b[32m", "\u{e0041}"]) {
      const args = ["payment", "capture", id, "--amount", "1", "--yes", "--reference", `a${mark}b`];
      const { code, errors } = await run(args, variables);
      expect([code, errors]).toEqual([2, expect.stringMatching(/--reference must not have/)]);
    }
    expect(movedBy(simulator, id)["capture"]).toBeUndefined();
  });
});
