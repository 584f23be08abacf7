import { Purse, type PurseOptions } from "../../src/index.js";
import { createRedirectionVerifier, type RedirectionVerifier } from "../../src/redirection/index.js";
import { createWebhookHandler } from "../../src/webhooks/index.js";

/**
 * An application on workerd whose clients outlive the requests that use them, as clients at module level do. What a
 * request began ends with it there, and then neither resolves nor rejects. scripts/runtimes/ended-requests.ts asks it.
 */
interface Application {
  readonly purse: Purse;
  readonly verifier: RedirectionVerifier;
  readonly receive: (request: Request) => Promise<Response>;
  /** Of `fetch`, by path: what was begun, and what came to an end, whichever. */
  readonly begun: Record<string, number>;
  readonly ended: Record<string, number>;
  /** By action. */
  readonly asked: Record<string, number>;
  handled: number;
}

export interface ApplicationSettings extends Pick<PurseOptions, "clientId" | "clientSecret"> {
  readonly baseUrl: string;
  readonly jwksUrl: string;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly claimTtlMs: number;
  readonly webhookSecret: string;
}

/** One for each case, so that none sees what another left behind. */
const applications = new Map<string, Application>();

function createApplication(settings: ApplicationSettings): Application {
  const { jwksUrl, claimTtlMs, webhookSecret, ...options } = settings;
  const begun: Record<string, number> = {};
  const ended: Record<string, number> = {};
  const countingFetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname } = new URL(url);
    count(begun, pathname);
    try {
      return await fetch(url, init);
    } finally {
      count(ended, pathname);
    }
  };
  const purse = new Purse({ ...options, fetch: countingFetch });
  const application: Application = {
    purse,
    verifier: createRedirectionVerifier({ jwksUrl, timeoutMs: options.timeoutMs, fetch: countingFetch }),
    receive: createWebhookHandler(purse, {
      secrets: [webhookSecret],
      claimTtlMs,
      on: { fallback: () => void (application.handled += 1) },
    }),
    ...{ begun, ended, asked: {}, handled: 0 },
  };
  return application;
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** Lets hours pass for all that measures time from now on. */
function turnClockForward(byMs: number): void {
  const before = performance.now.bind(performance);
  Object.defineProperty(performance, "now", { value: () => before() + byMs, configurable: true });
}

async function answer(
  { purse, verifier, receive, ...counts }: Application,
  action: string,
  request: Request,
  value: string,
): Promise<Response> {
  switch (action) {
    case "read":
      return Response.json({ id: (await purse.payments.retrieve(value)).id });
    case "read-later":
      // Nothing waits for it, and nothing tells the platform to.
      void purse.payments.retrieve(value).catch(() => undefined);
      return Response.json({});
    case "verify":
      return Response.json({ ...(await verifier.verify(value)) });
    case "webhook":
      return receive(request);
    default:
      return Response.json(counts);
  }
}

// The entry of a worker is its default export.
export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const [, name = "", action = ""] = pathname.split("/");
    if (action === "start") {
      const settings = (await request.json()) as ApplicationSettings; // Both ends are ours.
      applications.set(name, createApplication(settings));
      return Response.json({});
    }
    if (action === "turn-clock") {
      turnClockForward(Number(searchParams.get("value")));
      return Response.json({});
    }
    const application = applications.get(name);
    if (application === undefined) return new Response("start it first", { status: 404 });
    count(application.asked, action);
    try {
      return await answer(application, action, request, searchParams.get("value") ?? "");
    } catch (error) {
      return Response.json({ error: String(error) }, { status: 500 });
    }
  },
};
