import { Agent } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createNodeFetch, type NodeFetch } from "../../../src/node-transport/index.js";
import { exchange } from "../../../src/http/exchange.js";
import { systemClock } from "../../../src/clock.js";
import { answerText, startRawServer, whenGone, type RawConnection, type RawServer } from "./raw-server.js";

const text = '{"id":"payment-1"}';

describe("answers on the wire", () => {
  const open: RawServer[] = [];
  const nodeFetch: NodeFetch = createNodeFetch();

  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.stop()));
  });

  async function serve(script: (connection: RawConnection, index: number) => Promise<void> | void) {
    const server = await startRawServer(script);
    open.push(server);
    return server;
  }

  /** A server that answers every request with the same bytes. */
  const always = (...pieces: (string | Uint8Array)[]): Promise<RawServer> =>
    serve(async ({ heads, socket }) => {
      for (let count = 1; ; count++) {
        await heads(count);
        for (const piece of pieces) socket.write(piece);
      }
    });

  it.each([204, 205, 304])("has no body with %i, and uses the connection again", async (status) => {
    const server = await always(`HTTP/1.1 ${String(status)} Fine\r\ncontent-length: 0\r\n\r\n`);
    const answer = await nodeFetch(server.url);
    expect([answer.status, answer.body, await answer.text()]).toEqual([status, null, ""]);
    await nodeFetch(server.url);
    expect(server.connections).toHaveLength(1);
  });

  it("has no body after HEAD, whatever length is announced, and uses the connection again", async () => {
    const server = await always("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n");
    expect((await nodeFetch(server.url, { method: "HEAD" })).body).toBeNull();
    expect((await nodeFetch(server.url, { method: "HEAD" })).headers.get("content-length")).toBe("5000");
    expect(server.connections).toHaveLength(1);
  });

  it("has an empty body with 200 and no length left", async () => {
    const server = await always(answerText(""));
    const answer = await nodeFetch(server.url);
    expect(answer.body).not.toBeNull();
    expect(await answer.text()).toBe("");
  });

  it("waits behind answers that are not final", async () => {
    const early = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
    const server = await always(early, early, answerText(text));
    expect(await (await nodeFetch(server.url, { method: "POST", body: "{}" })).json()).toEqual({
      id: "payment-1",
    });
    await (await nodeFetch(server.url, { method: "POST" })).text();
    expect(server.connections).toHaveLength(1);
  });

  it("reads chunks with trailers, and uses the connection again", async () => {
    const head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n";
    const server = await always(head, '8\r\n{"id":"p\r\n', 'a\r\nayment-1"}\r\n', "0\r\nx-sum: 1\r\n\r\n");
    const answer = await nodeFetch(server.url);
    expect(await answer.text()).toBe(text);
    expect(answer.headers.has("x-sum")).toBe(false);
    await (await nodeFetch(server.url)).text();
    expect(server.connections).toHaveLength(1);
  });

  it("gives redirects as they are, and goes nowhere else", async () => {
    const elsewhere = await always(answerText("{}"));
    const server = await always(
      `HTTP/1.1 307 Go\r\nlocation: ${elsewhere.url}/\r\ncontent-length: 0\r\n\r\n`,
    );
    const answer = await nodeFetch(server.url, { method: "POST", body: "{}", redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([307, `${elsewhere.url}/`]);
    expect(elsewhere.connections).toHaveLength(0);
  });

  describe("packed", () => {
    const packed = (encoding: string, bytes: Uint8Array): Promise<RawServer> =>
      always(
        `HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${String(bytes.length)}\r\n\r\n`,
        bytes,
      );

    it.each([
      ["gzip", gzipSync(text)],
      ["x-gzip", gzipSync(text)],
      ["GZIP", gzipSync(text)],
      ["br", brotliCompressSync(text)],
      ["identity", Buffer.from(text)],
    ])("as %s are unpacked, and the connection is used again", async (encoding, bytes) => {
      const server = await packed(encoding, bytes);
      expect(await (await nodeFetch(server.url)).text()).toBe(text);
      expect(await (await nodeFetch(server.url)).text()).toBe(text);
      expect(server.connections).toHaveLength(1);
    });

    it("and cut short, or no such thing at all, are failures and not answers", async () => {
      const cut = await packed("gzip", gzipSync(text).subarray(0, 20));
      await expect((await nodeFetch(cut.url)).text()).rejects.toBeInstanceOf(TypeError);
      const garbage = await packed("br", Buffer.from("not brotli at all, not at all"));
      await expect((await nodeFetch(garbage.url)).text()).rejects.toBeInstanceOf(TypeError);
    });

    it("twice, or in a way that was not asked for, are left as they are", async () => {
      const twice = gzipSync(gzipSync(text));
      const server = await packed("gzip, gzip", twice);
      expect(Buffer.from(await (await nodeFetch(server.url)).arrayBuffer())).toEqual(twice);
    });

    it("with nothing in them are empty", async () => {
      const server = await packed("gzip", new Uint8Array());
      expect(await (await nodeFetch(server.url)).text()).toBe("");
    });

    it.each([
      ["gzip", gzipSync(Buffer.alloc(200_000_000, 32))],
      ["br", brotliCompressSync(Buffer.alloc(200_000_000, 32))],
    ])("into a bomb by %s end at the client's limit, in little memory", async (encoding, bomb) => {
      const server = await packed(encoding, bomb);
      const before = process.memoryUsage();
      const limits = { clock: systemClock, endsAtMs: systemClock.monotonicMs() + 15_000, signal: undefined };
      const result = await exchange(({ signal }) => nodeFetch(server.url, { signal }), limits, 15_000);
      expect(result).toMatchObject({ status: 200, body: { kind: "unreadable", reason: "too_large" } });
      const after = process.memoryUsage();
      expect(after.external - before.external).toBeLessThan(40_000_000);
      // The connection is of no more use, and is not kept for the next.
      await whenGone(server.connections[0]);
    });
  });

  describe("that go wrong", () => {
    const failureOf = async (server: RawServer): Promise<unknown> =>
      nodeFetch(server.url, { method: "POST", body: "{}" }).then(
        async (answer) => answer.text(),
        (error: unknown) => error,
      );

    it("cut off in head or body are lost, with a code that does not say that nothing was sent", async () => {
      const head = await serve(async ({ heads, socket }) => {
        await heads(1);
        socket.end("HTTP/1.1 200 O");
      });
      expect(await failureOf(head)).toMatchObject({ message: "fetch failed", cause: { code: "ECONNRESET" } });
      const body = await serve(async ({ heads, socket }) => {
        await heads(1);
        socket.end(answerText(text).slice(0, -3));
      });
      await expect(failureOf(body)).rejects.toMatchObject({
        message: "terminated",
        cause: { code: "ECONNRESET" },
      });
    });

    it.each([
      ["no HTTP", "SSH-2.0-OpenSSH\r\n\r\n"],
      ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"],
      [
        "a length and chunks",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      ],
      ["a header folded", "HTTP/1.1 200 OK\r\na: b\r\n c\r\ncontent-length: 2\r\n\r\n{}"],
      ["a change of protocol", "HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"],
      ["endless headers", `HTTP/1.1 200 OK\r\n${"a: bbbbbbbb\r\n".repeat(5000)}`],
    ])("with %s are failures", async (_name, bytes) => {
      const server = await always(bytes);
      expect(await failureOf(server)).toMatchObject({
        message: "fetch failed",
        cause: { code: expect.any(String) as string },
      });
    });

    it("come early are answers, and the connection is not used again", async () => {
      const server = await serve(async ({ heads, socket }, index) => {
        await heads(1);
        // Nothing more of the body is read.
        if (index === 0) socket.pause();
        socket.write(answerText('{"status":413}', "HTTP/1.1 413 Too much"));
      });
      const large = "x".repeat(32 * 1024 * 1024);
      const lasting = createNodeFetch({ idleTimeoutMs: 60_000 });
      const answer = await lasting(server.url, { method: "POST", body: large });
      expect([answer.status, await answer.text()]).toEqual([413, '{"status":413}']);
      server.connections[0]?.socket.resume();
      await whenGone(server.connections[0]);
      expect((await lasting(server.url)).status).toBe(413);
      expect(server.connections).toHaveLength(2);
      expect(server.connections[1]?.received()).toMatch(/^GET/);
    });

    it("come twice end the connection, and are not taken for the next request's", async () => {
      const server = await serve(async ({ heads, socket }, index) => {
        await heads(1);
        socket.write(answerText(String(index)));
      });
      const lasting = createNodeFetch({ idleTimeoutMs: 60_000 });
      expect(await (await lasting(server.url)).text()).toBe("0");
      // A piece of it, which would not even be a fault by itself.
      server.connections[0]?.socket.write("HTTP/1.1 200 OK\r\n");
      await whenGone(server.connections[0]);
      expect(await (await lasting(server.url)).text()).toBe("1");
      lasting.close();
    });

    it("that are read slowly wait on the other side, not in memory", async () => {
      const piece = "x".repeat(1024 * 1024);
      const head = `HTTP/1.1 200 OK\r\ncontent-length: ${String(64 * piece.length)}\r\n\r\n`;
      const server = await always(head, ...Array.from({ length: 64 }, () => piece));
      const agent = new Agent();
      const reader = (await createNodeFetch({ agent })(server.url)).body?.getReader();
      await reader?.read();
      const taken = (): number => Object.values(agent.sockets).flat()[0]?.bytesRead ?? NaN;
      // Until nothing moves any more: whoever is not held back takes it all.
      for (let last = -1; last !== taken();) {
        last = taken();
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      expect(taken()).toBeLessThan(16 * 1024 * 1024);
      let length = 0;
      for (let next = await reader?.read(); next?.done === false; next = await reader?.read())
        length += next.value.byteLength;
      expect(length).toBeGreaterThan(60 * 1024 * 1024);
    });

    it("on a connection whose other half is closed are read to the end", async () => {
      const server = await serve(async ({ heads, socket }) => {
        await heads(1);
        socket.end(answerText(text));
      });
      expect(await (await nodeFetch(server.url)).text()).toBe(text);
      await whenGone(server.connections[0]);
    });
  });
});
