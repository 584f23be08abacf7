import { getEventListeners } from "node:events";
import { gzipSync } from "node:zlib";
import { Agent } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { createUndiciFetch } from "../../../src/undici/index.js";
import { answerText, startRawServer, whenGone, type RawConnection, type RawServer } from "./raw-server.js";
import { fetchText, textOf } from "./read.js";

describe("aborting a request over undici", () => {
  let server: RawServer | undefined;
  const fetch = createUndiciFetch();
  const reason = new Error("enough");

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function start(script: (connection: RawConnection) => Promise<void> | void): Promise<RawServer> {
    server = await startRawServer(script);
    return server;
  }

  it("before it began sends nothing", async () => {
    const { url, connections } = await start(() => undefined);
    await expect(fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(connections).toHaveLength(0);
  });

  it("while connecting ends the wait at once", async () => {
    const controller = new AbortController();
    // TEST-NET-1: where packets go nowhere, or are refused at once; the abort is quicker than either.
    const aborted = fetch("http://192.0.2.1:9/", { signal: controller.signal });
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("while waiting for one of few connections ends the wait alone, and sends nothing", async () => {
    const { url, connections } = await start(async ({ heads, socket }) => {
      await heads(1);
      setTimeout(() => socket.write(answerText("first")), 50);
    });
    const fetchOverOne = createUndiciFetch({ dispatcher: new Agent({ connections: 1 }) });
    const controller = new AbortController();
    const first = fetchOverOne(url, {});
    const second = fetchOverOne(`${url}/second`, { signal: controller.signal });
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(await textOf(await first)).toBe("first");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(connections.map(({ received }) => received()).join("")).not.toContain("second");
  });

  it("while waiting for the answer closes the connection", async () => {
    let left: Promise<unknown> | undefined;
    const controller = new AbortController();
    const { url } = await start(async (connection) => {
      left = whenGone(connection);
      await connection.heads(1);
      controller.abort(reason);
    });
    await expect(fetch(url, { signal: controller.signal })).rejects.toBe(reason);
    await left;
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it.each([
    ["plain", "", Buffer.from('{"a"')],
    ["packed", "content-encoding: gzip\r\n", gzipSync('{"a":1}').subarray(0, 15)],
  ])("in the middle of a %s body ends the reading and the connection", async (_name, header, piece) => {
    let left: Promise<unknown> | undefined;
    const controller = new AbortController();
    const { url } = await start(async (connection) => {
      left = whenGone(connection);
      await connection.heads(1);
      connection.socket.write(`HTTP/1.1 200 OK\r\n${header}content-length: 1000\r\n\r\n`);
      connection.socket.write(piece);
    });
    const reading = textOf(await fetch(url, { signal: controller.signal }));
    setImmediate(() => {
      controller.abort(reason);
    });
    await expect(reading).rejects.toBe(reason);
    await left;
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("with more of the body waiting does not pass half of it off as whole", async () => {
    const controller = new AbortController();
    const { url } = await start(async ({ heads, socket }) => {
      await heads(1);
      socket.write(answerText("x".repeat(500_000)));
    });
    const answer = await fetch(url, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort(reason);
    await expect(textOf(answer)).rejects.toBe(reason);
  });

  it("after all is over does nothing, and has no listener any more", async () => {
    const { url, connections } = await start(async ({ heads, socket }) => {
      for (let count = 1; ; count++) {
        await heads(count);
        socket.write(answerText("{}"));
      }
    });
    const fetchOverOne = createUndiciFetch({ dispatcher: new Agent({ connections: 1 }) });
    const controller = new AbortController();
    await fetchText(fetchOverOne, url, { signal: controller.signal });
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    controller.abort(reason);
    expect(await fetchText(fetchOverOne, url)).toBe("{}");
    expect(connections).toHaveLength(1);
  });

  it("ends the connection when the rest of the body is not wanted", async () => {
    let left: Promise<unknown> | undefined;
    const { url } = await start(async (connection) => {
      left = whenGone(connection);
      await connection.heads(1);
      connection.socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf");
    });
    const { body } = await fetch(url, {});
    const pieces = body as AsyncIterableIterator<Uint8Array, undefined>; // As the transport gives it.
    await pieces.next();
    await pieces.return?.();
    await left;
  });
});
