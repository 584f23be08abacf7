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

test.skipIf("Deno" in globalThis)("elsewhere a request is sent as it is", async () => {
  expect(await sentIn({}, post)).toBe(post);
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
  ["an unknown name", "client error (Connect): dns error: failed to lookup address information", true],
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
