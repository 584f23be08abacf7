import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createSimulator } from "../src/simulator/index.js";

const help = `Measures the built simulator as a process of its own: time until it serves, requests a second beside Prism's mock (in
turns, in one run), and memory after very many requests. Needs \`npm run build\`.

  npm run measure:simulator                       100 000 requests
  npm run measure:simulator -- --requests 5000    fewer
`;

const { values } = parseArgs({
  options: { help: { type: "boolean" }, requests: { type: "string", default: "100000" } },
});

interface Served {
  readonly url: string;
  readonly startMs: number;
  readonly child: ChildProcess;
}

/** Starts a server and waits for the line in which it says where it serves. */
async function start(script: string, options: readonly string[]): Promise<Served> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [script, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const url = /(http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url, startMs: performance.now() - startedAt, child };
  }
  throw new Error(`${script} ended before it served.`);
}

async function stop({ child }: Served): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function get(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => {
        resolve(answer.statusCode ?? 0);
      });
    });
    call.on("error", reject);
    call.end();
  });
}

/** So many reads of a payment, 16 at a time; gives how many a second. */
async function load(url: string, headers: Readonly<Record<string, string>>, count: number): Promise<number> {
  let sent = 0;
  const startedAt = performance.now();
  async function worker(): Promise<void> {
    while (sent < count) {
      sent += 1;
      const status = await get(url, headers);
      if (status !== 200) throw new Error(`${url} answered ${String(status)}`);
    }
  }
  await Promise.all(Array.from({ length: 16 }, worker));
  return count / ((performance.now() - startedAt) / 1000);
}

function residentMb({ child }: Served): number {
  const status = readFileSync(`/proc/${String(child.pid)}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** A token and a payment to read, made over HTTP as a client would. */
async function prepare(url: string): Promise<{ path: string; token: string }> {
  const { clientId, clientSecret, entityId } = createSimulator();
  const answer = await fetch(`${url}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const created = await fetch(`${url}/payment/v2/client-sessions`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      entity_id: entityId,
      amount: 4299,
      currency: "EUR",
      shopper_redirection_url: "https://shop.example/return",
      order: { reference: "order-1", net_amount: 4299 },
    }),
  });
  const { id } = (await created.json()) as { id: string };
  return { path: `/payment/v2/client-sessions/${id}`, token };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

async function main(count: number): Promise<void> {
  const simulator = await start("dist/purse-simulator.js", ["--port", "0", "--quiet"]);
  const prism = await start("node_modules/@stoplight/prism-cli/dist/index.js", [
    ...["mock", "openapi/purse-payment-api-v2.yaml", "--host", "127.0.0.1", "--port", "0"],
  ]);
  try {
    console.log(
      `until it serves   simulator ${simulator.startMs.toFixed(0)} ms, Prism ${prism.startMs.toFixed(0)} ms`,
    );
    const { path, token } = await prepare(simulator.url);
    const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
    const rates: { simulator: number[]; prism: number[] } = { simulator: [], prism: [] };
    for (let round = 0; round < 5; round += 1) {
      rates.simulator.push(await load(simulator.url + path, headers, 400));
      rates.prism.push(await load(prism.url + path, headers, 400));
    }
    const [ours, theirs] = [median(rates.simulator), median(rates.prism)];
    console.log(
      `reads a second    simulator ${ours.toFixed(0)}, Prism ${theirs.toFixed(0)}: ${(ours / theirs).toFixed(1)} times as many`,
    );
    const beforeMb = residentMb(simulator);
    await load(simulator.url + path, headers, count / 2);
    const halfwayMb = residentMb(simulator);
    await load(simulator.url + path, headers, count / 2);
    console.log(
      `memory            ${beforeMb.toFixed(0)} MB, after ${String(count / 2)} requests ${halfwayMb.toFixed(0)} MB, after ${String(count)} ${residentMb(simulator).toFixed(0)} MB`,
    );
  } finally {
    await Promise.all([stop(simulator), stop(prism)]);
    agent.destroy();
  }
}

if (values.help === true) console.log(help);
else await main(Number(values.requests));
