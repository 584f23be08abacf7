import type { Simulator } from "./simulator-interface.js";
import { untilAborted } from "./faults/aborting.js";
import { createClock, systemClock } from "./state/clock.js";
import type { Context } from "./context.js";
import { createControl } from "./control/control.js";
import { answerWithFaults, breakForFetch, type FaultyAnswer } from "./faults/fault-delivery.js";
import { createFaults } from "./faults/faults.js";
import { startHeartbeat } from "./server/heartbeat.js";
import { jobHandlers } from "./jobs.js";
import { createLedger } from "./state/ledger.js";
import type { Connection, Listener } from "./server/listen.js";
import { createPartnerControl } from "./payments/partners.js";
import { createRandom } from "./state/random.js";
import { createSigningKeys } from "./state/redirection-signing.js";
import { createRequestLog, toLogLine } from "./server/request-log.js";
import { createRoutes } from "./server/routes.js";
import { toSettings } from "./state/settings.js";
import { createShopper } from "./checkout/shopper.js";
import type { SimulatorOptions } from "./simulator-options.js";
import { dumpState, readDump, replaceState, resumeDeliveries } from "./state/snapshot.js";
import { createState } from "./state/state.js";
import { checkOptions } from "./simulator-options.js";
import { nextDueMs, runDue } from "./timeline.js";
import { createWebhookSender } from "./webhooks/webhooks.js";

/** `baseUrl` while not listening. A loopback address, so that clients accept plain HTTP. */
const defaultBaseUrl = "http://127.0.0.1:4010";
const defaultRetryDelaysMs = [1000, 5000, 30_000];

/**
 * Creates a simulator with its own state.
 *
 * @throws `TypeError` when an option is unknown, or `state` is not a valid dump.
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
  checkOptions(options);
  const { logger = () => undefined, onEvent = () => undefined, fetch: deliver } = options;
  const settings = toSettings(options);
  const listeners = new Set<Listener>();
  const baseUrl = (): string => [...listeners].at(-1)?.url ?? defaultBaseUrl;

  const state = createState();
  const random = createRandom(options.seed, state);
  const { clock, restore } = createClock(options.clock ?? systemClock, runUntil);
  const faults = createFaults({ state, random, clock });
  const signingKeys = createSigningKeys({
    ...{ state, clock, random },
    // With a seed, ids repeat, and the same id must not mean the same key in two simulators.
    mayShareFirstKey: options.seed === undefined,
  });
  const webhooks = createWebhookSender({
    state,
    clock,
    random,
    faults,
    retryDelaysMs: options.webhookRetryDelaysMs ?? defaultRetryDelaysMs,
    send: (url, init) => (deliver ?? globalThis.fetch)(url, init),
    onAttempt(delivery) {
      logger(`webhook ${delivery.paymentId} ${delivery.attempts.at(-1)?.outcome ?? ""}`);
      onEvent({ type: "webhook", delivery });
    },
    // Deferred, so that the call that caused it is answered first.
    wake: () => void setTimeout(runDueJobs, 0),
  });
  const context: Context = {
    settings,
    state,
    clock,
    random,
    jobs: jobHandlers,
    signingKeys,
    webhooks,
    baseUrl,
  };
  const requestLog = createRequestLog({
    clock,
    random,
    onRequest(request) {
      logger(toLogLine(request));
      onEvent({ type: "request", request });
    },
  });
  const routes = createRoutes(context, reportError);

  function reportError(error: unknown): void {
    logger(`error ${String(error)}`);
  }

  function runDueJobs(): void {
    try {
      runDue(context);
    } catch (error) {
      reportError(error);
    }
  }

  /** Stops at each due time, so that every job runs at its own time. */
  async function runUntil(untilMs: number, moveTo: (timeMs: number) => void): Promise<void> {
    for (;;) {
      runDue(context);
      await webhooks.settled();
      const nextMs = nextDueMs(context);
      // Sending takes real time, during which more jobs may have become due.
      if (nextMs === undefined || nextMs > Math.max(untilMs, clock.nowMs())) return;
      moveTo(nextMs);
    }
  }

  async function handle(request: Request, connection: Connection): Promise<FaultyAnswer> {
    const controlled = await control(request, connection);
    if (controlled !== undefined) return { response: controlled };
    runDueJobs();
    return requestLog.handle(request, (received) => answerWithFaults({ faults, state }, received, routes));
  }

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const { origin } = new URL(request.url);
    if (![defaultBaseUrl, baseUrl()].includes(origin)) {
      const cause = Object.assign(new Error(`The simulator does not serve ${origin}.`), {
        code: "ENOTFOUND",
      });
      throw new TypeError("fetch failed", { cause });
    }
    const { signal } = request;
    return untilAborted(signal, async () =>
      breakForFetch(await handle(request, { isLoopback: true }), signal),
    );
  }

  const { clientId, clientSecret, apiKey, entityId } = settings;
  const simulator: Simulator = {
    fetch,
    get baseUrl() {
      return baseUrl();
    },
    clientId,
    clientSecret,
    apiKey,
    entityId,
    ledger: createLedger(state),
    shopper: createShopper({
      fetch,
      baseUrl,
      entityId,
      currencyOf: (sessionId) => state.sessions[sessionId]?.request.currency,
    }),
    partners: createPartnerControl(context),
    clock,
    faults,
    async listen(listenOptions) {
      // Imported on demand, so that everything else also works outside Node.js.
      const { startListening } = await import("./server/listen.js");
      const started = await startListening(handle, listenOptions);
      const stopHeartbeat = startHeartbeat(runDueJobs);
      const listener: Listener = {
        ...started,
        close: async () => {
          listeners.delete(listener);
          stopHeartbeat();
          await started.close();
        },
      };
      listeners.add(listener);
      return listener;
    },
    requests: () => requestLog.list(),
    webhooks: (paymentId) => webhooks.list(paymentId),
    async redeliverWebhook(deliveryId) {
      if (!webhooks.redeliver(deliveryId)) throw new TypeError("There is no webhook with that id.");
      runDueJobs();
      await webhooks.settled();
    },
    rotateSigningKey: (rotation) => signingKeys.rotate(rotation),
    dump: () => dumpState(state, { nowMs: clock.nowMs(), isFrozen: clock.isFrozen }),
    load(dump) {
      const read = readDump(dump);
      replaceState(state, read.state);
      restore(read.clock);
      resumeDeliveries(state, clock.nowMs());
    },
    reset() {
      replaceState(state, createState());
      restore(undefined);
      requestLog.clear();
    },
    async idle() {
      for (;;) {
        await clock.advance({});
        const next = state.due.filter(({ kind }) => kind === "deliver_webhook").map(({ atMs }) => atMs);
        if (next.length === 0) return;
        // A relative step, because real time passes between two readings of the clock.
        await clock.advance({ ms: Math.max(Math.min(...next) - clock.nowMs(), 0) });
      }
    },
    async close() {
      await Promise.all([...listeners].map((listener) => listener.close()));
      await webhooks.close();
    },
  };
  const control = createControl(context, () => simulator);
  if (options.state !== undefined) simulator.load(options.state);
  return simulator;
}
