import { request as sendRaw } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { paidPayment, simulate, type Simulated } from "../support/simulated.js";

let simulated: Simulated;
beforeEach(() => {
  simulated = simulate();
});
afterEach(() => simulated.simulator.close());

const json = { "content-type": "application/json" };

function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = json) {
  return simulated.simulator.fetch(`${simulated.simulator.baseUrl}/_simulator${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function read(path: string): Promise<unknown> {
  return (await ask("GET", path)).json();
}

describe("over HTTP", () => {
  it("advances, freezes and sets the clock", async () => {
    const { simulator, purse } = simulated;
    const session = await purse.clientSessions.create({
      amount: 1,
      currency: "EUR",
      shopper_redirection_url: "https://shop.example/return",
      order: { reference: "1", net_amount: 1 },
    });
    expect((await ask("POST", "/clock", { advance: { minutes: 31 } })).status).toBe(200);
    expect((await purse.clientSessions.retrieve(session.id)).status).toBe("EXPIRED");
    await ask("POST", "/clock", { frozen: true });
    expect(await (await ask("POST", "/clock", { setTo: "2090-01-01T00:00:00Z" })).json()).toEqual({
      now: "2090-01-01T00:00:00.000Z",
      nowMs: Date.UTC(2090, 0, 1),
      isFrozen: true,
    });
    expect(await read("/clock")).toMatchObject({ nowMs: simulator.clock.nowMs() });
    await ask("POST", "/clock", { frozen: false });
    expect(simulator.clock.isFrozen).toBe(false);
  });

  it("adds, lists and clears faults", async () => {
    const { simulator } = simulated;
    const fault = { kind: "rate_limit", operation: "getPayment", times: 2 };
    const added = await ask("POST", "/faults", fault);
    expect(added.status).toBe(201);
    const { id } = (await added.json()) as { id: string };
    expect(await read("/faults")).toMatchObject([{ ...fault, id, remaining: 2 }]);
    expect((await ask("DELETE", "/faults/unknown")).status).toBe(404);
    expect((await ask("DELETE", `/faults/${id}`)).status).toBe(204);
    expect(simulator.faults.list()).toEqual([]);
    simulator.faults.add({ kind: "drop_before" });
    await ask("DELETE", "/faults");
    expect(simulator.faults.list()).toEqual([]);
  });

  it("adds stale reads, and refuses invalid faults", async () => {
    const { purse } = simulated;
    const { id } = await paidPayment(simulated);
    await purse.payments.capture(id, { amount: 100 });
    expect((await ask("POST", "/faults", { kind: "stale_read", lagMs: 60_000 })).status).toBe(201);
    expect((await purse.payments.retrieve(id)).captures).toEqual([]);
    expect((await purse.payments.retrieve(id)).captures).toHaveLength(1);
    const refused = await ask("POST", "/faults", { kind: "unknown_status", operation: "getPayment" });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      detail: expect.stringContaining("getClientSession") as string,
    });
  });

  it("queues partner answers and settles operations", async () => {
    const { purse } = simulated;
    const { id } = await paidPayment(simulated);
    await ask("POST", "/partners", { answer: "uncertain", kind: "capture" });
    expect(await read("/partners")).toEqual([{ answer: "uncertain", kind: "capture" }]);
    const capture = await purse.payments.capture(id, { amount: 100 }).withResponse();
    expect(capture.operation?.status).toBe("UNCERTAIN");
    const settled = await ask("POST", "/partners/settle", { id: capture.operation?.id, answer: "approve" });
    expect(settled.status).toBe(204);
    expect((await purse.payments.retrieve(id)).amounts.total_captured).toBe(100);
    await ask("POST", "/partners", { answer: "refuse" });
    await ask("DELETE", "/partners");
    expect(await read("/partners")).toEqual([]);
  });

  it("rotates the signing key", async () => {
    expect(await (await ask("POST", "/signing-keys", { kid: 7, retireAfterMs: 0 })).json()).toEqual({
      kid: 7,
    });
    expect(await read("/signing-keys")).toMatchObject({ keys: [{ kid: 7 }] });
  });

  it("lists ledger, requests and webhooks, and resends one", async () => {
    const { id } = await paidPayment(simulated);
    expect(await read(`/ledger?paymentId=${id}`)).toMatchObject([{ kind: "authorization", amount: 12000 }]);
    expect(await read("/ledger?paymentId=other")).toEqual([]);
    expect(await read("/requests")).toEqual(simulated.simulator.requests());
    expect(await read("/webhooks")).toEqual([]);
    expect((await ask("POST", "/webhooks/unknown/redeliver", {})).status).toBe(404);
  });

  it("dumps, clears and loads the state", async () => {
    const { id } = await paidPayment(simulated);
    const dump = await read("/state");
    expect((await ask("DELETE", "/state")).status).toBe(204);
    expect(simulated.simulator.ledger.entries()).toEqual([]);
    expect((await ask("PUT", "/state", dump)).status).toBe(204);
    expect((await simulated.purse.payments.retrieve(id)).id).toBe(id);
  });

  it("creates a demo session", async () => {
    const answer = await ask("POST", "/sessions", { amount: 100, currency: "JPY", locale: "fr-FR" });
    const session = (await answer.json()) as { id: string; links: { hosted_page: { href: string } } };
    const page = await simulated.simulator.fetch(session.links.hosted_page.href);
    expect(await page.text()).toContain('<html lang="fr">');
    const { redirectUrl } = await simulated.simulator.shopper.pay(session.id);
    expect(redirectUrl).toContain("/_simulator/returned?");
  });

  it("is not in the request log and not subject to faults", async () => {
    simulated.simulator.faults.add({ kind: "drop_before", times: "always" });
    expect((await ask("GET", "/overview")).status).toBe(200);
    expect(simulated.simulator.requests()).toEqual([]);
  });
});

it.each([
  ["POST", "/clock", {}, "advance"],
  ["POST", "/clock", { advance: { minutes: 1 }, frozen: true }, "one of"],
  ["POST", "/clock", { advance: 5 }, "hours"],
  ["POST", "/clock", { advance: { weeks: 1 } }, "weeks"],
  ["POST", "/clock", { setTo: "soon" }, "ISO 8601"],
  ["POST", "/clock", { setTo: "1999-01-01" }, "set back"],
  ["POST", "/clock", { frozen: "yes" }, "true or false"],
  ["POST", "/clock", { faster: 2 }, "faster"],
  ["POST", "/faults", { kind: "explode" }, "drop_before"],
  ["POST", "/faults", [], "JSON object"],
  ["POST", "/partners", { answer: "maybe" }, "approve"],
  ["POST", "/partners", { answer: "uncertain", kind: "authorization" }, "authorization"],
  ["POST", "/partners", { answer: "refuse", kind: "gift" }, "capture"],
  ["POST", "/partners/settle", { id: "x", answer: "approve" }, "pending"],
  ["POST", "/signing-keys", { kid: "" }, "kid"],
  ["POST", "/sessions", { amount: 0 }, "minor units"],
  ["POST", "/sessions", { currency: "XXX" }, "EUR"],
  ["PUT", "/state", { format: "x" }, "format"],
])("answers %s %s %j with a problem that says what to do", async (method, path, body, word) => {
  const response = await ask(method, path, body);
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const { detail } = (await response.json()) as { detail: string };
  expect(detail).toContain(word);
});

describe("pages of other sites", () => {
  const fault = { kind: "drop_before" };
  const nothingHappened = (): void => {
    expect(simulated.simulator.faults.list()).toEqual([]);
  };

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])(
    "cannot send a form of %s",
    async (type) => {
      expect((await ask("POST", "/faults", fault, { "content-type": type })).status).toBe(415);
      nothingHappened();
    },
  );

  it.each([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:4011" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("are refused by %j", async (headers) => {
    for (const method of ["POST", "DELETE"] as const) {
      const response = await ask(method, "/faults", method === "POST" ? fault : undefined, {
        ...json,
        ...headers,
      });
      expect(response.status).toBe(403);
    }
    expect((await ask("GET", "/state", undefined, headers)).status).toBe(403);
    nothingHappened();
  });

  it("get no CORS headers", async () => {
    for (const path of ["/", "/state", "/overview", "/dashboard.js"]) {
      const { headers } = await ask("GET", path);
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
    expect((await ask("OPTIONS", "/faults")).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("may link to the dashboard", async () => {
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await ask("GET", "/", undefined, headers)).status).toBe(200);
    expect((await ask("POST", "/faults", fault, { ...json, ...headers })).status).toBe(403);
    nothingHappened();
  });

  it("are refused under another host name that resolves to this computer", async () => {
    const { port } = await simulated.simulator.listen();
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `evil.example:${String(port)}` };
      sendRaw({ host: "127.0.0.1", port, path: "/_simulator/state", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
    expect((await fetch(`http://127.0.0.1:${String(port)}/_simulator/state`)).status).toBe(200);
  });
});

