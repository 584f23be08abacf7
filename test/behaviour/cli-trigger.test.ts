import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { run, start, variablesOf, type Ended, type Variables } from "../support/command.js";

const secret = "a-secret-that-only-purse-knows";

let simulator: Simulator;
let variables: Variables;

beforeAll(async () => {
  simulator = createSimulator({ webhookRetryDelaysMs: [] });
  await simulator.listen();
  variables = { ...variablesOf(simulator), PURSE_WEBHOOK_SECRET: secret };
});

beforeEach(() => {
  simulator.reset();
});

afterAll(() => simulator.close());

interface Delivery {
  readonly secret: string | undefined;
  readonly status: string;
  readonly captured: number;
}

/** Runs `purse trigger` with a receiver that answers with `status`. */
async function triggered(
  event: string,
  args: readonly string[] = [],
  status = 200,
): Promise<Ended & { seen: Delivery[] }> {
  const seen: Delivery[] = [];
  const receiver = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const body = JSON.parse(text) as {
        authorization: { status: string };
        amounts: { total_captured: number };
      };
      const given = request.headers["x-purse-webhook-secret"];
      seen.push({
        secret: typeof given === "string" ? given : undefined,
        status: body.authorization.status,
        captured: body.amounts.total_captured,
      });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const { port } = receiver.address() as AddressInfo; // It listens on a port, not on a pipe.
  const url = `http://127.0.0.1:${String(port)}/hook`;
  const ended = await run(["trigger", event, "--webhook-url", url, ...args], variables);
  receiver.closeAllConnections();
  receiver.close();
  return { ...ended, seen };
}

const kindsMoved = (): string[] => simulator.ledger.entries().map(({ kind }) => kind);

it.each([
  ["authorized", ["authorization"], "AUTHORIZED"],
  ["captured", ["authorization", "capture"], "AUTHORIZED"],
  ["refunded", ["authorization", "capture", "refund"], "AUTHORIZED"],
  ["voided", ["authorization", "void"], "AUTHORIZED"],
  ["refused", [], "REFUSED"],
])(
  "%s makes the payment, and the receiver gets its webhooks with the secret",
  async (event, moved, status) => {
    const { code, output, errors, seen } = await triggered(event);
    expect([code, errors]).toEqual([0, ""]);
    expect(kindsMoved()).toEqual(moved);
    expect(seen).toHaveLength(Math.max(moved.length, 1));
    expect(seen.every((delivery) => delivery.secret === secret && delivery.status === status)).toBe(true);
    expect(output).toMatch(new RegExp(`^authorization +${status}$`, "m"));
    expect(output).toMatch(/^webhooks +\d delivered, http:\/\/127\.0\.0\.1:\d+\/hook$/m);
    expect(output).toMatch(/^returned to +http:\/\/127\.0\.0\.1:3000\/return\?purse-redirection-data=/m);
  },
);

it("refuses a return address without a scheme before anything is made", async () => {
  const { code, errors } = await run(
    ["trigger", "captured", "--return-url", "shop.example/return"],
    variables,
  );
  expect(code).toBe(2);
  expect(errors).toContain("--return-url");
});

it("takes amount, currency, reference and return address, and prints JSON", async () => {
  const { code, output, seen } = await triggered("captured", [
    ...["--amount", "1200", "--currency", "JPY", "--reference", "order-7"],
    ...["--return-url", "https://shop.example/back", "--json"],
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    event: "captured",
    reached: true,
    webhook: { accepted: true },
    redirect_url: expect.stringMatching(/^https:\/\/shop\.example\/back\?/) as string,
    payment: { order_reference: "order-7", amount: 1200, currency: "JPY" },
  });
  expect(seen.at(-1)?.captured).toBe(1200);
  expect(output).not.toContain(secret);
});

it("reaches purse webhook listen, which runs at its default address", async () => {
  const listening = start(["webhook", "listen", "--count", "1"], variables);
  await expect.poll(listening.errors, { timeout: 15_000, interval: 5 }).toMatch(/Listening|in use/);
  const { code } = await run(["trigger", "authorized"], variables);
  expect(code).toBe(0);
  expect((await listening.ended).output).toMatch(/payment \S+ AUTHORIZED version 1, secret right/);
});

