import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/**
 * Beside what applications load to watch their HTTP requests, or to replace them in tests. These packages are large, and
 * installed apart: `npm ci --prefix test/company`.
 */
const folder = "test/company";

interface Request {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let requests: Request[];
let baseUrl: string;
let stop: () => Promise<void>;

beforeEach(async () => {
  requests = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      requests.push({ method: request.method, url: request.url, headers: request.headers, body });
      const isToken = request.url === "/oauth/token";
      // The first capture is answered by nothing at all.
      if (!isToken && requests.filter(({ url }) => url === request.url).length === 1)
        request.socket.destroy();
      const grant = { access_token: "token", token_type: "Bearer", expires_in: 60 };
      response.end(JSON.stringify(isToken ? grant : { id: "payment-1", captures: [] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  baseUrl = `http://127.0.0.1:${String(port)}`;
  stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  };
});

afterEach(() => stop());

/** Runs the program beside one of them; `preload` is loaded before all else. */
async function runBeside(companion: string, ...preload: string[]): Promise<unknown> {
  const loaded = [...preload, "tsx"].flatMap((module) => ["--import", module]);
  const child = spawn(process.execPath, [...loaded, "main.mjs", companion, baseUrl, "payment-1"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) output += String(chunk);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}

const captures = (): Request[] => requests.filter(({ url }) => url?.endsWith("/captures"));

/** What both attempts must have carried to the wire. */
function expectWholeRequests(): void {
  const sent = captures().map(({ method, headers, body }) => [
    method,
    headers.authorization,
    headers["x-api-key"],
    headers["x-idempotency-key"],
    headers["content-type"],
    headers.host,
    body,
  ]);
  const host = new URL(baseUrl).host;
  const whole = ["POST", "Bearer token", "api-key", "key-1", "application/json", host, '{"amount":700}'];
  expect(sent).toEqual([whole, whole]);
}

const captured = { id: "payment-1", attempts: 2 };

describe.skipIf(!existsSync(`${folder}/node_modules`))("the client in company", () => {
  it("alone: what the others are compared with", async () => {
    expect(await runBeside("alone")).toEqual(captured);
    expectWholeRequests();
  });

  it("of OpenTelemetry over undici has one HTTP span an attempt, below the caller's", async () => {
    const { result, spans } = (await runBeside("opentelemetry")) as {
      result: unknown;
      spans: { id: string; parent?: string; name: string; path?: string }[];
    };
    expect(result).toEqual(captured);
    expectWholeRequests();
    const checkout = spans.find(({ name }) => name === "checkout");
    const attempts = spans.filter(({ path }) => path?.endsWith("/captures"));
    expect(attempts.map(({ name, parent }) => [name, parent])).toEqual([
      ["POST", checkout?.id],
      ["POST", checkout?.id],
    ]);
    const onTheWire = captures().map(({ headers }) => String(headers["traceparent"]).split("-")[2]);
    expect(onTheWire).toEqual(attempts.map(({ id }) => id));
  });

  it.each([
    ["Sentry", "sentry", ["@sentry/node/import"], "sentry-trace"],
    ["Datadog's tracer", "datadog", ["dd-trace/initialize.mjs"], "x-datadog-trace-id"],
  ])("of %s over undici sends every header as it should be", async (_name, companion, preload, trace) => {
    expect(await runBeside(companion, ...preload)).toEqual(captured);
    expectWholeRequests();
    expect(captures().map(({ headers }) => typeof headers[trace])).toEqual(["string", "string"]);
  });

  it("of nock or msw over the plain fetch asks these, and not the network", async () => {
    const result = { id: "payment-1", attempts: 1 };
    expect(await runBeside("nock")).toEqual({ result, unreplaced: "connection", left: [] });
    const asked = [["key-1", { amount: 700 }]];
    expect(await runBeside("msw")).toEqual({ result, unreplaced: "connection", asked });
    expect(requests).toEqual([]);
  });
});
