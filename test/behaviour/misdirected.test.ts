import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Purse, type FetchFunction } from "../../src/index.js";
import { failureOf } from "../support/failures.js";
import { payment, paymentId } from "../support/test-client.js";

/** `fetch` as the standard has it sends a request again that is answered with 421, a POST as well. */

interface Arrived {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let url: string;
let arrived: Arrived[];
/** What the server answers, one status a request; 200 when the list is over. */
let statuses: number[];

beforeEach(async () => {
  arrived = [];
  statuses = [];
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const isToken = request.url === "/oauth/token" && statuses[0] !== 421;
      const { method = "", headers } = request;
      if (!isToken) arrived.push({ method, headers, body });
      const answer = isToken
        ? { access_token: "token", token_type: "Bearer", expires_in: 3600 }
        : payment({ amount: 1 });
      response.writeHead(isToken ? 200 : (statuses.shift() ?? 200), { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`; // It listens on a port, not on a pipe.
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function client(fetch?: FetchFunction): Purse {
  const credentials = { clientId: "id", clientSecret: "secret" };
  return new Purse({ baseUrl: url, ...credentials, maxRetries: 0, ...(fetch && { fetch }) });
}

const capture = (purse: Purse): Promise<unknown> =>
  purse.payments.capture(paymentId, { amount: 1, merchant_reference: "Zoë" });

describe("a POST that is answered with 421", () => {
  it("arrives once, and ends with this answer", async () => {
    const purse = client();
    await purse.accessTokens.retrieve();
    statuses = [421, 421];
    expect(await failureOf(capture(purse))).toMatchObject({ code: "api", status: 421, attempts: 1 });
    expect(arrived).toHaveLength(1);
  });

  it("arrives once where it asks for a token", async () => {
    statuses = [421, 421];
    expect(await failureOf(capture(client()))).toMatchObject({ code: "token", status: 421 });
    expect(arrived).toHaveLength(1);
  });
});

it.skipIf("Deno" in globalThis)(
  "a POST has the length of its bytes on the wire, and is not sent in pieces",
  async () => {
    await capture(client());
    const [request] = arrived;
    expect(JSON.parse(request?.body ?? "")).toEqual({ amount: 1, merchant_reference: "Zoë" });
    expect(request?.headers["content-length"]).toBe(String(Buffer.byteLength(request?.body ?? "")));
    expect(request?.headers["transfer-encoding"]).toBeUndefined();
  },
);

it("a POST that is answered with 401 is sent again with a new token", async () => {
  statuses = [401];
  const { id } = await client().payments.capture(paymentId, { amount: 1 }, { maxRetries: 1 });
  expect(id).toBe(paymentId);
  expect(arrived).toHaveLength(2);
});
