import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Agent as HttpsAgent } from "node:https";
import { provesNotSent } from "../../../src/http/failure.js";
import { createNodeFetch } from "../../../src/node-transport/index.js";
import { failureOf, rejectionOf } from "../../support/failures.js";
import { paymentId, testClient } from "../../support/test-client.js";
import { answerText, startRawServer, type RawServer } from "./raw-server.js";

describe("what the Node transport sends", () => {
  let server: RawServer;
  const nodeFetch = createNodeFetch();

  beforeAll(async () => {
    server = await startRawServer(async ({ heads, socket }) => {
      for (let count = 1; ; count++) {
        await heads(count);
        socket.write(answerText("{}"));
      }
    });
  });

  afterAll(async () => {
    nodeFetch.close();
    await server.stop();
  });

  const inAll = (): string => server.connections.map(({ received }) => received()).join("");

  async function sentBy(path: string, init: RequestInit): Promise<string[]> {
    const before = inAll().length;
    await (await nodeFetch(server.url + path, init)).text();
    return inAll().slice(before).split("\r\n");
  }

  it("writes address, host, headers and nothing else but what HTTP needs", async () => {
    const headers = { "x-api-key": "key", Accept: "application/json" };
    expect(await sentBy("/payment/v2/payments/a%20b?c=d#fragment", { headers, redirect: "manual" })).toEqual([
      "GET /payment/v2/payments/a%20b?c=d HTTP/1.1",
      `host: 127.0.0.1:${String(server.port)}`,
      "accept: application/json",
      "x-api-key: key",
      "accept-encoding: gzip, br",
      "Connection: keep-alive",
      "",
      "",
    ]);
  });

  it("sends a body as the bytes it is, with its length", async () => {
    const text = '{"reference":"café €"}';
    const lines = await sentBy("/", { method: "POST", body: text, headers: new Headers({ a: "b" }) });
    expect(lines).toContain(`content-length: ${String(Buffer.byteLength(text))}`);
    expect(Buffer.from(lines.at(-1) ?? "", "latin1").toString("utf8")).toBe(text);
    const bytes = await sentBy("/", { method: "POST", body: new TextEncoder().encode(text) });
    expect(Buffer.from(bytes.at(-1) ?? "", "latin1").toString("utf8")).toBe(text);
    expect(await sentBy("/", { method: "POST" })).toContain("content-length: 0");
    expect((await sentBy("/", { headers: { "accept-encoding": "identity" } })).join()).not.toContain("gzip");
  });

  it.each<[string, unknown, RequestInit]>([
    ["no absolute URL", "/payments", {}],
    ["a Request", new Request("http://127.0.0.1:9/"), {}],
    ["another protocol", "ftp://127.0.0.1/", {}],
    ["a password in the address", "http://user:word@127.0.0.1:9/", {}],
    ["a method that opens a tunnel", undefined, { method: "CONNECT" }],
    ["a method with a line break", undefined, { method: "GET / HTTP/1.1\r\nx: y\r\n\r\nGET" }],
    ["a GET with a body", undefined, { body: "x" }],
    ["a form as body", undefined, { method: "POST", body: new FormData() }],
    ["redirects to be followed", undefined, { redirect: "follow" }],
    ["a line break in a header", undefined, { headers: { a: "b\r\nc: d" } }],
    ["a header's name that is none", undefined, { headers: { "a b": "c" } }],
    ["a header beyond ASCII", undefined, { headers: { a: "é" } }],
    ...[
      "Transfer-Encoding",
      "Content-Length",
      "Host",
      "Connection",
      "TE",
      "Expect",
      "Upgrade",
      "Trailer",
      "Proxy-Connection",
    ].map((name): [string, undefined, RequestInit] => [
      name,
      undefined,
      { method: "POST", headers: { [name]: "1" } },
    ]),
  ])("refuses %s before anything is sent", async (_name, address, init) => {
    const before = [server.connections.length, inAll().length];
    const url = (address ?? server.url) as string; // Some are none; that is what is tested.
    const error = await rejectionOf(nodeFetch(url, init));
    expect(error).toBeInstanceOf(TypeError);
    expect(provesNotSent(error)).toBe(true);
    await (await nodeFetch(server.url)).text(); // Whatever had been sent would have arrived before this.
    const added = inAll().slice(before[1]);
    expect(added.split("\r\n\r\n")).toHaveLength(2);
    expect(server.connections.length).toBeLessThanOrEqual((before[0] ?? 0) + 1);
  });

  it.each(["a transport that was closed", "an agent for another protocol"])(
    "%s is a call that was not sent, and is not tried again",
    async (what) => {
      const refusing = createNodeFetch(what.startsWith("an") ? { agent: new HttpsAgent() } : {});
      if (!what.startsWith("an")) refusing.close();
      const step = (): Promise<Response> => refusing(server.url, { method: "POST", body: "{}" });
      const client = testClient([step, step, step]);
      const error = await failureOf(client.payments.capture(paymentId, { amount: 3000 }));
      expect(error).toMatchObject({ code: "connection", cause: { code: "REFUSED_BY_TRANSPORT" } });
      expect(error.message).toContain("the transport itself refused the request");
      expect(client.sent).toHaveLength(1);
    },
  );

  it("keeps the password of an address out of its message", async () => {
    await expect(nodeFetch("http://user:pass-word@127.0.0.1:9/")).rejects.not.toThrow(/pass-word/);
  });
});
