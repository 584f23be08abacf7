import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { once } from "node:events";
import { request as startRequest, type ClientRequest } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { ApplicationSettings } from "../../test/runtimes/ended-requests.js";
import type { CaseResult, FileResult } from "../../test/runtimes/report.js";
import type { Simulator } from "../../src/simulator/index.js";
import { paidPayment, simulate, smallOrder } from "../../test/support/simulated.js";

/** The application that the cases ask; it is no test file, but has its place among them. */
export const endedRequestsFile = "test/runtimes/ended-requests.ts";

/** How long an attempt of the application may take; what is cut off counts for that time, or twice it, and 5 s more. */
const timeoutMs = 5000;
/** Far more than that, and far less than for ever. */
const deadlineMs = 45_000;
const longestAnswerMs = 2 * deadlineMs;
const claimTtlMs = 2000;
const pollMs = 50;
const webhookSecret = "secret-of-the-matrix";
const [tokenPath, keysPath] = ["/oauth/token", "/payment/v2/signing-jwks"];

interface Counts {
  readonly begun: Readonly<Record<string, number>>;
  readonly ended: Readonly<Record<string, number>>;
  readonly asked: Readonly<Record<string, number>>;
  readonly handled: number;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** An application with unused clients, and the service that it talks to. */
interface Shop {
  readonly simulator: Simulator;
  readonly paymentId: string;
  readonly redirectUrl: string;
  /** Gives another redirection, signed with the key of now. */
  readonly redirectAgain: () => Promise<string>;
  readonly ask: (action: string, value?: string, sent?: Sent) => Promise<Response>;
  /** As `ask`, by a caller that can go away. */
  readonly begin: (action: string, value?: string, sent?: Sent) => ClientRequest;
  readonly turnClockForward: (byMs: number) => Promise<void>;
  readonly counts: () => Promise<Counts>;
  readonly close: () => Promise<void>;
}

const cases: Readonly<Record<string, (shop: Shop) => Promise<void>>> = {
  async "a token request whose caller went away does not keep the token from others"(shop) {
    const read = (): Promise<Response> => shop.ask("read", shop.paymentId);
    shop.simulator.faults.add({ kind: "stall_before", operation: "createAccessToken" });
    const [beside] = await cutOff(shop, tokenPath, shop.begin("read", shop.paymentId), "read", read);
    await areAnswered([beside, read(), read()]);
    await isCutOff(shop, tokenPath);
  },

  async "nor does one whose request was answered before it"(shop) {
    shop.simulator.faults.add({ kind: "stall_before", operation: "createAccessToken" });
    await areAnswered([shop.ask("read-later", shop.paymentId)]);
    shop.simulator.faults.clear();
    await areAnswered([1, 2, 3].map(() => shop.ask("read", shop.paymentId)));
    await isCutOff(shop, tokenPath);
  },

  async "deliveries that were cut off while they read the payment keep no other from being handled"(shop) {
    await areAnswered([shop.ask("read", shop.paymentId)]);
    const path = `/payment/v2/payments/${shop.paymentId}`;
    const headers = { "content-type": "application/json", "x-purse-webhook-secret": webhookSecret };
    const delivery = { method: "POST", headers, body: JSON.stringify({ id: shop.paymentId }) };
    const deliver = (): ClientRequest => shop.begin("webhook", "", delivery);
    shop.simulator.faults.add({ kind: "stall_before", operation: "getPayment" });
    // The second waits for the first, and goes away as well.
    const [second] = await cutOff(shop, path, deliver(), "webhook", deliver, 2);
    await leave(second);
    const statuses = new Set<number>();
    const deliverAgain = async (): Promise<number> => (await shop.ask("webhook", "", delivery)).status;
    await until(async () => statuses.add(await deliverAgain()).has(200));
    equal(await deliverAgain(), 200);
    // Until then the sender is told to come again, and never that it is done.
    deepEqual([...statuses.add(503)].sort(), [200, 503]);
    equal((await shop.counts()).handled, 1);
    await isCutOff(shop, path);
  },

  async "a first fetch of keys whose caller went away does not keep them from others"(shop) {
    const verify = (): Promise<Response> => shop.ask("verify", shop.redirectUrl);
    shop.simulator.faults.add({ kind: "stall_before", operation: "getSigningJwks" });
    const leaving = shop.begin("verify", shop.redirectUrl);
    const [beside] = await cutOff(shop, keysPath, leaving, "verify", verify);
    await areAnswered([beside, verify(), verify()]);
    await isCutOff(shop, keysPath);
  },
};

/** The clock is that of the whole application, so these come one after the other. */
const casesWithClock: typeof cases = {
  async "a renewal of keys that was cut off with the request it began in is made good"(shop) {
    await areAnswered([shop.ask("verify", shop.redirectUrl)]);
    await shop.simulator.rotateSigningKey();
    const redirectUrl = await shop.redirectAgain();
    await shop.turnClockForward(11 * 60_000);
    shop.simulator.faults.add({ kind: "stall_before", operation: "getSigningJwks" });
    await areAnswered([shop.ask("verify", shop.redirectUrl)]);
    shop.simulator.faults.clear();
    await areAnswered([shop.ask("verify", shop.redirectUrl)]);
    await areAnswered([shop.ask("verify", redirectUrl)]);
    await isCutOff(shop, keysPath);
  },

  async "a renewal of the token that was cut off with the request it began in is made good"(shop) {
    await areAnswered([shop.ask("read", shop.paymentId)]);
    await shop.turnClockForward(59.5 * 60_000);
    shop.simulator.faults.add({ kind: "stall_before", operation: "createAccessToken" });
    await areAnswered([shop.ask("read", shop.paymentId)]);
    shop.simulator.faults.clear();
    await areAnswered([shop.ask("read", shop.paymentId)]);
    await shop.turnClockForward(60_000);
    await areAnswered([shop.ask("read", shop.paymentId)]);
    await isCutOff(shop, tokenPath);
  },
};

/** Asks the application in workerd, as clients do that go away, and those that come after them. */
export async function checkEndedRequests(applicationUrl: string): Promise<FileResult> {
  const run = async ([name, check]: [string, (shop: Shop) => Promise<void>]): Promise<CaseResult> => {
    try {
      const shop = await openShop(applicationUrl + encodeURIComponent(name));
      await check(shop).finally(shop.close);
      return { name, state: "passed" };
    } catch (error) {
      return { name, state: "failed", message: error instanceof Error ? error.message : String(error) };
    }
  };
  const results = await Promise.all(Object.entries(cases).map(run));
  for (const each of Object.entries(casesWithClock)) results.push(await run(each));
  return { file: endedRequestsFile, cases: results, problems: [] };
}

async function openShop(url: string): Promise<Shop> {
  const { simulator, purse } = simulate();
  const redirectAgain = async (): Promise<string> => {
    const { id } = await purse.clientSessions.create(smallOrder);
    return (await simulator.shopper.pay(id)).redirectUrl;
  };
  const { id: paymentId } = await paidPayment({ simulator, purse });
  const redirectUrl = await redirectAgain();
  const listener = await simulator.listen();
  const { clientId, clientSecret } = simulator;
  const settings: ApplicationSettings = {
    baseUrl: listener.url,
    jwksUrl: listener.url + keysPath,
    ...{ clientId, clientSecret, timeoutMs, deadlineMs, claimTtlMs, webhookSecret },
  };
  const addressOf = (action: string, value = ""): string =>
    `${url}/${action}?value=${encodeURIComponent(value)}`;
  const ask: Shop["ask"] = (action, value, sent = {}) =>
    fetch(addressOf(action, value), { ...sent, signal: AbortSignal.timeout(longestAnswerMs) });
  const begin: Shop["begin"] = (action, value, { body, ...sent } = {}) =>
    startRequest(addressOf(action, value), { ...sent, agent: false })
      .on("error", () => undefined)
      .end(body);
  await areAnswered([ask("start", "", { method: "POST", body: JSON.stringify(settings) })]);
  return {
    ...{ simulator, paymentId, redirectUrl, redirectAgain, ask, begin },
    turnClockForward: (byMs) => areAnswered([ask("turn-clock", String(byMs))]),
    counts: async () => (await (await ask("counts")).json()) as Counts, // Both ends are ours.
    close: () => listener.close(),
  };
}

/**
 * Goes away when the application has sent its request, the `nth` on that path, to a service that does not answer, and
 * when another caller has asked for the same. Gives what that one gets.
 */
async function cutOff<T>(
  { counts, simulator }: Shop,
  path: string,
  leaving: ClientRequest,
  action: string,
  askBeside: () => T,
  nth = 1,
): Promise<readonly [T]> {
  await until(async () => (await counts()).begun[path] === nth);
  const asked = (await counts()).asked[action];
  const beside = askBeside();
  await until(async () => (await counts()).asked[action] !== asked);
  simulator.faults.clear();
  await leave(leaving);
  return [beside]; // Not yet awaited.
}

/** To workerd, a connection that is closed in good order may still wait for its answer; so this one is not. */
async function leave(leaving: ClientRequest): Promise<void> {
  const answer = once(leaving, "response");
  leaving.socket?.resetAndDestroy();
  await rejects(answer);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endsAtMs = performance.now() + deadlineMs;
  while (!(await isSo())) {
    ok(performance.now() < endsAtMs, "it does not come");
    await pause(pollMs);
  }
}

async function areAnswered(answers: readonly Promise<Response>[]): Promise<void> {
  for (const answer of await Promise.all(answers)) {
    const text = await answer.text();
    ok(answer.status === 200, `status ${String(answer.status)}: ${text}`);
  }
}

/** Whether one was cut off indeed: without that, the case would show nothing. */
async function isCutOff({ counts }: Shop, path: string): Promise<void> {
  const { begun, ended } = await counts();
  equal((begun[path] ?? 0) - (ended[path] ?? 0), 1, `of ${path}, what was begun and never ended`);
}
