import { request as sendRaw } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as contract from "../../generated/operations.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { smallOrder } from "../support/simulated.js";

/** DNS rebinding: a web page can point its own host name at this computer. */

let simulator: Simulator;
let port: number;

beforeEach(async () => {
  simulator = createSimulator();
  ({ port } = await simulator.listen());
});

afterEach(() => simulator.close());

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly host: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Sends a request with a chosen Host header, as a browser would for a rebound page. */
function send({ method = "GET", path, host, headers = {}, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path, headers: { ...headers, host } };
    sendRaw(options, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
    })
      .on("error", reject)
      .end(body);
  });
}

async function openSession(): Promise<{ token: string; id: string; page: string; widget: string }> {
  const { clientId, clientSecret, entityId, baseUrl } = simulator;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const granted = await fetch(baseUrl + contract.createAccessToken.path, { method: "POST", body });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const opened = await fetch(baseUrl + contract.createClientSession.path, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ ...smallOrder, entity_id: entityId }),
  });
  const { id } = (await opened.json()) as { id: string };
  const path = `/entities/${entityId}/sessions/${id}`;
  return { token, id, page: path, widget: `/widget${path}` };
}

/** Requests for every route. */
async function everyRoute(): Promise<Omit<Sent, "host">[]> {
  const { token, id, page, widget } = await openSession();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const operations = Object.values(contract).filter(
    (entry): entry is contract.OperationEntry => typeof entry === "object" && "operationId" in entry,
  );
  const form = { "content-type": "application/x-www-form-urlencoded" };
  return [
    ...operations.map(({ method, path }) => ({
      method,
      path: path.replace("{id}", id),
      headers,
      ...(method === "POST" ? { body: "{}" } : {}),
    })),
    { path: page },
    { method: "POST", path: page, headers: form, body: "action=pay" },
    { path: "/links/any" },
    { path: "/widget.js" },
    { path: widget },
    { method: "OPTIONS", path: widget },
    { method: "POST", path: widget, headers: form, body: "action=pay" },
    { path: "/_simulator/" },
    { path: "/_simulator/state" },
    { method: "DELETE", path: "/_simulator/state" },
    { path: "/nowhere" },
  ];
}

const foreign = [
  "evil.example",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "127.0.0.1@evil.example",
  "sub.localhost",
  "10.0.0.1",
  "[::2]",
];

it.each(foreign)("every route refuses the host %s and has no effect", async (name) => {
  const routes = await everyRoute();
  const before = JSON.stringify({ ...simulator.dump(), clock: 0 });
  for (const route of routes) {
    const { status, headers } = await send({ ...route, host: `${name}:${String(port)}` });
    // 400 for an invalid host name.
    expect([route.method, route.path, [400, 403].includes(status ?? 0)]).toEqual([
      route.method,
      route.path,
      true,
    ]);
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  }
  expect(JSON.stringify({ ...simulator.dump(), clock: 0 })).toBe(before);
  expect(simulator.ledger.entries()).toEqual([]);
});

it("a rebound host gets no token and creates no session, and the answer says what to do", async () => {
  const { token } = await openSession();
  const host = `evil.example:${String(port)}`;
  const { clientId, clientSecret, entityId } = simulator;
  const grant = await send({
    method: "POST",
    path: contract.createAccessToken.path,
    host,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`,
  });
  expect([grant.status, grant.text]).toEqual([403, expect.stringMatching(/127\.0\.0\.1.*localhost/)]);
  expect(grant.headers["content-type"]).toBe("application/problem+json");
  const webhook = { url: "http://10.0.0.1/inside", headers: [{ name: "x-chosen", values: ["1"] }] };
  const before = JSON.stringify({ ...simulator.dump(), clock: 0 });
  const opened = await send({
    method: "POST",
    path: contract.createClientSession.path,
    host,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ ...smallOrder, entity_id: entityId, webhook }),
  });
  expect(opened.status).toBe(403);
  expect(JSON.stringify({ ...simulator.dump(), clock: 0 })).toBe(before);
});

it("a foreign Host header is refused even if the request line names this computer", async () => {
  const path = `http://127.0.0.1:${String(port)}${contract.getSigningJwks.path}`;
  expect((await send({ path, host: "evil.example" })).status).toBe(403);
  const absolute = `http://evil.example${contract.getSigningJwks.path}`;
  expect((await send({ path: absolute, host: `127.0.0.1:${String(port)}` })).status).toBe(403);
});

describe("the host names of this computer", () => {
  it.each(["127.0.0.1", "127.9.8.7", "localhost", "LocalHost", "[::1]"])(
    "%s is accepted, with any port or none",
    async (name) => {
      for (const suffix of [`:${String(port)}`, ":80", ""]) {
        const host = name + suffix;
        expect((await send({ path: contract.getSigningJwks.path, host })).status).toBe(200);
        expect((await send({ path: "/_simulator/state", host })).status).toBe(200);
      }
    },
  );

  it("include the host it listens on", async () => {
    await simulator.close();
    simulator = createSimulator();
    ({ port } = await simulator.listen({ host: "::1" }));
    const url = `http://[::1]:${String(port)}`;
    expect((await fetch(url + contract.getSigningJwks.path)).status).toBe(200);
    const page = await fetch(`${url}/_simulator/state`);
    expect(page.status).toBe(200);
  });
});

describe("listening on all addresses", () => {
  beforeEach(async () => {
    await simulator.close();
    simulator = createSimulator();
    ({ port } = await simulator.listen({ host: "0.0.0.0" }));
  });

  it("local callers must still use a loopback name or the listen address", async () => {
    const path = contract.getSigningJwks.path;
    expect((await send({ path, host: "evil.example" })).status).toBe(403);
    for (const name of ["127.0.0.1", "0.0.0.0"])
      expect((await send({ path, host: `${name}:${String(port)}` })).status).toBe(200);
  });
});

it("simulator.fetch works with its own address", async () => {
  await simulator.close();
  simulator = createSimulator();
  const { baseUrl } = simulator;
  expect((await simulator.fetch(baseUrl + contract.getSigningJwks.path)).status).toBe(200);
  const headers = { host: "evil.example" };
  expect((await simulator.fetch(baseUrl + contract.getSigningJwks.path, { headers })).status).toBe(200);
});
