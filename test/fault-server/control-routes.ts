import type { IncomingMessage, RequestListener } from "node:http";
import type { Simulator } from "../../src/simulator/index.js";
import type { FaultPlan, PlannedFault, SeenRequest } from "./faults.js";

interface Controlled {
  simulator: Simulator;
  plan: FaultPlan;
  seen: SeenRequest[];
  busy: number;
}

/** The back door for tests: plan faults, read the ledger, see the requests, make payments. */
export function createControl(service: Controlled): RequestListener {
  const { simulator, plan, seen } = service;
  const routes: Record<string, (body: unknown) => unknown> = {
    "POST /faults": (body) => {
      plan.plan(body as PlannedFault[]); // Written by the tests' own control client.
    },
    "POST /faults/clear": (path) => {
      plan.clear(typeof path === "string" ? path : undefined);
    },
    "POST /settled": () => settled(service),
    "POST /ledger": (paymentId) => {
      return simulator.ledger
        .entries()
        .filter((entry) => typeof paymentId !== "string" || entry.paymentId === paymentId);
    },
    "POST /requests": (path) => {
      return seen.filter((request) => typeof path !== "string" || request.path.includes(path));
    },
    "POST /payments": () => payInside(simulator),
    "GET /credentials": () => ({
      clientId: simulator.clientId,
      clientSecret: simulator.clientSecret,
      entityId: simulator.entityId,
    }),
  };
  return (request, response) => {
    void (async () => {
      const route = routes[`${request.method ?? ""} ${request.url ?? ""}`];
      const result = route === undefined ? undefined : await route(await readJson(request));
      response.writeHead(route === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(result ?? null));
    })().catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  };
}

/** Waits until all that has arrived is processed. Sockets are read between two turns of the event loop. */
async function settled(service: Controlled): Promise<void> {
  for (let quietTurns = 0; quietTurns < 3; quietTurns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    while (service.busy > 0) {
      quietTurns = 0;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? undefined : JSON.parse(text);
}

/** An authorized payment, made without the client under test. */
async function payInside(simulator: Simulator): Promise<{ paymentId: string }> {
  const base = "http://127.0.0.1:4010";
  const credentials = Buffer.from(`${simulator.clientId}:${simulator.clientSecret}`).toString("base64");
  const token = await json(
    simulator.fetch(`${base}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${credentials}`, "content-type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials",
    }),
  );
  const headers = {
    authorization: `Bearer ${String(token["access_token"])}`,
    "content-type": "application/json",
  };
  const session = await json(
    simulator.fetch(`${base}/payment/v2/client-sessions`, {
      method: "POST",
      headers,
      body: JSON.stringify({
        entity_id: simulator.entityId,
        amount: 12000,
        currency: "EUR",
        shopper_redirection_url: "https://shop.example/return",
        order: { reference: "order-1", net_amount: 12000 },
      }),
    }),
  );
  const id = String(session["id"]);
  await simulator.shopper.pay(id);
  const paid = await json(simulator.fetch(`${base}/payment/v2/client-sessions/${id}`, { headers }));
  return { paymentId: String(paid["payment_id"]) };
}

async function json(response: Promise<Response>): Promise<Record<string, unknown>> {
  return (await (await response).json()) as Record<string, unknown>; // The simulator answers with objects.
}
