import { refusedByTransport } from "../http/failure.js";

/** A request whose every part was checked. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  /** Names and values in turn, as node:http takes them without looking at them twice. */
  readonly headers: string[];
  readonly body: string | Uint8Array | undefined;
}

/** They describe the connection or where the message ends: who sets them can smuggle a second request. */
const reservedHeaders: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const visibleAscii = /^[\x20-\x7e\t]*$/;

/** @throws TypeError as `fetch` does for what it cannot send, before anything is sent. */
export function readRequest(address: unknown, init: RequestInit): Outgoing {
  const url = readUrl(address);
  const method = init.method ?? "GET";
  if (!methods.has(method)) refuse(`the method must be one of ${[...methods].join(", ")}.`);
  if (init.redirect === "follow") refuse('redirects are not followed: use `redirect: "manual"`.');
  const body = readBody(init.body);
  if (body !== undefined && (method === "GET" || method === "HEAD")) refuse(`a ${method} has no body.`);
  const headers = readHeaders(init.headers, url);
  if (body !== undefined) {
    headers.push(
      "content-length",
      String(typeof body === "string" ? Buffer.byteLength(body) : body.byteLength),
    );
  } else if (method !== "GET" && method !== "HEAD") {
    headers.push("content-length", "0");
  }
  return { url, method, headers, body };
}

function readUrl(address: unknown): URL {
  if (typeof address !== "string" && !(address instanceof URL))
    refuse("the address must be a string or a URL, not a Request.");
  const url = parse(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") refuse("the address must be http or https.");
  if (url.username !== "" || url.password !== "")
    refuse("the address must not carry a user name or password.");
  return url;
}

function parse(address: string | URL): URL {
  try {
    return new URL(address);
  } catch {
    // What the platform says of an address may repeat it, with all that is in it.
    return refuse("the address is not an absolute URL.");
  }
}

function readHeaders(given: RequestInit["headers"], url: URL): string[] {
  const headers = toHeaders(given);
  const flat = ["host", url.host];
  for (const [name, value] of headers) {
    if (reservedHeaders.has(name)) refuse(`the header ${name} is set by the transport itself.`);
    // Others would be written as bytes that depend on what they are sent together with.
    if (!visibleAscii.test(value)) refuse(`the header ${name} must be visible ASCII.`);
    flat.push(name, value);
  }
  if (!headers.has("accept-encoding")) flat.push("accept-encoding", "gzip, br");
  return flat;
}

function toHeaders(given: RequestInit["headers"]): Headers {
  try {
    return given instanceof Headers ? given : new Headers(given);
  } catch {
    // What the platform says of a header may repeat it.
    return refuse("a header has a name or a value that HTTP does not allow.");
  }
}

function readBody(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  return refuse("the body must be text or a Uint8Array.");
}

/** Fails a request that never leaves, with the code that says so to the client. */
export function refuse(message: string): never {
  throw Object.assign(new TypeError(`Not sent: ${message}`), { code: refusedByTransport });
}
