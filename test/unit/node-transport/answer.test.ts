import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNodeFetch } from "../../../src/node-transport/index.js";
import { startRawServer, type RawServer } from "./raw-server.js";

const body = '{"text":"café €"}';

async function collect<T>(pieces: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

describe("an answer of the Node transport", () => {
  let server: RawServer;
  const nodeFetch = createNodeFetch();

  beforeAll(async () => {
    server = await startRawServer(async ({ heads, socket }) => {
      for (let count = 1; ; count++) {
        await heads(count);
        const bytes = Buffer.from(body);
        const head = "HTTP/1.1 201 Made\r\nContent-Type: application/json\r\nX-Two: a\r\nx-two: b\r\n";
        socket.write(
          `${head}set-cookie: c=1\r\nset-cookie: d=2\r\ncontent-length: ${String(bytes.length)}\r\n\r\n`,
        );
        // In the middle of a character.
        socket.write(bytes.subarray(0, 13));
        setImmediate(() => socket.write(bytes.subarray(13)));
      }
    });
  });

  afterAll(async () => {
    nodeFetch.close();
    await server.stop();
  });

  const get = (): Promise<Response> => nodeFetch(`${server.url}/path?a=b`, {});

  it("has the head that a Response of fetch has", async () => {
    const [ours, theirs] = [await get(), await fetch(`${server.url}/path?a=b`)];
    for (const name of ["status", "statusText", "ok", "url", "redirected", "bodyUsed"] as const)
      expect(ours[name]).toEqual(theirs[name]);
    expect([...ours.headers]).toEqual([...theirs.headers]);
    expect(ours.headers.get("x-two")).toBe("a, b");
    await Promise.all([ours.text(), theirs.text()]);
  });

  it.each<[string, (answer: Response) => Promise<unknown>, unknown]>([
    ["text", (answer) => answer.text(), body],
    ["json", (answer) => answer.json() as Promise<unknown>, JSON.parse(body)],
    ["bytes", (answer) => answer.bytes(), new TextEncoder().encode(body)],
    ["arrayBuffer", async (answer) => Buffer.from(await answer.arrayBuffer()).toString(), body],
    [
      "blob",
      async (answer) => {
        const blob = await answer.blob();
        return [blob.type, await blob.text()];
      },
      ["application/json", body],
    ],
    [
      "clone",
      async (answer) => {
        const other = answer.clone();
        return [await other.text(), await answer.text()];
      },
      [body, body],
    ],
    ["body", (answer) => new Response(answer.body).text(), body],
    ["iteration", async (answer) => Buffer.concat(await collect(answer.body ?? [])).toString(), body],
    [
      "tee",
      async (answer) => Promise.all((answer.body?.tee() ?? []).map((half) => new Response(half).text())),
      [body, body],
    ],
    [
      "pipeThrough",
      async (answer) => (await collect(answer.body?.pipeThrough(new TextDecoderStream()) ?? [])).join(""),
      body,
    ],
    [
      "pipeTo",
      async (answer) => {
        const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
        const [text] = await Promise.all([new Response(readable).text(), answer.body?.pipeTo(writable)]);
        return text;
      },
      body,
    ],
  ])("gives its body by %s, once", async (_name, read, expected) => {
    const answer = await get();
    expect(answer.bodyUsed).toBe(false);
    expect(await read(answer)).toEqual(expected);
    expect(answer.bodyUsed).toBe(true);
    await expect(answer.text()).rejects.toBeInstanceOf(TypeError);
    expect(() => answer.clone()).toThrow(TypeError);
  });

  it("gives its body to one reader, as a stream does", async () => {
    const { body: stream } = await get();
    const reader = stream?.getReader();
    if (stream === null || reader === undefined) throw new Error("no body");
    expect(stream.locked).toBe(true);
    expect(() => stream.getReader()).toThrow(TypeError);
    expect(() => stream.tee()).toThrow(TypeError);
    const text = new TextDecoder();
    let read = "";
    for (let next = await reader.read(); !next.done; next = await reader.read())
      read += text.decode(next.value, { stream: true });
    expect(read).toBe(body);
    await reader.closed;
    reader.releaseLock();
    expect(stream.locked).toBe(false);
    await expect(reader.read()).rejects.toBeInstanceOf(TypeError);
  });

  it.each<[string, (answer: Response) => Promise<unknown>]>([
    ["the body", async (answer) => answer.body?.cancel()],
    ["a reader of the body", async (answer) => answer.body?.getReader().cancel()],
    [
      "both halves of a clone",
      async (answer) => {
        const other = answer.clone();
        await Promise.all([other.body?.cancel(), answer.body?.cancel()]);
      },
    ],
  ])("ends the connection when %s is cancelled, as nobody reads the rest", async (_name, cancel) => {
    let ended: (() => void) | undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const endless = await startRawServer(async ({ heads, socket }) => {
      socket.once("end", () => ended?.());
      await heads(1);
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nfirst");
    });
    await cancel(await nodeFetch(endless.url));
    await end;
    await endless.stop();
  });

  it("reads a form", async () => {
    const forms = await startRawServer(async ({ heads, socket }) => {
      await heads(1);
      socket.end("HTTP/1.1 200 OK\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\na=b&c=d");
    });
    const form = await (await nodeFetch(forms.url)).formData();
    expect([...form]).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    await forms.stop();
  });
});
