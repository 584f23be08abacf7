import { spawn } from "node:child_process";
import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createNodeFetch } from "../../../src/node-transport/index.js";
import { answerText, startRawServer, whenGone, type RawConnection, type RawServer } from "./raw-server.js";

describe("connections of the Node transport", () => {
  let server: RawServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function start(script: (connection: RawConnection, index: number) => Promise<void> | void) {
    server = await startRawServer(script);
    return server;
  }

  /** Answers every request, each after the last was answered. */
  const answering =
    (header = "") =>
    async ({ heads, socket }: RawConnection): Promise<void> => {
      for (let count = 1; ; count++) {
        await heads(count);
        socket.write(answerText("{}", `HTTP/1.1 200 OK${header}`));
      }
    };

  it("are used again, the last used first", async () => {
    const { url, connections } = await start(answering());
    const nodeFetch = createNodeFetch();
    await Promise.all([1, 2, 3].map(async () => (await nodeFetch(url)).text()));
    expect(connections).toHaveLength(3);
    const before = connections.map(({ received }) => received().length);
    for (let count = 0; count < 5; count++) await (await nodeFetch(url)).text();
    const after = connections.map(({ received }) => received().length);
    expect(after.filter((length, index) => length > (before[index] ?? 0))).toHaveLength(1);
    expect(connections).toHaveLength(3);
  });

  it("are at most as many as were asked for", async () => {
    const { url, connections } = await start(answering());
    const nodeFetch = createNodeFetch({ maxConnections: 2 });
    const answers = await Promise.all(Array.from({ length: 50 }, async () => (await nodeFetch(url)).text()));
    expect(answers).toHaveLength(50);
    expect(connections).toHaveLength(2);
  });

  it("are closed when they were idle for long enough", async () => {
    const { url, connections } = await start(answering());
    await (await createNodeFetch({ idleTimeoutMs: 30 })(url)).text();
    await whenGone(connections[0]);
  });

  it("are closed no later than the other side says that it would", async () => {
    const { url, connections } = await start(answering("\r\nkeep-alive: timeout=2, max=10"));
    // Without that word it would be kept for longer than the test may take.
    await (await createNodeFetch({ idleTimeoutMs: 60_000 })(url)).text();
    await whenGone(connections[0]);
  });

  it("are not used again when the other side says so", async () => {
    const { url, connections } = await start(answering("\r\nconnection: close"));
    const nodeFetch = createNodeFetch();
    for (let count = 0; count < 2; count++) await (await nodeFetch(url)).text();
    expect(connections).toHaveLength(2);
  });

  it("closed by the other side while idle are not used again", async () => {
    const { url, connections } = await start(answering());
    const nodeFetch = createNodeFetch();
    await (await nodeFetch(url)).text();
    const gone = new Promise((resolve) => connections[0]?.socket.once("close", resolve));
    connections[0]?.socket.end();
    await gone;
    await (await nodeFetch(url, { method: "POST", body: "{}" })).text();
    expect(connections).toHaveLength(2);
  });

  it("that are not there in time failed with nothing sent", async () => {
    // Takes connections and says nothing: the agreement on TLS never comes.
    const { port } = await start(() => undefined);
    const late = createNodeFetch({ connectTimeoutMs: 50 })(`https://127.0.0.1:${String(port)}`);
    await expect(late).rejects.toMatchObject({
      message: "fetch failed",
      cause: { code: "UND_ERR_CONNECT_TIMEOUT" },
    });
  });

  it("that stood never count as not there in time", async () => {
    const { url } = await start(async ({ heads, socket }) => {
      await heads(1);
      setTimeout(() => socket.write(answerText("{}")), 150);
    });
    expect(await (await createNodeFetch({ connectTimeoutMs: 50 })(url)).text()).toBe("{}");
  });

  it("come from an agent of the caller's, if there is one", async () => {
    const { url, connections } = await start(answering());
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const nodeFetch = createNodeFetch({ agent });
    await Promise.all([1, 2, 3].map(async () => (await nodeFetch(url)).text()));
    expect(connections).toHaveLength(1);
    nodeFetch.close();
    expect(Object.values(agent.freeSockets)).toHaveLength(1);
    agent.destroy();
    await expect(nodeFetch(url)).rejects.toThrow(/closed/);
    // One that cannot speak the protocol says so before anything is sent.
    await expect(createNodeFetch({ agent })("https://127.0.0.1:9/")).rejects.toMatchObject({
      code: "REFUSED_BY_TRANSPORT",
    });
  });

  it("lost for a reason that an agent words as refused do not count as never made", async () => {
    const { url } = await start(async ({ heads, socket }) => {
      await heads(1);
      socket.write("HTTP/1.1 200");
    });
    const agent = new Agent();
    const nodeFetch = createNodeFetch({ agent });
    const failure = nodeFetch(url, { method: "POST", body: "{}" });
    const code = "ECONNREFUSED";
    setTimeout(() => {
      const [socket] = Object.values(agent.sockets).flat();
      socket?.destroy(Object.assign(new Error(code), { code }));
    }, 50);
    await expect(failure).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  });

  it("that are idle end with close(), and no others are made", async () => {
    const { url, connections } = await start(answering());
    const nodeFetch = createNodeFetch();
    await (await nodeFetch(url)).text();
    const gone = whenGone(connections[0]);
    nodeFetch.close();
    await gone;
    await expect(nodeFetch(url)).rejects.toThrow("Not sent: the transport is closed.");
    expect(connections).toHaveLength(1);
  });

  it("under way outlive close() until they are answered", async () => {
    const { url, connections } = await start(async ({ heads, socket }) => {
      await heads(1);
      setTimeout(() => socket.write(answerText('"late"')), 50);
    });
    const nodeFetch = createNodeFetch();
    const answer = nodeFetch(url);
    await new Promise((resolve) => setTimeout(resolve, 10));
    nodeFetch.close();
    expect(await (await answer).json()).toBe("late");
    await whenGone(connections[0]);
  });

  it("do not keep a process running", async () => {
    const lasting = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => lasting.listen(0, "127.0.0.1", resolve));
    const { port } = lasting.address() as AddressInfo; // It listens on a port, not on a pipe.
    const program = `
      import { createNodeFetch } from "./src/node-transport/index.ts";
      const nodeFetch = createNodeFetch({ idleTimeoutMs: 1_000_000 });
      await (await nodeFetch("http://127.0.0.1:${String(port)}/")).text();
      console.log("done");
    `;
    const args = ["--import", "tsx", "--input-type=module", "--eval", program];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    // Hangs, and fails by the test's time-out, when something keeps it running.
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
    expect(output).toBe("done\n");
    lasting.closeAllConnections();
    await new Promise((resolve) => lasting.close(resolve));
  });
});
