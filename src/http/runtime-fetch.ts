import type { FetchFunction } from "./fetch-like.js";

/**
 * The runtime's own `fetch`, looked up on each use, kept from sending a POST twice. Most runtimes repeat some:
 *
 * - Deno does when a reused connection ends before the answer, although the service may have processed the request
 *   (github.com/denoland/deno, pull requests 32566 and 36415), but cannot repeat a stream.
 * - Bun did the same before 1.3.14 (github.com/oven-sh/bun, pull request 28708), but not on a connection of its own.
 * - Node does on status 421, as the fetch standard wants, but cannot repeat a stream. Where its undici makes an error of
 *   a stream's 401 (github.com/nodejs/undici, issue 5018), the body stays text and a 421 is repeated once: by HTTP it was
 *   not processed, and the second request has the same key and bytes.
 */
export const runtimeFetch: FetchFunction = async (url, init) => {
  const { method = "GET", body = null } = init;
  if (method === "GET") return globalThis.fetch(url, init);
  if (isBunThatRepeats()) return globalThis.fetch(url, { ...init, keepalive: false });
  const isDeno = "Deno" in globalThis;
  if (!(isDeno || isNodeThatRepeats()) || !(typeof body === "string" || body === null)) {
    return globalThis.fetch(url, init);
  }
  const bytes = new TextEncoder().encode(body ?? "");
  const headers = new Headers(init.headers);
  // Otherwise Node would send it in chunks; Deno does in any case.
  if (!isDeno) headers.set("content-length", String(bytes.length));
  const streamed: RequestInit & { duplex: "half" } = {
    ...init,
    headers,
    body: streamOf(bytes),
    duplex: "half",
  };
  try {
    return await globalThis.fetch(url, streamed);
  } catch (error) {
    const told = isDeno ? connectFailureOf(error) : undefined;
    if (told === undefined) throw error;
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(told.code), told) });
  }
};

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

function isNodeThatRepeats(): boolean {
  const { Bun, process } = globalThis as { Bun?: unknown; process?: { versions?: { undici?: string } } };
  const undici = process?.versions?.undici;
  return Bun === undefined && undici !== undefined && !/^(?:7\.(?:19|2[0-4])|8\.0)\./.test(undici);
}

function isBunThatRepeats(): boolean {
  const { Bun } = globalThis as { Bun?: { version: string } };
  if (Bun === undefined) return false;
  const [major = 0, minor = 0, patch = 0] = Bun.version.split(/[.-]/, 3).map(Number);
  return major < 1 || (major === 1 && (minor < 3 || (minor === 3 && patch < 14)));
}

/**
 * Deno says only in words that no connection was made; these are the codes and system calls that Node has. The request was
 * not repeated, so no earlier connection can have carried it. URLs contain no spaces, so none can look like this.
 */
function connectFailureOf(error: unknown): { code: string; syscall: string } | undefined {
  const text = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  const [, step, number = ""] = connectFailure.exec(text) ?? [];
  if (step === "dns") return { code: "ENOTFOUND", syscall: "getaddrinfo" };
  const code = systemErrors[number];
  return code === undefined ? undefined : { code, syscall: "connect" };
}

const connectFailure =
  /^error sending request for url \(\S*\): client error \(Connect\): (?:(dns) error: |.*\(os error (\d+)\)$)/;

/** As Linux numbers them; a refused connection has a number of its own on macOS and on Windows. */
const systemErrors: Readonly<Record<string, string>> = {
  24: "EMFILE",
  61: "ECONNREFUSED",
  99: "EADDRNOTAVAIL",
  101: "ENETUNREACH",
  110: "ETIMEDOUT",
  111: "ECONNREFUSED",
  113: "EHOSTUNREACH",
  10061: "ECONNREFUSED",
};
