import { Agent, Dispatcher } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { provesNotSent } from "../../../src/http/failure.js";
import { createUndiciFetch, type FetchLike } from "../../../src/undici/index.js";
import { failureOf, rejectionOf } from "../../support/failures.js";
import { throws } from "../../support/stub-fetch.js";
import { paymentId, testClient } from "../../support/test-client.js";
import { answerText, startRawServer, type RawServer } from "./raw-server.js";
import { fetchText } from "./read.js";

describe("what the transport over undici sends", () => {
  let server: RawServer;
  const fetch = createUndiciFetch();

  beforeAll(async () => {
    server = await startRawServer(async ({ heads, socket }) => {
      for (let count = 1; ; count++) {
        await heads(count);
        socket.write(answerText("{}"));
      }
    });
  });

  afterAll(() => server.stop());

  const lengths = (): number[] => server.connections.map(({ received }) => received().length);

  /** What arrived meanwhile, on any connection. */
  async function sentBy(path: string, init: RequestInit): Promise<string[]> {
    const before = lengths();
    await fetchText(fetch, server.url + path, init);
    const added = server.connections.map(({ received }, index) => received().slice(before[index] ?? 0));
    return added.join("").split("\r\n");
  }

  it("is address, host, headers and nothing else but what HTTP needs", async () => {
    const headers = { "x-api-key": "key", Accept: "application/json" };
    expect(await sentBy("/payment/v2/payments/a%20b?c=d#fragment", { headers, redirect: "manual" })).toEqual([
      "GET /payment/v2/payments/a%20b?c=d HTTP/1.1",
      `host: 127.0.0.1:${String(server.port)}`,
      "connection: keep-alive",
      "accept: application/json",
      "x-api-key: key",
      "accept-encoding: identity",
      "",
      "",
    ]);
  });

  it("is a body as the bytes it is, with its length", async () => {
    const text = '{"reference":"café €"}';
    const lines = await sentBy("/", { method: "POST", body: text, headers: new Headers({ a: "b" }) });
    expect(lines).toContain(`content-length: ${String(Buffer.byteLength(text))}`);
    expect(Buffer.from(lines.at(-1) ?? "", "latin1").toString("utf8")).toBe(text);
    const bytes = await sentBy("/", { method: "POST", body: new TextEncoder().encode(text) });
    expect(Buffer.from(bytes.at(-1) ?? "", "latin1").toString("utf8")).toBe(text);
    expect(await sentBy("/", { method: "POST" })).toContain("content-length: 0");
    const asked = await sentBy("/", { headers: { "Accept-Encoding": "gzip" } });
    expect(asked.filter((line) => /^accept-encoding/i.test(line))).toEqual(["accept-encoding: gzip"]);
  });

  const closed = new Agent();
  void closed.close();
  const destroyed = new Agent();
  void destroyed.destroy();

  /** As of undici 6 and older, which know no other handlers. */
  class OldDispatcher extends Dispatcher {
    override dispatch(): boolean {
      throw Object.assign(new Error("invalid onConnect method"), { code: "UND_ERR_INVALID_ARG" });
    }
  }

  it.each<[string, RequestInit, FetchLike]>([
    ["a form as body", { body: new FormData() }, fetch],
    ["a stream as body", { body: new Blob(["x"]).stream() }, fetch],
    ["a method with a line break", { method: "GET / HTTP/1.1\r\nx: y\r\n\r\nGET" }, fetch],
    ...["Transfer-Encoding", "Keep-Alive", "Upgrade", "Expect"].map(
      (name): [string, RequestInit, FetchLike] => [`the header ${name}`, { headers: { [name]: "1" } }, fetch],
    ),
    ["a request to a dispatcher that was closed", {}, createUndiciFetch({ dispatcher: closed })],
    ["a request to a dispatcher that was destroyed", {}, createUndiciFetch({ dispatcher: destroyed })],
    ["a request to an old dispatcher", {}, createUndiciFetch({ dispatcher: new OldDispatcher() })],
  ])("is not %s: that is refused before anything is sent, and not tried again", async (_name, init, send) => {
    const before = lengths();
    const error = await rejectionOf(send(server.url, { method: "POST", ...init }));
    expect(error).toMatchObject({ code: "REFUSED_BY_TRANSPORT" });
    expect(provesNotSent(error)).toBe(true);
    const step = throws(error);
    const client = testClient([step, step, step]);
    const failure = await failureOf(client.payments.capture(paymentId, { amount: 3000 }));
    expect(failure).toMatchObject({ code: "connection", cause: { code: "REFUSED_BY_TRANSPORT" } });
    expect(failure.message).toContain("the transport itself refused the request");
    expect(client.sent).toHaveLength(1);
    expect(lengths()).toEqual(before);
  });
});
