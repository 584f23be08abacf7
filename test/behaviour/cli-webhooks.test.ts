import { createServer, request as sendRaw, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { createWebhookSecretHeader } from "../../src/webhooks/index.js";
import { run, start, variablesOf, without, type Running, type Variables } from "../support/command.js";
import { smallOrder } from "../support/simulated.js";

const secret = "a-secret-that-only-purse-knows";

const json = { "content-type": "application/json" };

let simulator: Simulator;
let variables: Variables;
let purse: Purse;

beforeAll(async () => {
  simulator = createSimulator({ clientSecret: "a-private-test-secret" });
  await simulator.listen();
  variables = { ...variablesOf(simulator), PURSE_WEBHOOK_SECRET: secret };
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  purse = new Purse({ baseUrl, clientId, clientSecret, entityId });
});

afterAll(() => simulator.close());

async function listen(
  options: readonly string[],
  given = variables,
): Promise<{ running: Running; url: string }> {
  const running = start(["webhook", "listen", "--port", "0", ...options], given);
  await expect
    .poll(running.errors, { timeout: 15_000, interval: 5 })
    .toMatch(/Listening on http:\/\/127\.0\.0\.1:\d+\//);
  return { running, url: /http:\S+/.exec(running.errors())?.[0] ?? "" };
}

/** Makes a payment that notifies that address, and returns its id. */
async function payAndNotify(url: string): Promise<string> {
  const webhook = { url, headers: [createWebhookSecretHeader({ secret })] };
  const session = await purse.clientSessions.create({ ...smallOrder, webhook });
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  return (await purse.redirection.verify(redirectUrl)).payment_id ?? "";
}

it("prints a genuine delivery, reads the payment back, and ends after --count deliveries", async () => {
  const { running, url } = await listen(["--count", "1", "--read-back"]);
  const paymentId = await payAndNotify(url);
  const { code, output, errors } = await running.ended;
  expect(code).toBe(0);
  expect(output).toMatch(
    new RegExp(
      `^\\d\\d:\\d\\d:\\d\\d payment ${paymentId} AUTHORIZED version 1, secret right, ` +
        "read back: AUTHORIZED version 1, captured 0.00 EUR\n$",
    ),
  );
  expect(errors).toMatch(/1 accepted\.\n$/);
  await simulator.idle();
});

it("refuses deliveries without the secret or without a notification, and counts neither", async () => {
  const { running, url } = await listen([]);
  const post = async (headers: Record<string, string>, body: string): Promise<number> =>
    (await fetch(url, { method: "POST", headers: { ...json, ...headers }, body })).status;
  const header = { "x-purse-webhook-secret": secret };
  expect(await post({}, "{}")).toBe(401);
  expect(await post({ "x-purse-webhook-secret": `${secret}x` }, "{}")).toBe(401);
  expect(await post(header, "not JSON")).toBe(400);
  expect(await post(header, "x".repeat(1024 * 1024 + 1))).toBe(413);
  expect((await fetch(url)).status).toBe(405);
  running.signal("SIGINT");
  const { code, output, errors } = await running.ended;
  expect(code).toBe(0);
  expect(output.match(/refused: \w+/g)).toEqual([
    "refused: secret_wrong",
    "refused: secret_wrong",
    "refused: body_invalid",
    "refused: body_too_large",
    "refused: method_not_allowed",
  ]);
  expect(errors).toMatch(/0 accepted\.\n$/);
});

it("refuses deliveries from web pages and bodies other than JSON even with the right secret, and forwards none", async () => {
  let passedOn = 0;
  const application = createServer((_request, response) => {
    passedOn += 1;
    response.end();
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  const { port } = application.address() as AddressInfo;
  const body = JSON.stringify({ id: crypto.randomUUID(), version: 1 });
  const right = { ...json, "x-purse-webhook-secret": secret };
  for (const given of [variables, without(variables, "PURSE_WEBHOOK_SECRET")]) {
    const { running, url } = await listen(["--forward", `http://127.0.0.1:${String(port)}/hook`], given);
    const post = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        // fetch does not let these headers be set.
        const sent = sendRaw(url, { method: "POST", headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on("error", reject).end(body);
      });
    for (const marks of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: url.replace(/\/$/, "") },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
    ]) {
      expect([marks, await post({ ...right, ...marks })]).toEqual([marks, 403]);
      expect(await post({ ...marks, "content-type": "text/plain" })).toBe(403);
    }
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "text/json",
    ])
      expect([type, await post({ ...right, "content-type": type })]).toEqual([type, 415]);
    expect(await post({ "x-purse-webhook-secret": secret })).toBe(415);
    expect((await fetch(url, { headers: { origin: "https://evil.example" } })).status).toBe(403);
    expect(passedOn).toBe(0);
    expect(await post({ ...right, "content-type": "application/json; charset=utf-8" })).toBe(200);
    expect(passedOn).toBe(1);
    passedOn = 0;
    running.signal("SIGINT");
    const { output, errors } = await running.ended;
    expect(output).toMatch(/refused: .*web page \(answered 403\)/);
    expect(output).toMatch(/refused: content_type_unsupported \(answered 415\)/);
    expect(errors).toMatch(/1 accepted\.\n$/);
  }
  application.close();
});

