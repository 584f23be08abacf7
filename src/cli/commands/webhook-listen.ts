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
import { createClient } from "../client.js";
import { deadlineOption, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { amountText, oneLine } from "../presentation.js";
import type { Terminal } from "../terminal.js";
import { readUrl } from "../urls.js";
import { readWebhookSecret } from "../webhook-secret.js";

const host = "127.0.0.1";
const standardPort = 4011;
const maxBytes = 1024 * 1024;
const forwardTimeoutMs = 10_000;

export const webhookListen: Command = {
  name: "webhook listen",
  summary: "Prints the webhooks that arrive on this computer, and can pass them on.",
  operands: [],
  options: {
    port: { value: "PORT", help: `port on ${host}, 0 for any free one (default ${String(standardPort)})` },
    forward: { value: "URL", help: "pass accepted deliveries on, and answer as that address does" },
    "read-back": { help: "read each payment back; needs the credentials" },
    "webhook-header": { value: "NAME", help: "header of the secret (default x-purse-webhook-secret)" },
    count: { value: "N", help: "end after so many accepted deliveries" },
    for: { value: "SECONDS", help: "end after this time" },
    ...deadlineOption,
  },
  notes:
    "With PURSE_WEBHOOK_SECRET set, deliveries without it are refused. What a web page sends (403) and what is not JSON\n" +
    "(415) always is. Purse cannot reach this address by itself: it takes a tunnel, or the simulator. Ctrl-C ends it.",
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
      // Once the answer is out, so that the last sender gets it.
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
          : "PURSE_WEBHOOK_SECRET is not set: ANYBODY is believed."),
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
  /** None: nothing is checked. */
  readonly secrets: readonly string[];
  readonly headerName: string;
  readonly forwardUrl: string | undefined;
  readonly purse: Purse | undefined;
  /** Aborted when the command ends: nobody hears the answers any more. */
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
  const port = Number(text ?? standardPort);
  if (/^\d{1,5}$/.test(text ?? String(standardPort)) && port <= 65_535) return port;
  throw new UsageError("--port must be a number from 0 to 65535.");
}

async function receive(receiver: Receiver, request: Request): Promise<Response> {
  const time = new Date().toISOString().slice(11, 19);
  const say = (text: string): void => {
    receiver.terminal.print(`${time} ${oneLine(text)}`);
  };
  // Browsers put these on what their pages send, and no server does.
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
  if (request.method !== "POST") throw new PurseWebhookError("method_not_allowed", "Webhooks come by POST.");
  // Pages may send other types than JSON anywhere, without a preflight.
  if (!isJson(request.headers.get("content-type")))
    throw new PurseWebhookError("content_type_unsupported", "Webhooks come as JSON.");
  if (secrets.length > 0 && !(await isSecret(request.headers.get(headerName), secrets)))
    throw new PurseWebhookError("secret_wrong", `The header ${headerName} is missing or wrong.`);
  const copy = request.clone();
  const body = await readJsonObject(request, maxBytes);
  const bytes = new Uint8Array(await copy.arrayBuffer()); // The reading above has bounded it.
  const facts = [describeBody(body), secrets.length > 0 ? "secret right" : "secret not checked"];
  if (purse !== undefined) facts.push(await readBack(purse, body["id"], signal));
  const response = await forward(receiver, request.headers, bytes);
  if (response !== undefined) facts.push(`forwarded, answered ${String(response.status)}`);
  say(facts.join(", "));
  return response ?? new Response(null, { status: 200 });
}

/** What the delivery says, which is nobody's word but the sender's. */
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

/** Headers of the one connection, which the next has of its own. */
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
      reject(new UsageError(`--port ${String(port)} cannot be listened on (${code ?? "unknown"}).`));
    });
    server.listen({ port, host }, resolve);
  });
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
