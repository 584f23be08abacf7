import { afterEach, expect, test, vi } from "vitest";
import { provesNotSent } from "../../../src/http/failure.js";
import { runtimeFetch } from "../../../src/http/runtime-fetch.js";
import { rejectionOf } from "../../support/failures.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

const url = "https://purse.test/v2/payments";
const post: RequestInit = { method: "POST", body: '{"amount":1200}' };

/** What the runtime's `fetch` is called with, in a runtime that has only the given global of its own. */
async function sentIn(
  runtime: Record<string, unknown>,
  init: RequestInit,
): Promise<RequestInit & { duplex?: string }> {
  const sent: RequestInit[] = [];
  for (const [name, value] of Object.entries(runtime)) if (!(name in globalThis)) vi.stubGlobal(name, value);
  vi.stubGlobal("fetch", (_: string, given: RequestInit) => {
    sent.push(given);
    return Promise.resolve(new Response());
  });
  await runtimeFetch(url, init);
  return sent[0] ?? {};
}

test.skipIf("Deno" in globalThis)("in an unknown runtime a request is sent as it is", async () => {
  vi.stubGlobal("process", undefined);
  expect(await sentIn({}, post)).toBe(post);
  vi.stubGlobal("process", { versions: {} });
  expect(await sentIn({}, post)).toBe(post);
});

const inNode = !("Deno" in globalThis || "Bun" in globalThis);

/** Node, by the version of the library that its `fetch` comes from. */
function stubNode(undici: string): void {
  vi.stubGlobal("process", { versions: { undici } });
}

test
  .runIf(inNode)
  .each(["6.21.1", "6.28.1", "7.2.0", "7.18.2", "7.25.0", "7.29.1", "8.1.0", "8.10.2", "9.0.0"])(
  "in Node, with undici %s, a request is sent as a stream of known length, which it cannot send again",
  async (version) => {
    stubNode(version);
    const headers = { "content-type": "application/json", "x-idempotency-key": "key-1" };
    const sent = await sentIn({}, { ...post, headers, body: '{"name":"Zoë"}' });
    expect(sent.duplex).toBe("half");
    expect(sent.body).toBeInstanceOf(ReadableStream);
    expect(await new Response(sent.body ?? null).text()).toBe('{"name":"Zoë"}');
    expect(Object.fromEntries(new Headers(sent.headers))).toEqual({ ...headers, "content-length": "15" });
  },
);

test.runIf(inNode).each(["7.19.0", "7.20.0", "7.24.7", "8.0.0", "8.0.2"])(
  "in Node, with undici %s, a request is sent as text: with a stream every 401 would be an error",
  async (version) => {
    stubNode(version);
    expect(await sentIn({}, post)).toBe(post);
  },
);

test.runIf(inNode)("in Node a read, and a body that is no text, are sent as they are", async () => {
  stubNode("6.21.1");
  for (const init of [{ method: "GET" }, {}, { ...post, body: new Uint8Array(1) }]) {
    expect(await sentIn({}, init)).toBe(init);
  }
});

test.runIf(inNode)("in Node a failure is passed on as it is", async () => {
  stubNode("6.21.1");
  const words = `error sending request for url (${url}): client error (Connect): dns error: x`;
  const error = new TypeError("fetch failed", { cause: new Error(words) });
  vi.stubGlobal("fetch", () => Promise.reject(error));
  expect(await rejectionOf(runtimeFetch(url, post))).toBe(error);
});

test.each([
  ["text", '{"amount":1200}', '{"amount":1200}'],
  ["no body", undefined, ""],
  ["a body of null", null, ""],
])("in Deno %s is sent as a stream, which it cannot send again", async (_, body, text) => {
  const { body: sent, duplex } = await sentIn(
    { Deno: {} },
    { method: "POST", ...(body === undefined ? {} : { body }) },
  );
  expect(sent).toBeInstanceOf(ReadableStream);
  expect(await new Response(sent ?? null).text()).toBe(text);
  expect(duplex).toBe("half");
});

test("in Deno a read is sent as it is", async () => {
  const read = { method: "GET" };
  expect(await sentIn({ Deno: {} }, read)).toBe(read);
});

const failures: [string, string, boolean][] = [
  ["refused on Linux", "client error (Connect): tcp connect error: Connection refused (os error 111)", true],
  ["refused on macOS", "client error (Connect): tcp connect error: Connection refused (os error 61)", true],
  ["refused on Windows", "client error (Connect): tcp connect error: refused (os error 10061)", true],
  ["an unknown name", "client error (Connect): dns error: failed to lookup address information", true],
  ["a silent address", "client error (Connect): tcp connect error: timed out (os error 110)", true],
  ["no network", "client error (Connect): tcp connect error: unreachable (os error 101)", true],
  ["no way to the host", "client error (Connect): tcp connect error: No route to host (os error 113)", true],
  ["no port left", "client error (Connect): tcp connect error: Cannot assign address (os error 99)", true],
  ["no file left", "client error (Connect): tcp open error: Too many open files (os error 24)", true],
  ["a refusal while sending", "client error (SendRequest): Connection refused (os error 111)", false],
  ["a number of another meaning", "client error (Connect): tcp connect error: reset (os error 104)", false],
  ["an unknown failure to connect", "client error (Connect): invalid peer certificate", false],
  ["a reset", "client error (SendRequest): connection error: Connection reset by peer (os error 104)", false],
];

test.each(failures)("in Deno %s is told by its code alone", async (_, words, isNotSent) => {
  if (!("Deno" in globalThis)) vi.stubGlobal("Deno", {});
  const cause = new Error(`error sending request for url (${url}): ${words}`);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed", { cause })));
  expect(provesNotSent(await rejectionOf(runtimeFetch(url, post)))).toBe(isNotSent);
});

test("in Deno no address can pass for a failure to connect", async () => {
  if (!("Deno" in globalThis)) vi.stubGlobal("Deno", {});
  const words =
    "error sending request from 127.0.0.1:1 for https://x/): client error (Connect): dns error: x";
  const cause = new Error(words);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed", { cause })));
  expect(provesNotSent(await rejectionOf(runtimeFetch(url, post)))).toBe(false);
});

test.skipIf("Deno" in globalThis || "Bun" in globalThis).each([
  ["1.2.23", false],
  ["1.3.12", false],
  ["1.3.13-canary.2", false],
  ["1.3.14", undefined],
  ["1.4.0", undefined],
  ["2.0.0", undefined],
])("Bun %s sends with keepalive: %s", async (version, keepalive) => {
  const { keepalive: sent, body } = await sentIn({ Bun: { version } }, post);
  expect({ sent, body }).toEqual({ sent: keepalive, body: post.body });
});
