import type { FetchFunction } from "./exchange.js";

/**
 * The runtime's own `fetch`, looked up when it is used, that sends a request once. Some runtimes repeat one by
 * themselves when a reused connection ends before the answer, although the service may have processed it:
 *
 * - Deno does for every method (github.com/denoland/deno, pull requests 32566 and 36415), but cannot repeat a stream.
 * - Bun did before 1.3.14 (github.com/oven-sh/bun, pull request 28708), but not on a connection of its own.
 */
export const runtimeFetch: FetchFunction = async (url, init) => {
  const { method = "GET", body } = init;
  if (method === "GET") return globalThis.fetch(url, init);
  if (isBunThatRepeats()) return globalThis.fetch(url, { ...init, keepalive: false });
  const isText = typeof body === "string" || body === undefined || body === null;
  if (!("Deno" in globalThis) || !isText) return globalThis.fetch(url, init);
  const stream = new Blob(typeof body === "string" ? [body] : []).stream();
  const streamed: RequestInit & { duplex: "half" } = { ...init, body: stream, duplex: "half" };
  try {
    return await globalThis.fetch(url, streamed);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
  }
};

function isBunThatRepeats(): boolean {
  const { Bun } = globalThis as { Bun?: { version: string } };
  if (Bun === undefined) return false;
  const [major = 0, minor = 0, patch = 0] = Bun.version.split(/[.-]/, 3).map(Number);
  return major < 1 || (major === 1 && (minor < 3 || (minor === 3 && patch < 14)));
}

/**
 * Deno tells only in words that no connection was made; these are the codes that other runtimes give. As the request
 * was not repeated, no earlier connection can have carried it. Addresses hold no spaces, so none can read like this.
 */
function codeOf(error: unknown): string | undefined {
  const text = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  const [, reason = ""] = connectFailure.exec(text) ?? [];
  if (reason.startsWith("dns error: ")) return "ENOTFOUND";
  return refused.test(reason) ? "ECONNREFUSED" : undefined;
}

const connectFailure = /^error sending request for url \(\S*\): client error \(Connect\): (.*)/;

/** As Linux, macOS and Windows number it. */
const refused = /\(os error (?:111|61|10061)\)$/;