it("forwards a delivery unchanged, and answers with the receiver's status", async () => {
  const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
  const application = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      seen.push({ headers: request.headers, body });
      response.writeHead(seen.length === 1 ? 503 : 204).end();
    });
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  const { port } = application.address() as AddressInfo;
  const { running, url } = await listen([
    "--count",
    "1",
    "--forward",
    `http://127.0.0.1:${String(port)}/hook`,
  ]);
  // Refused once by the application, so the simulator sends it again.
  const paymentId = await payAndNotify(url);
  const { code, output } = await running.ended;
  expect(code).toBe(0);
  expect(output.match(/forwarded, answered \d+/g)).toEqual([
    "forwarded, answered 503",
    "forwarded, answered 204",
  ]);
  expect(seen.map(({ headers }) => headers["x-purse-webhook-secret"])).toEqual([secret, secret]);
  expect(JSON.parse(seen[0]?.body ?? "")).toMatchObject({ id: paymentId });
  application.close();
  await simulator.idle();
});

it("warns that it accepts any sender without a secret, and prints a delivery on one line", async () => {
  const { running, url } = await listen(["--count", "1"], without(variables, "PURSE_WEBHOOK_SECRET"));
  expect(running.errors()).toMatch(/ANY SENDER IS ACCEPTED/);
  const body = JSON.stringify({ id: "x\n12:00:00 payment y secret right\u001b[2J", version: 1 });
  expect((await fetch(url, { method: "POST", headers: json, body })).status).toBe(200);
  const { output } = await running.ended;
  expect(output).toMatch(/secret not checked\n$/);
  expect(output.trimEnd().split("\n")).toHaveLength(1);
  expect(output).not.toContain("\u001b");
});

it("ends after --for seconds, with code 1 if fewer than --count deliveries arrived", async () => {
  expect((await run(["webhook", "listen", "--port", "0", "--for", "0.2"], variables)).code).toBe(0);
  const waited = ["webhook", "listen", "--port", "0", "--for", "0.2", "--count", "1"];
  expect((await run(waited, variables)).code).toBe(1);
});

it("reports that the port is taken and how to choose another, and that the secret is too short", async () => {
  const { port } = new URL(simulator.baseUrl);
  const taken = await run(["webhook", "listen", "--port", port], variables);
  expect([taken.code, taken.errors]).toEqual([
    2,
    expect.stringMatching(/^purse: Port \d+ is already in use\. Call it again with --port /),
  ]);
  const short = await run(["webhook", "listen"], { ...variables, PURSE_WEBHOOK_SECRET: "short" });
  expect([short.code, short.errors]).toEqual([4, expect.stringMatching(/PURSE_WEBHOOK_SECRET must have 16/)]);
});

it("stops reading a payment when it is ended", async () => {
  simulator.faults.add({ kind: "stall_before", operation: "getPayment", times: "always" });
  const reads = (): number => simulator.requests().filter(({ path }) => path.includes(unread)).length;
  const unread = crypto.randomUUID();
  const { running, url } = await listen(["--read-back", "--deadline", "600"]);
  const headers = { ...json, "x-purse-webhook-secret": secret };
  const body = JSON.stringify({ id: unread, version: 1 });
  const delivery = fetch(url, { method: "POST", headers, body }).catch(() => undefined);
  await expect.poll(reads, { timeout: 15_000 }).toBe(1);
  running.signal("SIGINT");
  const { code, output } = await running.ended;
  simulator.faults.clear();
  await delivery;
  expect(code).toBe(0);
  expect(output).toMatch(/could not be read back \(aborted\)/);
});

it("exits at the second Ctrl-C without waiting for the first one", async () => {
  const { running } = await listen([]);
  running.signal("SIGINT");
  expect(() => {
    running.signal("SIGINT");
  }).toThrow("exit 3");
  await running.ended;
});
