import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createUndiciFetch } from "../../../src/undici/index.js";
import { answerText, startRawServer, whenGone, type RawConnection, type RawServer } from "./raw-server.js";
import { fetchText } from "./read.js";

describe("connections that the transport over undici makes by itself", () => {
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

  it("are used again", async () => {
    const { url, connections } = await start(answering());
    const fetch = createUndiciFetch();
    for (let count = 0; count < 20; count++) await fetchText(fetch, url);
    expect(connections.length).toBeLessThan(5);
  });

  it("carry one request at a time, and are at most 256", async () => {
    const { url, connections } = await start(async ({ heads, socket, received }) => {
      for (let count = 1; ; count++) {
        await heads(count);
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(received().match(/GET/g)).toHaveLength(count);
        socket.write(answerText("{}"));
      }
    });
    const fetch = createUndiciFetch();
    const answers = await Promise.all(Array.from({ length: 600 }, () => fetchText(fetch, url)));
    expect(answers).toHaveLength(600);
    expect(connections).toHaveLength(256);
  });

  it("are closed before the other side would, as it says", async () => {
    const { url, connections } = await start(answering("\r\nkeep-alive: timeout=3, max=10"));
    await fetchText(createUndiciFetch(), url);
    await whenGone(connections[0]);
  });

  it("are closed when they were idle for four seconds", async () => {
    const { url, connections } = await start(answering());
    await fetchText(createUndiciFetch(), url);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(connections[0]?.socket.readableEnded).toBe(false);
    await whenGone(connections[0]);
  });

  it("are not used again when the other side says so, or has closed them", async () => {
    const { url, connections } = await start(answering("\r\nconnection: close"));
    const fetch = createUndiciFetch();
    for (let count = 0; count < 2; count++) await fetchText(fetch, url, { method: "POST", body: "{}" });
    expect(connections).toHaveLength(2);
  });

  it("do not keep a process running", async () => {
    const lasting = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => lasting.listen(0, "127.0.0.1", resolve));
    const { port } = lasting.address() as AddressInfo; // It listens on a port, not on a pipe.
    const program = `
      import { createUndiciFetch } from "./src/undici/index.ts";
      const { body } = await createUndiciFetch()("http://127.0.0.1:${String(port)}/", {});
      for await (const _ of body);
      console.log("done");
    `;
    const args = ["--import", "tsx", "--input-type=module", "--eval", program];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const startedAtMs = performance.now();
    let doneAtMs = startedAtMs;
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += String(chunk);
      doneAtMs = performance.now();
    });
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
    expect(output).toBe("done\n");
    // Long before the connection would be closed for being idle.
    expect(performance.now() - doneAtMs).toBeLessThan(3000);
    lasting.closeAllConnections();
    await new Promise((resolve) => lasting.close(resolve));
  });
});
