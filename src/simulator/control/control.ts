import { Hono } from "hono";
import { createSession, showSession } from "../payments/client-sessions.js";
import { findObjection } from "./control-guard.js";
import * as input from "./control-input.js";
import type { Context } from "../context.js";
import { answerDashboard } from "./dashboard.js";
import type { Connection } from "../server/listen.js";
import { createOverview } from "./overview.js";
import { Refusal } from "../protocol/problems.js";
import type { Simulator } from "../simulator-interface.js";

/** Path prefix of the control API and the dashboard. */
export const controlPath = "/_simulator";

type Control = (request: Request, connection: Connection) => Promise<Response | undefined>;

/** Answers requests to the control API and the dashboard; undefined for all others. */
export function createControl(context: Context, simulator: () => Simulator): Control {
  const app = new Hono({ strict: false }).route(controlPath, createApp(context, simulator));
  // The outer app handles errors and unknown paths for all routes.
  app.notFound(answerNotFound).onError(answerError);
  return async (request, connection) => {
    const { pathname } = new URL(request.url);
    // For browsers that open the address the simulator prints.
    if (pathname === "/" && request.method === "GET" && acceptsHtml(request))
      return new Response(null, { status: 302, headers: { location: `${controlPath}/`, vary: "accept" } });
    if (pathname !== controlPath && !pathname.startsWith(`${controlPath}/`)) return undefined;
    const objection = findObjection(request, connection);
    if (objection !== undefined) return toProblem(objection.status, objection.detail);
    return app.fetch(request);
  };
}

function acceptsHtml({ headers }: Request): boolean {
  return (headers.get("accept") ?? "").toLowerCase().includes("text/html");
}

function createApp(context: Context, simulator: () => Simulator): Hono {
  const app = new Hono();

  app.get("/overview", (call) => {
    const all = call.req.query("all")?.split(",") ?? [];
    return Response.json(createOverview(context, simulator(), all));
  });

  app.get("/clock", () => Response.json(readClock(simulator())));
  app.post("/clock", async (call) => {
    await input.setClock(simulator(), await input.readJson(call.req.raw));
    return Response.json(readClock(simulator()));
  });

  app.get("/faults", () => Response.json(simulator().faults.list()));
  app.post("/faults", async (call) => {
    const fault = input.toFault(await input.readJson(call.req.raw));
    return Response.json(simulator().faults.add(fault), { status: 201 });
  });
  app.delete("/faults", () => {
    simulator().faults.clear();
    return new Response(null, { status: 204 });
  });
  app.delete("/faults/:id", (call) => {
    if (!simulator().faults.clear(call.req.param("id"))) throw new Refusal(404, "There is no such fault.");
    return new Response(null, { status: 204 });
  });

  app.get("/partners", () => Response.json(context.state.partnerOrders));
  app.post("/partners", async (call) => {
    const { answer, target } = input.toPartnerOrder(await input.readJson(call.req.raw));
    simulator().partners.next(answer, target);
    return Response.json(context.state.partnerOrders, { status: 201 });
  });
  app.delete("/partners", () => {
    simulator().partners.reset();
    return new Response(null, { status: 204 });
  });
  app.post("/partners/settle", async (call) => {
    const { id, answer } = input.toSettlement(await input.readJson(call.req.raw));
    simulator().partners.settle(id, answer);
    return new Response(null, { status: 204 });
  });

  app.get("/signing-keys", async () => Response.json(await context.signingKeys.list()));
  app.post("/signing-keys", async (call) => {
    const rotation = input.toRotation(await input.readJson(call.req.raw));
    return Response.json(await simulator().rotateSigningKey(rotation), { status: 201 });
  });

  app.get("/webhooks", (call) => Response.json(simulator().webhooks(call.req.query("paymentId"))));
  app.post("/webhooks/:id/redeliver", async (call) => {
    const id = call.req.param("id");
    const isKnown = simulator()
      .webhooks()
      .some((delivery) => delivery.id === id);
    if (!isKnown) throw new Refusal(404, "There is no such webhook.");
    await simulator().redeliverWebhook(id);
    return Response.json(
      simulator()
        .webhooks()
        .find((delivery) => delivery.id === id),
    );
  });

  app.get("/ledger", (call) => Response.json(simulator().ledger.entries(call.req.query("paymentId"))));
  app.get("/requests", () => Response.json(simulator().requests()));

  app.get("/state", () => Response.json(simulator().dump()));
  app.put("/state", async (call) => {
    simulator().load(input.toDump(await input.readJson(call.req.raw, input.maxDumpCharacters)));
    return new Response(null, { status: 204 });
  });
  app.delete("/state", () => {
    simulator().reset();
    return new Response(null, { status: 204 });
  });

  app.post("/sessions", async (call) => {
    const wanted = input.toDemoSession(context, await input.readJson(call.req.raw));
    return Response.json(showSession(context, createSession(context, wanted)), { status: 201 });
  });

  answerDashboard(app);

  return app;
}

function answerNotFound(): Response {
  return toProblem(404, `Not found. See ${controlPath}/ and purse-simulator --help.`);
}

function answerError(error: unknown): Response {
  if (error instanceof Refusal) return toProblem(error.status, error.message);
  // The simulator's functions throw these for invalid arguments.
  if (error instanceof TypeError || error instanceof RangeError) return toProblem(400, error.message);
  return toProblem(500, "The simulator failed. Please report this.");
}

function readClock({ clock }: Simulator): { now: string; nowMs: number; isFrozen: boolean } {
  const nowMs = clock.nowMs();
  return { now: new Date(nowMs).toISOString(), nowMs, isFrozen: clock.isFrozen };
}

function toProblem(status: number, detail: string): Response {
  const headers = { "content-type": "application/problem+json" };
  return new Response(JSON.stringify({ type: "about:blank", status, detail }), { status, headers });
}
