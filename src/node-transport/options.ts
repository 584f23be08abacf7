import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import { createSecureContext } from "node:tls";
import { PurseConfigurationError } from "../errors/configuration-error.js";

/** A certificate or a key as PEM, or several of them. */
export type Pem = string | Uint8Array | readonly (string | Uint8Array)[];

/** How to set up the transport. */
export interface NodeFetchOptions {
  /**
   * Makes the connections, instead of an agent of the transport's own: for proxies, or rules of the house. How long it
   * keeps idle connections is its own affair then. One that does not check certificates, or checks names by a
   * `checkServerIdentity` of its own, is refused.
   */
  agent?: HttpAgent | HttpsAgent | undefined;
  /**
   * Certification authorities to trust **instead of** the usual ones, for a gateway of your own.
   * @defaultValue those that Node.js trusts
   */
  ca?: Pem | undefined;
  /** The client's certificate, for mutual TLS. Comes with `key`. */
  cert?: Pem | undefined;
  /** The private key of `cert`, not encrypted. */
  key?: Pem | undefined;
  /**
   * Connections to one origin at most; what exceeds them waits its turn within its own time-out.
   * @defaultValue 256
   */
  maxConnections?: number | undefined;
  /**
   * How long an idle connection is kept, in milliseconds. Should be less than the other side keeps it, because a
   * request on a connection that is just being closed may be lost. If the other side announces that it keeps them for
   * less (`keep-alive: timeout=2`), so do we.
   * @defaultValue 4000
   */
  idleTimeoutMs?: number | undefined;
  /**
   * Time to resolve the name, connect and agree on TLS, in milliseconds. When it is over, nothing was sent. It
   * starts when an `agent` of yours hands over a connection: what the agent does before is not in it.
   * @defaultValue 10000
   */
  connectTimeoutMs?: number | undefined;
}

/** The options after checking, with every default filled in. */
export interface NodeFetchSettings {
  readonly agent: HttpAgent | HttpsAgent | undefined;
  readonly tls: { readonly ca?: Pem; readonly cert?: Pem; readonly key?: Pem };
  readonly maxConnections: number;
  readonly idleTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

const known: readonly string[] = [
  "agent",
  "ca",
  "cert",
  "key",
  "maxConnections",
  "idleTimeoutMs",
  "connectTimeoutMs",
];

/** Timers of Node.js go off at once when they are set for longer. */
const longestTimerMs = 2_147_483_647;

export function readOptions(given: unknown): NodeFetchSettings {
  if (typeof given !== "object" || given === null) fail("options", "must be an object.");
  // Whoever sets rejectUnauthorized here must not be left to believe that it does something.
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) fail(`options.${unknown}`, `is not known; there are ${known.join(", ")}.`);
  const options: NodeFetchOptions = given; // Each member is checked below, whatever its declared type.
  const tls = readTls(options);
  const agent = readAgent(options.agent);
  const isConfigured = options.maxConnections !== undefined || options.idleTimeoutMs !== undefined;
  if (agent !== undefined && (isConfigured || Object.keys(tls).length > 0))
    fail("agent", "brings ca, cert, key, maxConnections and idleTimeoutMs of its own: set them there.");
  return {
    agent,
    tls,
    maxConnections: readNumber(options.maxConnections, "maxConnections", 256, Number.isInteger),
    idleTimeoutMs: readNumber(options.idleTimeoutMs, "idleTimeoutMs", 4000),
    connectTimeoutMs: readNumber(options.connectTimeoutMs, "connectTimeoutMs", 10_000),
  };
}

function readAgent(agent: unknown): HttpAgent | HttpsAgent | undefined {
  if (agent === undefined) return undefined;
  if (typeof agent !== "object" || agent === null || !("addRequest" in agent))
    fail(
      "agent",
      "must be an Agent of node:http or node:https. A dispatcher of undici is for its own fetch.",
    );
  const { options } = agent as {
    options?: { rejectUnauthorized?: unknown; checkServerIdentity?: unknown };
  }; // Proxies' agents have them, too.
  if (options?.rejectUnauthorized !== undefined && options.rejectUnauthorized !== true)
    fail(
      "agent",
      "must not switch rejectUnauthorized off: anybody could be the server. Trust a CA by `ca` instead.",
    );
  if (options?.checkServerIdentity !== undefined)
    fail("agent", "must not bring a checkServerIdentity: one that finds nothing lets anybody be the server.");
  return agent as unknown as HttpAgent; // Looked at by shape: agents of other packages need not be instances.
}

function readTls({ ca, cert, key }: NodeFetchOptions): NodeFetchSettings["tls"] {
  if ((cert === undefined) !== (key === undefined)) fail("cert and key", "must be given together.");
  const tls = {
    ...(ca === undefined ? {} : { ca: readPem(ca, "ca") }),
    ...(cert === undefined ? {} : { cert: readPem(cert, "cert") }),
    ...(key === undefined ? {} : { key: readPem(key, "key") }),
  };
  try {
    if (Object.keys(tls).length > 0) createSecureContext(toNodeTls(tls));
  } catch {
    // What OpenSSL says of a key is not worth the risk of printing it.
    fail(
      "ca, cert or key",
      "cannot be used: not PEM, encrypted, or a key that does not belong to the certificate.",
    );
  }
  return tls;
}

function readPem(value: unknown, option: string): Pem {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isPem = (part: unknown): boolean =>
    (typeof part === "string" || part instanceof Uint8Array) && part.length > 0;
  if (parts.length === 0 || !parts.every(isPem))
    fail(option, "must be PEM: text or bytes, or a list of them.");
  return value as Pem; // As just checked.
}

/** As node:tls wants it: buffers, and lists that it could write to. */
export function toNodeTls(tls: NodeFetchSettings["tls"]): Record<string, (string | Buffer)[]> {
  const toList = (pem: Pem): (string | Buffer)[] => {
    const parts = typeof pem === "string" || pem instanceof Uint8Array ? [pem] : pem;
    return parts.map((part) => (typeof part === "string" ? part : Buffer.from(part)));
  };
  return Object.fromEntries(Object.entries(tls).map(([name, pem]) => [name, toList(pem)]));
}

function readNumber(
  value: number | undefined,
  option: string,
  standard: number,
  fits: (value: number) => boolean = Number.isFinite,
): number {
  if (value === undefined) return standard;
  if (typeof value === "number" && fits(value) && value > 0 && value <= longestTimerMs) return value;
  return fail(option, `must be a positive number up to ${String(longestTimerMs)}.`);
}

function fail(option: string, message: string): never {
  throw new PurseConfigurationError(`${option} ${message}`);
}
