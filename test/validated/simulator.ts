import { appendFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { serve } from "@hono/node-server";
import {
  createSimulator as createDirectSimulator,
  type Fault,
  type Simulator,
  type SimulatorOptions,
} from "../../src/simulator/index.js";

export * from "../../src/simulator/index.js";

/** Requests of the documented API; pages and controls of the simulator are no part of it. */
const apiPath = /^\/(?:payment\/|oauth\/)/;

/**
 * Stands in for `createSimulator` in the behaviour tests: what clients send through `simulator.fetch` takes the way over a
 * proxy that compares requests and answers with the spec. Injected faults break the contract on purpose, and go directly.
 */
export function createSimulator(options?: SimulatorOptions): Simulator {
  const direct = createDirectSimulator(options);
  let port: Promise<number> | undefined;

  async function fetchThroughProxy(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const { origin, pathname, search } = new URL(request.url);
    const isServed = origin === new URL(direct.baseUrl).origin && apiPath.test(pathname);
    const body = request.body === null ? undefined : await request.clone().text();
    // As the vendor's page shows one key, and against its schema.
    const hasNumericKid =
      pathname.endsWith("/signing-jwks") && /"kid":\d/.test(JSON.stringify(direct.dump()));
    const isDirect =
      !isServed || hasNumericKid || !direct.faults.list().every(isDocumented) || !canPass(request, body);
    if (isDirect) return direct.fetch(request);
    const headers = new Headers(request.headers);
    headers.set("x-simulator-port", String(await (port ??= listen(direct))));
    const answer = await fetch(`${setting("VALIDATING_PROXY_URL")}${pathname}${search}`, {
      method: request.method,
      headers,
      redirect: "manual",
      signal: request.signal,
      ...(body === undefined ? {} : { body }),
    });
    const violations = answer.headers.get("sl-violations") ?? "";
    const line = JSON.stringify({ method: request.method, pathname, status: answer.status, violations });
    appendFileSync(setting("VALIDATION_LOG"), `${line}\n`);
    return answer;
  }
  // Over the real one, so that its getters go on telling the truth.
  return Object.create(direct, { fetch: { value: fetchThroughProxy, enumerable: true } }) as Simulator;
}

/** Faults that a service may have without breaking the contract. */
function isDocumented({ kind, status = 503 }: Fault): boolean {
  if (kind === "error_before" || kind === "error_after")
    return [400, 403, 404, 409, 500, 502, 504].includes(status);
  const isByContract = ["unauthorized", "bad_request", "stale_read", "unknown_status"].includes(kind);
  return isByContract || kind.startsWith("webhook_");
}

/** Prism never answers a body that is no JSON, and makes something else of one that is no object. */
function canPass({ headers }: Request, body: string | undefined): boolean {
  if (body === undefined || !(headers.get("content-type") ?? "").includes("json")) return true;
  try {
    return typeof JSON.parse(body) === "object" && JSON.parse(body) !== null;
  } catch {
    return false;
  }
}

/** Where the proxy finds this simulator; its own `baseUrl` stays what it was. */
async function listen(direct: Simulator): Promise<number> {
  const server = serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const body = request.method === "GET" ? undefined : await request.arrayBuffer();
      const headers = new Headers(request.headers);
      headers.delete("x-simulator-port");
      return direct.fetch(`${direct.baseUrl}${pathname}${search}`, {
        method: request.method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
    },
  });
  await once(server, "listening");
  server.unref();
  return (server.address() as AddressInfo).port; // Listening on TCP, so neither null nor a path.
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; run npm run test:validated.`);
  return value;
}
