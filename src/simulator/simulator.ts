import { systemClock, type SimulatorClock } from "./clock.js";
import type { Context, Settings } from "./context.js";
import { createLedger, type Ledger } from "./ledger.js";
import type { Listener, ListenOptions } from "./listen.js";
import { obligingPartners } from "./partners.js";
import { createSigningKeys } from "./redirection-signing.js";
import { createRequestLog, type RequestRecord } from "./request-log.js";
import { createRoutes } from "./routes.js";
import { createShopper, type Shopper } from "./shopper.js";
import { createState } from "./state.js";
import { createWebhookSender } from "./webhooks.js";

/** Where the simulator seems to be before it listens anywhere. Loopback, so that clients accept plain HTTP. */
const defaultBaseUrl = "http://127.0.0.1:4010";

export interface SimulatorOptions {
  clientId?: string;
  clientSecret?: string;
  apiKey?: string;
  /** Whether calls without the API key are refused. Default false. */
  requireApiKey?: boolean;
  /** The entity that the credentials give access to; a UUID. */
  entityId?: string;
  /** How long access tokens last. Default 3600. */
  tokenLifetimeSeconds?: number;
  /** How long client sessions can be paid. Default half an hour. */
  sessionLifetimeMs?: number;
  /** Time for tokens, sessions and dates. Default: the system's. */
  clock?: SimulatorClock;
  /** Delivers webhooks. Default: the global `fetch`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Receives one line for each request and webhook. No secrets, no bodies. */
  logger?: (line: string) => void;
}

/** A stateful stand-in for Purse: tokens, sessions, a payment page, payments, webhooks and a ledger. */
export interface Simulator {
  /** A `fetch` that reaches the simulator without a port. It serves only {@link baseUrl} and never follows redirects. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Origin to give to clients; the real address while the simulator listens. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
  readonly entityId: string;
  readonly ledger: Ledger;
  readonly shopper: Shopper;
  /** Serves HTTP (needs Node.js). Rejects when the port is taken. */
  listen(options?: ListenOptions): Promise<Listener>;
  /** The last 10 000 requests, in the order of their answers. */
  requests(): readonly RequestRecord[];
  /** Resolves when every webhook due was delivered or given up. */
  idle(): Promise<void>;
  /** Stops listening and drops the webhooks still due. */
  close(): Promise<void>;
}

/**
 * Creates a simulator with a state of its own.
 *
 * @example
 * ```ts
 * import { Purse } from "purse-payments";
 * import { createSimulator } from "purse-payments/simulator";
 *
 * const simulator = createSimulator();
 * const { baseUrl, fetch, clientId, clientSecret, entityId } = simulator;
 * const purse = new Purse({ baseUrl, fetch, clientId, clientSecret, entityId });
 * ```
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { clock = systemClock, logger = () => undefined, fetch: deliver } = options;
  const settings = toSettings(options);
  const listeners = new Set<Listener>();
  const baseUrl = (): string => [...listeners].at(-1)?.url ?? defaultBaseUrl;

  const webhooks = createWebhookSender({
    fetch: (url, init) => (deliver ?? globalThis.fetch)(url, init),
    log: logger,
  });
  const state = createState();
  const context: Context = {
    settings,
    state,
    clock,
    partners: obligingPartners,
    signingKeys: createSigningKeys(),
    webhooks,
    baseUrl,
  };
  const requestLog = createRequestLog(logger);
  const routes = createRoutes(context, (error) => {
    logger(`fault ${String(error)}`);
  });
  const handle = (request: Request): Promise<Response> => requestLog.through(request, routes);

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    if (![defaultBaseUrl, baseUrl()].includes(origin)) {
      const cause = Object.assign(new Error(`The simulator does not serve ${origin}.`), {
        code: "ENOTFOUND",
      });
      throw new TypeError("fetch failed", { cause });
    }
    return untilAborted(request.signal, () => handle(request));
  }

  const { clientId, clientSecret, apiKey, entityId } = settings;
  return {
    fetch,
    get baseUrl() {
      return baseUrl();
    },
    clientId,
    clientSecret,
    apiKey,
    entityId,
    ledger: createLedger(state),
    shopper: createShopper({ fetch, baseUrl, entityId }),
    async listen(listenOptions) {
      // Loaded here, so that everything else works where there is no Node.js.
      const { startListening } = await import("./listen.js");
      const started = await startListening(handle, listenOptions);
      const listener: Listener = {
        ...started,
        close: async () => {
          listeners.delete(listener);
          await started.close();
        },
      };
      listeners.add(listener);
      return listener;
    },
    requests: () => requestLog.list(),
    idle: () => webhooks.idle(),
    async close() {
      await Promise.all([...listeners].map((listener) => listener.close()));
      await webhooks.close();
    },
  };
}

function toSettings(options: SimulatorOptions): Settings {
  const {
    clientId = "demo-client",
    clientSecret = "demo-secret",
    apiKey = "2f1b9a52-6f0e-4c9e-9d5e-0a6c0d4f7b11",
    requireApiKey = false,
    entityId = "8f093776-fb6d-41ef-b0f9-e6c49ab1fb0a",
    tokenLifetimeSeconds = 3600,
    sessionLifetimeMs = 30 * 60 * 1000,
  } = options;
  return { clientId, clientSecret, apiKey, requireApiKey, entityId, tokenLifetimeSeconds, sessionLifetimeMs };
}

/** Ends the wait like a real `fetch` when the caller aborts; what was begun goes on. */
async function untilAborted<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    // Any value can be a reason, but real `fetch` rejects with it as it is, too.
    stop = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([run(), aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
