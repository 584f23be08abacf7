import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Purse } from "../../client.js";
import { isPurseError } from "../../errors/union.js";
import { PurseWebhookError } from "../../errors/webhook-error.js";
import { readJsonObject } from "../../webhooks/delivery/body.js";
import { isJson } from "../../webhooks/delivery/delivery.js";
import { toNodeHandler } from "../../webhooks/node.js";
import { checkHeaderName, isSecret } from "../../webhooks/delivery/secret.js";
import { UsageError, type Arguments } from "../arguments.js";
import { createClient, readUrl } from "../client.js";
import { deadlineOption, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { amountText, oneLine } from "../presentation.js";
import type { Terminal } from "../terminal.js";
import { readWebhookSecret } from "../webhook-secret.js";

const host = "127.0.0.1";
/** `purse trigger` sends here by default. */
export const defaultPort = 4011;
const maxBytes = 1024 * 1024;
const forwardTimeoutMs = 10_000;

export const webhookListen: Command = {
  name: "webhook listen",
  summary: "Prints the webhooks that arrive on this computer, and can forward them.",
  operands: [],
  options: {
    port: { value: "PORT", help: `port on ${host}, 0 for any free one (default ${String(defaultPort)})` },
    forward: { value: "URL", help: "forward accepted deliveries, and answer with that address's status" },
    "read-back": { help: "read each payment from the API; needs the credentials" },
    "webhook-header": {
      value: "NAME",
      help: "header that carries the secret (default x-purse-webhook-secret)",
    },
    count: { value: "N", help: "end after N accepted deliveries" },
    for: { value: "SECONDS", help: "end after this time" },
    ...deadlineOption,
  },
  notes:
    "With PURSE_WEBHOOK_SECRET set, deliveries without it are refused. Deliveries from web pages (403) and bodies other\n" +
    "than JSON (415) always are. Purse itself reaches this address only through a tunnel; the simulator reaches it\n" +
    "directly: purse trigger authorized sends one. Ctrl-C ends it.",
  async run({ args, terminal, signal }) {
    const ending = new AbortController();
    const receiver = readReceiver(args, terminal, ending.signal);
    const [count, seconds] = [args.number("count", "count"), args.number("for", "seconds")];
    const port = readPort(args.text("port"));
    const end = (): void => {
      ending.abort();
    };
    let accepted = 0;
    const handle = toNodeHandler(async (request) => {
      const response = await receive(receiver, request);
      if (response.ok) accepted += 1;
      return response;
    });
    const server = createServer((incoming, outgoing) => {
      // Once the answer has been sent, so that the last sender gets it.
      outgoing.once("close", () => {
        if (count !== undefined && accepted >= count) end();
      });
      void handle(incoming, outgoing);
    });
    await startListening(server, port);
    const timer = seconds === undefined ? undefined : setTimeout(end, seconds * 1000);
    signal.addEventListener("abort", end);
    const address = server.address() as AddressInfo; // It listens on a port, not on a pipe.
    const isChecked = receiver.secrets.length > 0;
    await terminal.tell(
      `Listening on http://${host}:${String(address.port)}/ (any path). ` +
        (isChecked
          ? "Deliveries must carry the secret."
          : "PURSE_WEBHOOK_SECRET is not set: ANY SENDER IS ACCEPTED."),
    );
    await untilAborted(ending.signal);
    clearTimeout(timer);
    await stop(server);
    await terminal.tell(`${String(accepted)} accepted.`);
    return count !== undefined && accepted < count ? exitCodes.failed : exitCodes.ok;
  },
};

interface Receiver {
  readonly terminal: Terminal;
  /** Empty: no secret is checked. */
  readonly secrets: readonly string[];
  readonly headerName: string;
  readonly forwardUrl: string | undefined;
  readonly purse: Purse | undefined;
  /** Aborted when the command ends. */
  readonly signal: AbortSignal;
}

function readReceiver(args: Arguments, terminal: Terminal, signal: AbortSignal): Receiver {
  const secret = readWebhookSecret();
  return {
    terminal,
    secrets: secret === undefined ? [] : [secret],
    headerName: checkHeaderName(args.text("webhook-header"), "--webhook-header"),
    forwardUrl: readUrl(args, "forward"),
    purse: args.has("read-back") ? createClient(args) : undefined,
    signal,
  };
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? defaultPort);
  if (/^\d{1,5}$/.test(text ?? String(defaultPort)) && port <= 65_535) return port;
  throw new UsageError("--port must be a number from 0 to 65535.");
}

