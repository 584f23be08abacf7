import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { getSigningJwks } from "../../generated/operations.js";
import type { PurseJsonWebKeySet } from "../../generated/schema.js";
import { createSimulator } from "../../src/simulator/index.js";

const { path } = getSigningJwks;

it("accepts a string, a URL and a Request", async () => {
  const { fetch, baseUrl } = createSimulator();
  for (const input of [baseUrl + path, new URL(baseUrl + path), new Request(baseUrl + path)]) {
    expect((await fetch(input)).status).toBe(200);
  }
});

it("reaches no other host", async () => {
  const { fetch } = createSimulator();
  for (const url of ["https://api.purse-live.com", "http://127.0.0.1:4011", "https://127.0.0.1:4010"]) {
    await expect(fetch(url + path)).rejects.toThrow(TypeError);
  }
});

it("rejects with the caller's reason when aborted", async () => {
  const simulator = createSimulator();
  const url = simulator.baseUrl + path;
  const reason = new Error("enough");
  await expect(simulator.fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(simulator.requests()).toEqual([]);
  const controller = new AbortController();
  const call = simulator.fetch(url, { signal: controller.signal });
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
});

it("keeps its own signing key", async () => {
  const keyIds = async ({ fetch, baseUrl }: ReturnType<typeof createSimulator>): Promise<unknown[]> =>
    ((await (await fetch(baseUrl + path)).json()) as PurseJsonWebKeySet).keys.map(({ kid }) => kid);
  const [one, other] = [createSimulator(), createSimulator()];
  const [first, again] = await Promise.all([keyIds(one), keyIds(one)]);
  expect(first).toHaveLength(1);
  expect(again).toEqual(first);
  expect(await keyIds(other)).not.toEqual(first);
});

it("has its real address as baseUrl while it listens", async () => {
  const simulator = createSimulator();
  const before = simulator.baseUrl;
  const { url, port, close } = await simulator.listen();
  expect(simulator.baseUrl).toBe(url);
  expect(url).toBe(`http://127.0.0.1:${String(port)}`);
  expect((await fetch(url + path)).status).toBe(200);
  expect((await simulator.fetch(url + path)).status).toBe(200);
  expect((await simulator.fetch(before + path)).status).toBe(200);
  await close();
  await close();
  expect(simulator.baseUrl).toBe(before);
  await expect(fetch(url + path)).rejects.toThrow();
});

it("rejects when the port is in use", async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const { port } = holder.address() as AddressInfo;
  await expect(createSimulator().listen({ port })).rejects.toMatchObject({
    code: "EADDRINUSE",
    message: expect.stringContaining(String(port)) as string,
  });
  holder.close();
});

it("logs one line per request, without secrets", async () => {
  const lines: string[] = [];
  const { fetch, baseUrl } = createSimulator({ logger: (line) => lines.push(line) });
  await fetch(`${baseUrl}${path}?secret=1`, { headers: { authorization: "Bearer secret" } });
  expect(lines).toEqual([expect.stringMatching(/^GET \/payment\/v2\/signing-jwks 200 \d+ ms$/)]);
});
