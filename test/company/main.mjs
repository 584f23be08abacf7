import { createUndiciFetch } from "../../src/undici/index.ts";
import { Purse } from "../../src/index.ts";

/**
 * One capture beside what applications load to watch or to replace HTTP requests, named by the first argument. The others
 * say where the service is and which payment to capture. Prints what came of it, as JSON.
 */
const [companion = "", baseUrl = "", id = ""] = process.argv.slice(2);

const credentials = { clientId: "id", clientSecret: "secret", apiKey: "api-key", entityId: "entity" };

async function capture(purse) {
  const options = { idempotencyKey: "key-1" };
  const { data, attempts } = await purse.payments.capture(id, { amount: 700 }, options).withResponse();
  return { id: data.id, attempts };
}

const overUndici = () => new Purse({ ...credentials, baseUrl, fetch: createUndiciFetch() });
const overPlainFetch = () => new Purse({ ...credentials, environment: "sandbox", maxRetries: 0 });
const grant = { access_token: "token", token_type: "Bearer", expires_in: 60 };
const origin = "https://api.purse-sandbox.com";

/** What a call that nothing replaces ends with: no request may reach the network. */
async function unreplaced(purse) {
  return purse.payments.retrieve("elsewhere").catch(({ code }) => code);
}

const companions = {
  alone: () => capture(overUndici()),

  async opentelemetry() {
    const { context, propagation, trace } = await import("@opentelemetry/api");
    const { AsyncLocalStorageContextManager } = await import("@opentelemetry/context-async-hooks");
    const { W3CTraceContextPropagator } = await import("@opentelemetry/core");
    const { UndiciInstrumentation } = await import("@opentelemetry/instrumentation-undici");
    const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } =
      await import("@opentelemetry/sdk-trace-base");
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(provider);
    new UndiciInstrumentation().setTracerProvider(provider);
    const application = trace.getTracer("application");
    const purse = overUndici();
    await purse.accessTokens.retrieve();
    const result = await application.startActiveSpan("checkout", async (span) => {
      const captured = await capture(purse);
      span.end();
      return captured;
    });
    const spans = exporter.getFinishedSpans().map((span) => ({
      id: span.spanContext().spanId,
      parent: span.parentSpanContext?.spanId,
      name: span.name,
      path: span.attributes["url.path"],
    }));
    return { result, spans };
  },

  async sentry() {
    const sentry = await import("@sentry/node");
    sentry.init({ dsn: "http://public@127.0.0.1:9/1", tracesSampleRate: 1 });
    return sentry.startSpan({ name: "checkout" }, () => capture(overUndici()));
  },

  async datadog() {
    const { default: tracer } = await import("dd-trace");
    tracer.init({ startupLogs: false, url: "http://127.0.0.1:9" });
    return tracer.trace("checkout", () => capture(overUndici()));
  },

  async nock() {
    const { default: nock } = await import("nock");
    nock.disableNetConnect();
    nock(origin).post("/oauth/token").reply(200, grant);
    nock(origin, { reqheaders: { "x-idempotency-key": "key-1", authorization: "Bearer token" } })
      .post(`/payment/v2/payments/${id}/captures`, { amount: 700 })
      .reply(200, { id, captures: [] });
    const purse = overPlainFetch();
    return { result: await capture(purse), unreplaced: await unreplaced(purse), left: nock.pendingMocks() };
  },

  async msw() {
    const { http, HttpResponse } = await import("msw");
    const { setupServer } = await import("msw/node");
    const asked = [];
    const server = setupServer(
      http.post(`${origin}/oauth/token`, () => HttpResponse.json(grant)),
      http.post(`${origin}/payment/v2/payments/${id}/captures`, async ({ request }) => {
        asked.push([request.headers.get("x-idempotency-key"), await request.json()]);
        return HttpResponse.json({ id, captures: [] });
      }),
    );
    server.listen({ onUnhandledRequest: "error" });
    const purse = overPlainFetch();
    return { result: await capture(purse), unreplaced: await unreplaced(purse), asked };
  },
};

const told = await companions[companion]();
process.stdout.write(`\n${JSON.stringify(told)}`, () => process.exit(0));
