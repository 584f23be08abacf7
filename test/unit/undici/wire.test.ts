import { brotliCompressSync, gzipSync } from "node:zlib";
import { Agent } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../src/clock.js";
import { startDeadline } from "../../../src/http/interruption.js";
import { exchange, type ExchangeResult } from "../../../src/http/exchange.js";
import { provesNotSent } from "../../../src/http/failure.js";
import { createUndiciFetch } from "../../../src/undici/index.js";
import { rejectionOf } from "../../support/failures.js";
import { answerText, startRawServer, whenGone, type RawConnection, type RawServer } from "./raw-server.js";
import { fetchText, textOf } from "./read.js";

const text = '{"id":"payment-1"}';

describe("answers on the wire", () => {
  const open: RawServer[] = [];
  const fetch = createUndiciFetch();
  /** With one connection, so that every request has to use it. */
  const fetchOverOne = createUndiciFetch({ dispatcher: new Agent({ connections: 1 }) });

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

  /** What the client makes of it. */
  function exchangeWith(url: string): Promise<ExchangeResult> {
    return exchange(fetch, { url, init: {} }, startDeadline(systemClock, 15_000), 15_000);
  }

  it.each([204, 205, 304])("have no body with %i, and the connection is used again", async (status) => {
    const server = await always(`HTTP/1.1 ${String(status)} Fine\r\ncontent-length: 0\r\n\r\n`);
    const answer = await fetchOverOne(server.url, {});
    expect([answer.status, await textOf(answer)]).toEqual([status, ""]);
    await fetchText(fetchOverOne, server.url);
    expect(server.connections).toHaveLength(1);
  });

  it("have an empty body with 200 and no length left", async () => {
    const server = await always(answerText(""));
    expect(await fetchText(fetch, server.url)).toBe("");
    expect(await exchangeWith(server.url)).toMatchObject({ body: { kind: "unreadable", reason: "empty" } });
  });

  it("are waited for behind early hints", async () => {
    const early = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
    const server = await always(early, early, answerText(text));
    expect(await fetchText(fetchOverOne, server.url, { method: "POST", body: "{}" })).toBe(text);
    await fetchText(fetchOverOne, server.url, { method: "POST" });
    expect(server.connections).toHaveLength(1);
  });

  it("are read from chunks with trailers, and the connection is used again", async () => {
    const head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n";
    const server = await always(head, '8\r\n{"id":"p\r\n', 'a\r\nayment-1"}\r\n', "0\r\nx-sum: 1\r\n\r\n");
    const answer = await fetchOverOne(server.url, {});
    expect(await textOf(answer)).toBe(text);
    expect(answer.headers.get("x-sum")).toBeNull();
    await fetchText(fetchOverOne, server.url);
    expect(server.connections).toHaveLength(1);
  });

  it("that redirect are given as they are, and lead nowhere", async () => {
    const elsewhere = await always(answerText("{}"));
    const server = await always(
      `HTTP/1.1 307 Go\r\nlocation: ${elsewhere.url}/\r\ncontent-length: 0\r\n\r\n`,
    );
    const answer = await fetch(server.url, { method: "POST", body: "{}", redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([307, `${elsewhere.url}/`]);
    expect(elsewhere.connections).toHaveLength(0);
  });

  it("have headers by any case of their names, joined where there are several, and no others", async () => {
    const head =
      "HTTP/1.1 200 OK\r\nX-Two: a\r\nx-two: b\r\nx-name: Zo\u00c3\u00ab \u00e2\u0082\u00ac\r\nset-cookie: c=1\r\n";
    const server = await always(Buffer.from(`${head}content-length: 2\r\n\r\n{}`, "latin1"));
    const [ours, theirs] = [await fetch(server.url, {}), await globalThis.fetch(server.url)];
    for (const name of [
      "x-two",
      "X-TWO",
      "x-name",
      "set-cookie",
      "content-length",
      "x-absent",
      "constructor",
    ])
      expect([name, ours.headers.get(name)]).toEqual([name, theirs.headers.get(name)]);
    const result = await exchangeWith(server.url);
    if (result.kind !== "answer") throw new Error(result.kind);
    expect([...result.headers]).toEqual([...theirs.headers]);
    await textOf(ours);
  });

  describe("packed without being asked for,", () => {
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
      expect(await fetchText(fetchOverOne, server.url)).toBe(text);
      expect(await fetchText(fetchOverOne, server.url)).toBe(text);
      expect(server.connections).toHaveLength(1);
    });

    it("and cut short, or no such thing at all, are lost", async () => {
      const cut = await packed("gzip", gzipSync(text).subarray(0, 20));
      const garbage = await packed("br", Buffer.from("not brotli at all, not at all"));
      for (const { url } of [cut, garbage]) expect(await exchangeWith(url)).toMatchObject({ kind: "lost" });
    });

    it("twice, or in another way, are not read as JSON", async () => {
      for (const encoding of ["gzip, gzip", "zstd"]) {
        const server = await packed(encoding, gzipSync(gzipSync(text)));
        expect(await exchangeWith(server.url)).toMatchObject({ body: { reason: "not_json" } });
      }
    });

    it("with nothing in them are empty", async () => {
      const server = await packed("gzip", new Uint8Array());
      expect(await fetchText(fetch, server.url)).toBe("");
    });

    it.each([
      ["gzip", gzipSync(Buffer.alloc(200_000_000, 32))],
      ["br", brotliCompressSync(Buffer.alloc(200_000_000, 32))],
    ])("into a bomb by %s end at the client's limit, in little memory", async (encoding, bomb) => {
      const server = await packed(encoding, bomb);
      const before = process.memoryUsage();
      const result = await exchangeWith(server.url);
      expect(result).toMatchObject({ status: 200, body: { kind: "unreadable", reason: "too_large" } });
      const after = process.memoryUsage();
      expect(after.external - before.external).toBeLessThan(40_000_000);
    });
  });

  it("that are too large end at the client's limit, and their connection with them", async () => {
    const piece = "x".repeat(1024 * 1024);
    const head = `HTTP/1.1 200 OK\r\ncontent-length: ${String(64 * piece.length)}\r\n\r\n`;
    const server = await always(head, ...Array.from({ length: 64 }, () => piece));
    expect(await exchangeWith(server.url)).toMatchObject({ body: { reason: "too_large" } });
    await whenGone(server.connections[0]);
  });

  describe("that go wrong", () => {
    it.each([
      ["cut off in the head", "HTTP/1.1 200 O"],
      ["cut off in the body", answerText(text).slice(0, -3)],
      ["cut off in a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{}"],
      [
        "cut off in a body of a last answer",
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\n{}",
      ],
      ["of another protocol", "SSH-2.0-OpenSSH\r\n\r\n"],
      ["with two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"],
      [
        "with a length and chunks",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      ],
      ["with a change of protocol", "HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"],
      ["with an unasked 100", `HTTP/1.1 100 Continue\r\n\r\n${answerText(text)}`],
      ["with endless headers", `HTTP/1.1 200 OK\r\n${"a: bbbbbbbb\r\n".repeat(5000)}`],
    ])("%s are lost, after one request", async (_name, bytes) => {
      const server = await serve(async ({ heads, socket }) => {
        await heads(1);
        socket.end(bytes);
      });
      const error = await rejectionOf(fetchText(fetch, server.url, { method: "POST", body: "{}" }));
      expect(provesNotSent(error)).toBe(false);
      expect(server.connections.map(({ received }) => received().match(/POST/g))).toEqual([["POST"]]);
      expect(await exchangeWith(server.url)).toMatchObject({ kind: "lost" });
    });

    it("come early are answers, and what is left of the request does not get in the way", async () => {
      const server = await serve(async ({ heads, socket }, index) => {
        await heads(1);
        // Nothing more of the body is read.
        if (index === 0) socket.pause();
        socket.write(answerText('{"status":413}', "HTTP/1.1 413 Too much"));
      });
      const large = "x".repeat(32 * 1024 * 1024);
      const answer = await fetch(server.url, { method: "POST", body: large });
      expect([answer.status, await textOf(answer)]).toEqual([413, '{"status":413}']);
      server.connections[0]?.socket.resume();
      await whenGone(server.connections[0]);
      expect((await fetch(server.url, {})).status).toBe(413);
      expect(server.connections).toHaveLength(2);
      expect(server.connections[1]?.received()).toMatch(/^GET/);
    });

    it.each(["HTTP/1.1 200 OK\r\n", answerText('"unasked"')])(
      "come unasked on an idle connection end it, and are not taken for the next request's: %j",
      async (unasked) => {
        const server = await serve(async ({ heads, socket }, index) => {
          await heads(1);
          socket.write(answerText(String(index)));
        });
        expect(await fetchText(fetch, server.url)).toBe("0");
        server.connections[0]?.socket.write(unasked);
        await whenGone(server.connections[0]);
        expect(await fetchText(fetch, server.url)).toBe("1");
      },
    );

    it("come unasked in the same packet as the answer end the connection", async () => {
      const server = await serve(async ({ heads, socket }, index) => {
        await heads(1);
        socket.write(answerText(String(index)) + answerText('"unasked"'));
      });
      expect(await fetchText(fetch, server.url)).toBe("0");
      expect(await fetchText(fetch, server.url)).toBe("1");
      expect(server.connections).toHaveLength(2);
    });

    it("that are read slowly wait on the other side, not in memory", async () => {
      const piece = "x".repeat(1024 * 1024);
      const head = `HTTP/1.1 200 OK\r\ncontent-length: ${String(64 * piece.length)}\r\n\r\n`;
      let written = 0;
      const server = await serve(async ({ heads, socket }) => {
        await heads(1);
        socket.write(head);
        for (let count = 0; count < 64; count++)
          await new Promise<void>((resolve) => {
            socket.write(piece, () => {
              written += 1;
              resolve();
            });
          });
      });
      const answer = await fetch(server.url, {});
      // Until nothing moves any more: what is not held back takes it all.
      for (let last = -1; last !== written;) {
        last = written;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      expect(written).toBeLessThan(16);
      expect(await textOf(answer)).toHaveLength(64 * piece.length);
    });

    it("on a connection whose other half is closed are read to the end", async () => {
      const server = await serve(async ({ heads, socket }) => {
        await heads(1);
        socket.end(answerText(text));
      });
      expect(await fetchText(fetch, server.url)).toBe(text);
      await whenGone(server.connections[0]);
    });

    it("are lost where the code of a lost connection reads like one of connecting", async () => {
      const server = await serve(async ({ heads, socket }) => {
        await heads(1);
        socket.write("HTTP/1.1 200");
      });
      const dispatcher = new Agent();
      const failure = rejectionOf(
        createUndiciFetch({ dispatcher })(server.url, { method: "POST", body: "{}" }),
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      const code = "ECONNREFUSED";
      await dispatcher.destroy(Object.assign(new Error(code), { code }));
      expect(await failure).toMatchObject({ code: "ECONNRESET" });
    });
  });
});
