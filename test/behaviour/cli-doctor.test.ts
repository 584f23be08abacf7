import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, afterAll, describe, expect, it } from "vitest";
import { createAccessToken, getSigningJwks, listEligibleSolutions } from "../../generated/operations.js";
import { Purse } from "../../src/index.js";
import { createSimulator, type Simulator } from "../../src/simulator/index.js";
import { createWebhookHandler } from "../../src/webhooks/index.js";
import { toNodeHandler } from "../../src/webhooks/node.js";
import { run, variablesOf, without, type Variables } from "../support/command.js";

const secret = "a-secret-that-only-purse-knows";

let simulator: Simulator;
let variables: Variables;
const servers: Server[] = [];

beforeAll(async () => {
  simulator = createSimulator({ clientSecret: "a-private-test-secret" });
  await simulator.listen();
  variables = variablesOf(simulator);
});

afterAll(() => simulator.close());

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Answer = Response | Promise<Response>;

async function serve(
  answer: (request: Request) => Answer,
  headers: Record<string, string> = {},
): Promise<string> {
  const handle = toNodeHandler(async (request) => answer(request));
  const server = createServer((incoming, outgoing) => {
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    void handle(incoming, outgoing);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** The simulator, behind a server that can change its answers. */
async function inFront(
  change: (path: string, answer: Response) => Answer,
  headers: Record<string, string> = {},
): Promise<Variables> {
  const url = await serve(async (request) => {
    const { pathname } = new URL(request.url);
    const body = request.method === "POST" ? await request.text() : undefined;
    const init = { method: request.method, headers: request.headers };
    const answer = await simulator.fetch(
      simulator.baseUrl + pathname,
      body === undefined ? init : { ...init, body },
    );
    // Replaced by the one of `headers`.
    if ("date" in headers) answer.headers.delete("date");
    return change(pathname, answer);
  }, headers);
  return { ...variables, PURSE_BASE_URL: url };
}

it("passes every check of a correct set-up, and changes nothing", async () => {
  const before = simulator.requests().length;
  const { code, output, errors } = await run(["doctor"], variables);
  expect([code, errors]).toEqual([0, ""]);
  const marks = output
    .split("\n")
    .flatMap((line) => /^([✓!✗-]) ([^:]+):/.exec(line)?.slice(1).join(" ") ?? []);
  expect(marks).toEqual([
    "✓ Node.js",
    "✓ configuration",
    "✓ environment",
    "✓ token",
    "✓ clock",
    "✓ keys",
    "✓ read",
    "✓ entity",
  ]);
  expect(output).toMatch(
    /variables set: PURSE_BASE_URL, PURSE_CLIENT_ID, PURSE_CLIENT_SECRET, PURSE_ENTITY_ID$/m,
  );
  const requests = simulator.requests().slice(before);
  expect(requests.filter(({ method }) => method !== "GET").map(({ path }) => path)).toEqual([
    createAccessToken.path,
    listEligibleSolutions.path,
  ]);
  expect(simulator.ledger.entries()).toEqual([]);
});

it("prints JSON for programs", async () => {
  const { code, output } = await run(["doctor", "--json"], variables);
  expect(code).toBe(0);
  const { failed, findings } = JSON.parse(output) as { failed: number; findings: { verdict: string }[] };
  expect(failed).toBe(0);
  expect(findings.map(({ verdict }) => verdict)).toEqual(new Array(8).fill("pass"));
});

it("names the missing variables, and skips the checks that need them", async () => {
  const { code, output } = await run(["doctor"]);
  expect(code).toBe(1);
  expect(output).toMatch(
    /^✗ configuration: variables set: none\n +Set PURSE_CLIENT_ID, PURSE_CLIENT_SECRET, PURSE_ENVIRONMENT\.$/m,
  );
  expect(output).toMatch(/^- token: /m);
});

it("reports that the credentials are refused", async () => {
  const { code, output } = await run(["doctor"], { ...variables, PURSE_CLIENT_SECRET: "a-wrong-secret" });
  expect(code).toBe(1);
  expect(output).toMatch(/^✗ token: token: .*refuses the credentials.*\n +Check PURSE_CLIENT_ID/m);
  expect(output).toMatch(/^- read: no token$/m);
});

it("reports that something other than Purse refuses the token request", async () => {
  const firewall = await inFront((path, answer) =>
    path.endsWith("/oauth/token") ? new Response("<html>", { status: 403 }) : answer,
  );
  const { code, output } = await run(["doctor"], firewall);
  expect(code).toBe(1);
  expect(output).toMatch(/^✗ token: token: .*status 403 and no JSON.*\n +Check PURSE_TOKEN_URL/m);
  expect(output).not.toContain("PURSE_CLIENT_SECRET, and that they belong");
});

it("reports that the token is not accepted", async () => {
  const refusing = await inFront((path, answer) =>
    path.includes("/payments/") ? new Response(null, { status: 403 }) : answer,
  );
  const { code, output } = await run(["doctor"], refusing);
  expect(code).toBe(1);
  expect(output).toMatch(/^✓ token/m);
  expect(output).toMatch(/^✗ read: permission: .*\n +.*PURSE_ENTITY_ID/m);
});

describe("the entity", () => {
  const examine = async (given: Variables): Promise<{ code: number | null; line: string }> => {
    const { code, output } = await run(["doctor"], given);
    return { code, line: output.slice(output.indexOf(" entity: ") - 1) };
  };

  it.each([
    ["of another account", crypto.randomUUID(), /^✗ entity: permission: .*\n +.*PURSE_ENTITY_ID/],
    ["not a UUID", "my-shop", /^✗ entity: .*\n +.*PURSE_ENTITY_ID/],
  ])("fails when it is %s", async (_name, id, line) => {
    const found = await examine({ ...variables, PURSE_ENTITY_ID: id });
    expect([found.code, found.line]).toEqual([1, expect.stringMatching(line)]);
  });

  it("is not checked when it is not set", async () => {
    const found = await examine(without(variables, "PURSE_ENTITY_ID"));
    expect([found.code, found.line]).toEqual([
      0,
      expect.stringMatching(/^- entity: PURSE_ENTITY_ID is not set/),
    ]);
  });

  it.each([
    ["has no such endpoint", 404, 0, /^! entity: /],
    ["refuses the order itself", 400, 0, /^! entity: /],
    ["refuses the credentials for it", 401, 1, /^✗ entity: authentication/],
    ["fails", 503, 1, /^✗ entity: server/],
  ])("never passes when the service %s", async (_name, status, code, line) => {
    const refusing = await inFront((path, answer) =>
      path === listEligibleSolutions.path ? Response.json({ title: "No", status }, { status }) : answer,
    );
    const found = await examine(refusing);
    expect([found.code, found.line]).toEqual([code, expect.stringMatching(line)]);
  });
});

it("warns of a wrong clock, without failing", async () => {
  const untimed = (_path: string, answer: Response): Response => {
    answer.headers.delete("date");
    return answer;
  };
  const late = await inFront(untimed, {
    date: new Date(Date.now() + 300_000).toUTCString(),
  });
  const { code, output } = await run(["doctor"], late);
  expect(code).toBe(0);
  expect(output).toMatch(/^! clock: (?:29\d|300) s behind the service\n +.*NTP/m);
  const early = await inFront(untimed, {
    date: new Date(Date.now() - 300_000).toUTCString(),
  });
  expect((await run(["doctor"], early)).output).toMatch(/^! clock: \d{3} s ahead of the service/m);
});

it("names weak and broken keys, and fails when no usable one is left", async () => {
  const weak = { kty: "RSA", kid: "old", e: "AQAB", n: Buffer.alloc(128, 0xc3).toString("base64url") };
  const bad = [weak, { kty: "EC", kid: 7 }, { kty: "RSA", kid: "enc", use: "enc" }, null];
  const withKeys = (keep: boolean): Promise<Variables> =>
    inFront(async (path, answer) => {
      if (path !== getSigningJwks.path) return answer;
      const { keys } = (await answer.json()) as { keys: unknown[] };
      return Response.json({ keys: keep ? [...bad, ...keys] : bad });
    });
  const some = await run(["doctor"], await withKeys(true));
  expect(some.code).toBe(0);
  expect(some.output).toMatch(
    /^! keys: 1 usable.*not usable: old: weak, 1024 bits, 7: not an RSA key, enc: not for signatures, number 4: not an RSA key$/m,
  );
  const none = await run(["doctor"], await withKeys(false));
  expect(none.code).toBe(1);
  expect(none.output).toMatch(/^✗ keys: 0 usable/m);
});

describe("a webhook receiver", () => {
  const withSecret = (): Variables => ({ ...variables, PURSE_WEBHOOK_SECRET: secret });
  const examine = async (
    url: string,
    given = withSecret(),
  ): Promise<{ code: number | null; output: string }> => {
    const { code, output } = await run(["doctor", "--webhook-url", url], given);
    return { code, output: output.slice(output.indexOf("webhook") - 2) };
  };

  it("passes when it is this package's, without running its handlers", async () => {
    let runs = 0;
    const { baseUrl, clientId, clientSecret } = simulator;
    const on = { fallback: () => void (runs += 1) };
    const handler = createWebhookHandler(new Purse({ baseUrl, clientId, clientSecret }), {
      secrets: [secret],
      on,
    });
    const { code, output } = await examine(await serve(handler));
    expect(code).toBe(0);
    expect(output).toMatch(/^✓ webhook without secret: answers 401.*\n✓ webhook with secret: answers 400/);
    expect(runs).toBe(0);
  });

  it("fails when it accepts deliveries without the secret, and is not sent the secret", async () => {
    const seen: (string | null)[] = [];
    const url = await serve((request) => {
      seen.push(request.headers.get("x-purse-webhook-secret"));
      return new Response("ok");
    });
    const { code, output } = await examine(url);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^✗ webhook without secret: answers 200: IT ACCEPTS DELIVERIES WITHOUT THE SECRET/,
    );
    expect(seen).toEqual([null]);
  });

  it.each([400, 402, 404, 405, 408, 409, 413, 415, 418, 422, 429, 451, 200, 204, 301, 307, 500, 503])(
    "is not sent the secret when it answers %d without it, and does not pass",
    async (status) => {
      const seen: (string | null)[] = [];
      const url = await serve((request) => {
        seen.push(request.headers.get("x-purse-webhook-secret"));
        return new Response(null, { status });
      });
      const { output } = await examine(url);
      expect(seen).toEqual([null]);
      expect(output).toMatch(/^[!✗] webhook without secret: [^]*^- webhook with secret: not sent/m);
    },
  );

  it.each([401, 403])("fails when it answers %d with and without the secret", async (status) => {
    const { code, output } = await examine(await serve(() => new Response(null, { status })));
    expect([code, output]).toEqual([1, expect.stringMatching(/✗ webhook with secret: .*secret is refused/)]);
  });

  it.each([402, 404, 405, 408, 409, 413, 415, 429])(
    "passes only the first check when it answers 401 without and %d with the secret",
    async (status) => {
      const url = await serve((request) => {
        const isRight = request.headers.get("x-purse-webhook-secret") === secret;
        return new Response(null, { status: isRight ? status : 401 });
      });
      expect((await examine(url)).output).toMatch(/^! webhook with secret: answers \d+:/m);
    },
  );

  it.each([
    [404, /✗ webhook without secret: answers 404/],
    [302, /✗ webhook without secret: answers 302: a redirect/],
    [500, /✗ webhook without secret: answers 500/],
  ])("fails when it answers %d", async (status, line) => {
    const { code, output } = await examine(await serve(() => new Response(null, { status })));
    expect(code).toBe(1);
    expect(output).toMatch(line);
  });

  it("fails with another secret, and when it cannot handle an empty body", async () => {
    const other = await examine(await serve(() => new Response(null, { status: 401 })));
    expect([other.code, other.output]).toEqual([
      1,
      expect.stringMatching(/✗ webhook with secret: .*secret is refused/),
    ]);
    const failing = await serve((request) => {
      const isRight = request.headers.get("x-purse-webhook-secret") === secret;
      return new Response(null, { status: isRight ? 500 : 401 });
    });
    expect((await examine(failing)).output).toMatch(/✗ webhook with secret: .*fails on a body/);
  });

  it("fails when it cannot be reached; its address must be https or on this computer", async () => {
    const { code, output } = await examine("http://127.0.0.1:9/");
    expect([code, output]).toEqual([1, expect.stringMatching(/cannot be reached/)]);
    expect((await run(["doctor", "--webhook-url", "http://shop.example/"], variables)).code).toBe(2);
  });
});

describe("advice of the doctor", () => {
  it.each<[string, Variables | ((given: Variables) => Promise<Variables> | Variables), RegExp]>([
    [
      "an unknown environment",
      { PURSE_BASE_URL: "", PURSE_ENVIRONMENT: "staging" },
      /PURSE_ENVIRONMENT must be .*"staging"/,
    ],
    ["two environments", { PURSE_ENVIRONMENT: "sandbox" }, /PURSE_ENVIRONMENT and PURSE_BASE_URL/],
    ["a client id with a colon", { PURSE_CLIENT_ID: "a:b" }, /PURSE_CLIENT_ID/],
    ["a secret in quotes", { PURSE_CLIENT_SECRET: '"quoted-secret"' }, /PURSE_CLIENT_SECRET/],
    ["no connection", { PURSE_BASE_URL: "http://127.0.0.1:9" }, /Check the network .*PURSE_BASE_URL/],
    [
      "wrong credentials",
      { PURSE_CLIENT_SECRET: "a-wrong-secret" },
      /Check PURSE_CLIENT_ID and PURSE_CLIENT_SECRET/,
    ],
    ["an entity of another account", { PURSE_ENTITY_ID: crypto.randomUUID() }, /PURSE_ENTITY_ID/],
    [
      "a token that is refused",
      () => answering("/payments/", 401),
      /PURSE_CLIENT_ID, PURSE_CLIENT_SECRET and PURSE_API_KEY/,
    ],
    ["a service that fails", () => answering("/payments/", 503), /The service failed\. Try again later/],
    ["no key set at the address", () => answering(getSigningJwks.path, 404), /Check PURSE_BASE_URL\./],
    ["a page instead of JSON", () => answering("/payments/", 200), /Check PURSE_BASE_URL/],
  ])("does not lead back to the doctor, for %s", async (_name, given, remedy) => {
    const changed = typeof given === "function" ? await given(variables) : { ...variables, ...given };
    const { code, output } = await run(["doctor"], changed);
    expect([code, output]).toEqual([1, expect.stringMatching(remedy)]);
    const failed = output
      .split("\n")
      .flatMap((line, index, lines) => (line.startsWith("✗") ? [lines[index + 1] ?? ""] : []));
    expect(failed.length).toBeGreaterThan(0);
    for (const advice of failed) expect(advice).toMatch(/^ {4}\S/);
    expect(output).not.toContain("doctor");
  });

  function answering(path: string, status: number): Promise<Variables> {
    return inFront((asked, answer) => (asked.includes(path) ? new Response("<html>", { status }) : answer));
  }
});

it("is named as the next step by other commands, where it can help", async () => {
  const unreachable = { ...variables, PURSE_BASE_URL: "http://127.0.0.1:9" };
  expect((await run(["payment", "get", "x"], unreachable)).errors).toMatch(/purse doctor checks this/);
  expect((await run(["payment", "get", "x"], variables)).errors).not.toContain("doctor");
});
