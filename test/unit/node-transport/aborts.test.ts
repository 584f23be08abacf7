import { getEventListeners } from "node:events";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createNodeFetch } from "../../../src/node-transport/index.js";
import { answerText, startRawServer, whenGone, type RawConnection, type RawServer } from "./raw-server.js";

describe("aborting a request of the Node transport", () => {
  let server: RawServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  const reason = new Error("enough");

  async function start(script: (connection: RawConnection) => Promise<void> | void): Promise<RawServer> {
    server = await startRawServer(script);
    return server;
  }

  it("before it began sends nothing", async () => {
    const { url, connections } = await start(() => undefined);
    const aborted = createNodeFetch()(url, { signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
    expect(connections).toHaveLength(0);
  });

  it("while connecting leaves no connection", async () => {
    const controller = new AbortController();
    // TEST-NET-1: where packets go nowhere, or are refused at once; the abort is quicker than either.
    const aborted = createNodeFetch()("http://192.0.2.1:9/", { signal: controller.signal });
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("while waiting for one of few connections ends the wait alone", async () => {
    const { url, connections } = await start(async ({ heads, socket }) => {
      await heads(1);
      setTimeout(() => socket.write(answerText("first")), 50);
    });
    const nodeFetch = createNodeFetch({ maxConnections: 1 });
    const controller = new AbortController();
    const first = nodeFetch(url);
    const second = nodeFetch(url, { signal: controller.signal });
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(await (await first).text()).toBe("first");
    expect(connections[0]?.received().match(/GET/g)).toHaveLength(1);
  });

  it("while waiting for the answer closes the connection", async () => {
    let left: Promise<unknown> | undefined;
    const controller = new AbortController();
    const { url } = await start(async (connection) => {
      left = whenGone(connection);
      await connection.heads(1);
      controller.abort(reason);
    });
    await expect(createNodeFetch()(url, { signal: controller.signal })).rejects.toBe(reason);
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
    const answer = await createNodeFetch()(url, { signal: controller.signal });
    const reading = answer.text();
    setImmediate(() => {
      controller.abort(reason);
    });
    await expect(reading).rejects.toBe(reason);
    await left;
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("with a whole body waiting does not pass half of it off as whole", async () => {
    const controller = new AbortController();
    const body = "x".repeat(500_000);
    const { url } = await start(async ({ heads, socket }) => {
      await heads(1);
      socket.write(answerText(body));
    });
    const answer = await createNodeFetch()(url, { signal: controller.signal });
    const reader = answer.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort(reason);
    const readOn = async (): Promise<void> => {
      for (let next = await reader?.read(); next?.done === false; next = await reader?.read());
    };
    await expect(readOn()).rejects.toBe(reason);
  });

  it("after all is over does nothing, and nobody listens any more", async () => {
    const { url, connections } = await start(async ({ heads, socket }) => {
      for (let count = 1; ; count++) {
        await heads(count);
        socket.write(answerText("{}"));
      }
    });
    const nodeFetch = createNodeFetch();
    const controller = new AbortController();
    await (await nodeFetch(url, { signal: controller.signal })).text();
    await new Promise((resolve) => setImmediate(resolve));
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    controller.abort(reason);
    await (await nodeFetch(url)).text();
    expect(connections).toHaveLength(1);
  });

  it("with a reason that is no error rejects with an AbortError", async () => {
    const aborted = createNodeFetch()("http://127.0.0.1:9/", { signal: AbortSignal.abort("text") });
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
  });

  it("cancelling the reader closes the connection", async () => {
    let left: Promise<unknown> | undefined;
    const { url } = await start(async (connection) => {
      left = whenGone(connection);
      await connection.heads(1);
      connection.socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf");
    });
    const answer = await createNodeFetch()(url);
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
    await left;
  });
});