describe("the dashboard", () => {
  it("has a content security policy that allows only its own script and style", async () => {
    for (const path of ["/", "", "/widget", "/returned"]) {
      const response = await ask("GET", path);
      expect(response.status).toBe(200);
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe");
      expect(policy).toContain("frame-ancestors 'none'");
      const html = await response.text();
      expect(html).not.toMatch(/<script(?! src="\/_simulator\/[\w-]+\.js" defer><\/script>)/);
      expect(html).not.toMatch(/\son\w+=|style=|https?:\/\//);
    }
  });

  it("labels every field and list", async () => {
    const html = await (await ask("GET", "/")).text();
    for (const [, id = ""] of html.matchAll(/aria-labelledby="([\w-]+)"/g))
      expect(html).toContain(`id="${id}"`);
    const fields = [...html.matchAll(/<(?:select|input)[^>]*name="(\w+)"/g)].map(([, name]) => name);
    const labelled = [...html.matchAll(/<label[^>]*>[^<]+<(?:select|input)[^>]*name="(\w+)"/g)];
    expect(labelled.map(([, name]) => name)).toEqual(fields);
  });

  it("receives neither card numbers nor webhook secrets", async () => {
    const { purse, simulator } = simulated;
    const session = await purse.clientSessions.create({
      amount: 1,
      currency: "EUR",
      shopper_redirection_url: "https://shop.example/return",
      order: { reference: "1", net_amount: 1 },
      webhook: { url: "ftp://shop.example", headers: [{ name: "x-secret", values: ["hush-hush"] }] },
    });
    await simulator.shopper.pay(session.id);
    const text = JSON.stringify(await read("/overview"));
    expect(text).not.toContain("hush-hush");
    expect(text).not.toContain("4111");
    expect(text).toContain(session.id);
  });
});

describe("the address that the simulator prints", () => {
  const open = (accept: string | undefined, method = "GET", path = "/"): Promise<Response> =>
    simulated.simulator.fetch(simulated.simulator.baseUrl + path, {
      method,
      headers: accept === undefined ? {} : { accept },
      redirect: "manual",
    });

  it.each([
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Text/HTML",
  ])("leads a browser to the dashboard (%s)", async (accept) => {
    const answer = await open(accept);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/_simulator/"]);
    expect((await open(accept, "GET", "/_simulator/")).headers.get("content-type")).toMatch(/^text\/html/);
  });

  it.each([undefined, "*/*", "application/json", "text/plain"])(
    "stays unknown to programs (%s)",
    async (accept) => {
      expect((await open(accept)).status).toBe(404);
      expect((await open("text/html", "POST")).status).toBe(404);
      expect((await open("text/html", "GET", "/payment/v2/payments/x")).status).toBe(401);
    },
  );
});