async function receive(receiver: Receiver, request: Request): Promise<Response> {
  const time = new Date().toISOString().slice(11, 19);
  const say = (text: string): void => {
    receiver.terminal.print(`${time} ${oneLine(text)}`);
  };
  // Only browsers send these.
  if (request.headers.has("origin") || request.headers.has("sec-fetch-site")) {
    say("refused: sent by a web page (answered 403)");
    return new Response(null, { status: 403 });
  }
  try {
    return await accept(receiver, request, say);
  } catch (error) {
    if (!isPurseError(error) || error.code !== "webhook") throw error;
    say(`refused: ${error.reason} (answered ${String(error.status)})`);
    return new Response(null, { status: error.status });
  }
}

async function accept(receiver: Receiver, request: Request, say: (text: string) => void): Promise<Response> {
  const { secrets, headerName, purse, signal } = receiver;
  if (request.method !== "POST")
    throw new PurseWebhookError("method_not_allowed", "Webhooks are sent by POST.");
  // Web pages may send other types than JSON to any address, without a preflight.
  if (!isJson(request.headers.get("content-type")))
    throw new PurseWebhookError("content_type_unsupported", "Webhooks are JSON.");
  if (secrets.length > 0 && !(await isSecret(request.headers.get(headerName), secrets)))
    throw new PurseWebhookError("secret_wrong", `The header ${headerName} is missing or wrong.`);
  const copy = request.clone();
  const body = await readJsonObject(request, maxBytes);
  const bytes = new Uint8Array(await copy.arrayBuffer()); // Bounded by the read above.
  const facts = [describeBody(body), secrets.length > 0 ? "secret right" : "secret not checked"];
  if (purse !== undefined) facts.push(await readBack(purse, body["id"], signal));
  const response = await forward(receiver, request.headers, bytes);
  if (response !== undefined) facts.push(`forwarded, answered ${String(response.status)}`);
  say(facts.join(", "));
  return response ?? new Response(null, { status: 200 });
}

/** The delivery's own claims, which only the sender vouches for. */
function describeBody(body: Readonly<Record<string, unknown>>): string {
  const shown = (value: unknown): string =>
    typeof value === "string" || typeof value === "number" ? String(value).slice(0, 100) : "?";
  const type = body["type"] ?? body["event_type"];
  const authorization = body["authorization"];
  const status =
    typeof authorization === "object" && authorization !== null && "status" in authorization
      ? authorization.status
      : body["status"];
  const kind = type === undefined ? "" : `${shown(type)} `;
  return `${kind}payment ${shown(body["id"])} ${shown(status)} version ${shown(body["version"])}`;
}

async function readBack(purse: Purse, id: unknown, signal: AbortSignal): Promise<string> {
  if (typeof id !== "string") return "names no payment to read back";
  try {
    const { authorization, amounts, version, currency } = await purse.payments.retrieve(id, { signal });
    const captured = amountText(amounts.total_captured, currency);
    return `read back: ${authorization.status} version ${String(version ?? "?")}, captured ${captured}`;
  } catch (error) {
    return `could not be read back (${isPurseError(error) ? error.code : "unexpected answer"})`;
  }
}

/** Headers of the connection that the delivery came over. */
const notForwarded: readonly string[] = [
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

async function forward(
  { forwardUrl, signal: ending }: Receiver,
  given: Headers,
  body: Uint8Array<ArrayBuffer>,
): Promise<Response | undefined> {
  if (forwardUrl === undefined) return undefined;
  const headers = new Headers(given);
  for (const name of notForwarded) headers.delete(name);
  const signal = AbortSignal.any([ending, AbortSignal.timeout(forwardTimeoutMs)]);
  try {
    const answer = await fetch(forwardUrl, { method: "POST", headers, body, redirect: "manual", signal });
    await answer.body?.cancel();
    return new Response(null, { status: answer.status });
  } catch {
    return new Response(null, { status: 502 });
  }
}

async function startListening(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", ({ code }: NodeJS.ErrnoException) => {
      reject(new UsageError(explain(port, code)));
    });
    server.listen({ port, host }, resolve);
  });
}

function explain(port: number, code = "unknown"): string {
  const other = "Call it again with --port and another number, or with --port 0 for any free port.";
  if (code === "EADDRINUSE") return `Port ${String(port)} is already in use. ${other}`;
  return `Cannot listen on port ${String(port)} (${code}). ${other}`;
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