it("ends with 1, and says so, when the receiver does not accept the webhook", async () => {
  const refused = await triggered("captured", [], 500);
  expect([refused.code, refused.output]).toEqual([
    1,
    expect.stringMatching(/webhooks +not accepted: answered with 500/),
  ]);
  expect(refused.errors).toMatch(/Look at the receiver's log/);
  simulator.reset();
  const absent = await run(["trigger", "authorized", "--webhook-url", "http://127.0.0.1:9/"], variables);
  expect([absent.code, absent.output]).toEqual([
    1,
    expect.stringMatching(/webhooks +not accepted: cannot be reached/),
  ]);
});

it("ends with 1 when the payment takes another course", async () => {
  simulator.partners.next("refuse", { kind: "capture" });
  const { code, errors } = await triggered("captured");
  expect([code, errors]).toEqual([1, expect.stringMatching(/was not captured: http\S+\/_simulator\/ shows/)]);
});

describe("anything but a simulator on this computer", () => {
  it.each([
    ["sandbox", { PURSE_BASE_URL: "", PURSE_ENVIRONMENT: "sandbox" }],
    ["production", { PURSE_BASE_URL: "", PURSE_ENVIRONMENT: "production" }],
    ["another host", { PURSE_BASE_URL: "https://purse.example" }],
    ["a host that looks like this computer", { PURSE_BASE_URL: "https://127.0.0.1.example" }],
    ["nothing", { PURSE_BASE_URL: "http://127.0.0.1:9" }],
    ["a token endpoint elsewhere", { PURSE_TOKEN_URL: "https://purse.example/oauth/token" }],
  ])("is refused: %s", async (_name, given) => {
    const { code, output, errors } = await run(["trigger", "captured"], { ...variables, ...given });
    expect([code, output, errors]).toEqual([4, "", expect.stringMatching(/purse-simulator/)]);
    expect(simulator.requests()).toEqual([]);
  });

  it.each([
    ["a proxy to Purse", 404, "{}"],
    ["a page for every path", 200, "<html>"],
    ["another service with JSON", 200, "{}"],
    ["an array", 200, "[]"],
    ["null", 200, "null"],
    ["a redirect", 302, ""],
  ])("is refused, and sent no credentials: %s", async (_name, status, body) => {
    const seen: string[] = [];
    const other = createServer((request, response) => {
      seen.push(`${request.method ?? ""} ${request.url ?? ""} ${request.headers.authorization ?? "-"}`);
      response
        .writeHead(status, status === 302 ? { location: `${simulator.baseUrl}/_simulator/clock` } : {})
        .end(body);
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo; // It listens on a port, not on a pipe.
    const url = `http://127.0.0.1:${String(port)}`;
    const { code } = await run(["trigger", "captured"], { ...variables, PURSE_BASE_URL: url });
    other.closeAllConnections();
    other.close();
    expect([code, seen]).toEqual([4, ["GET /_simulator/clock -"]]);
  });

  it("is refused as the receiver too, unless it is https", async () => {
    const { code } = await run(["trigger", "captured", "--webhook-url", "http://shop.example/"], variables);
    expect(code).toBe(2);
  });
});

it("is ended by Ctrl-C while it waits for the receiver", async () => {
  const silent = createServer(() => undefined); // Never answers.
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo; // It listens on a port, not on a pipe.
  const url = `http://127.0.0.1:${String(port)}`;
  const running = start(["trigger", "authorized", "--webhook-url", url, "--json"], variables);
  await expect.poll(() => simulator.webhooks().length, { timeout: 15_000, interval: 5 }).toBe(1);
  running.signal("SIGINT");
  const { code, output } = await running.ended;
  silent.closeAllConnections();
  silent.close();
  expect([code, JSON.parse(output)]).toEqual([
    1,
    { error: expect.objectContaining({ code: "aborted" }) as object },
  ]);
});
