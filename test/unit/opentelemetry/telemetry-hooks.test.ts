import { AsyncLocalStorage } from "node:async_hooks";
import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type ContextManager,
  type MeterProvider as MeterProviderApi,
  type TracerProvider,
} from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { telemetryHooks } from "../../../src/opentelemetry/index.js";
import { failureOf } from "../../support/failures.js";
import { runToEnd } from "../../support/manual-clock.js";
import "../../support/recorded-events.js";
import { answers, fails, type Step } from "../../support/stub-fetch.js";
import {
  keyUsed,
  operation,
  payment,
  paymentId,
  testClient,
  type TestClient,
  type TestClientParts,
} from "../../support/test-client.js";

const read = answers(200, payment());
const down = answers(503, null, { "x-request-id": "req-1" });
const lost = fails("ECONNRESET");
const captured = answers(200, payment({ captures: [operation()] }));

/** As registered by the OpenTelemetry SDK for Node.js. */
const storage = new AsyncLocalStorage<Context>();
const contextManager: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (active, work, thisArgument, ...parts) =>
    storage.run(active, () => Reflect.apply(work, thisArgument as never, parts)),
  bind: (_, target) => target,
  enable: () => contextManager,
  disable: () => contextManager,
};

beforeAll(() => {
  context.setGlobalContextManager(contextManager);
});
afterAll(() => {
  context.disable();
});

interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly value: unknown;
  readonly attributes: Record<string, unknown>;
}

interface Telemetry extends TestClient {
  readonly tracerProvider: TracerProvider;
  readonly spans: () => ReadableSpan[];
  readonly measurements: () => Promise<Measurement[]>;
}

function observedClient(steps: readonly Step[], parts: TestClientParts = {}): Telemetry {
  const spanExporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spanExporter)] });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const hooks = telemetryHooks({ tracerProvider, meterProvider });
  const client = testClient(steps, { ...parts, options: { hooks, ...parts.options } });
  return {
    ...client,
    tracerProvider,
    spans: () => spanExporter.getFinishedSpans(),
    async measurements() {
      await reader.forceFlush();
      await reader.shutdown();
      const found = metricExporter.getMetrics().at(-1)?.scopeMetrics[0]?.metrics ?? [];
      return found.flatMap(({ descriptor: { name, unit }, dataPoints }) =>
        dataPoints.map(({ value, attributes }) => ({
          name,
          unit,
          attributes,
          value,
        })),
      );
    },
  };
}

const callSpan = (telemetry: Telemetry): ReadableSpan => {
  const span = telemetry.spans().find(({ name }) => name !== "Purse.createAccessToken");
  if (span === undefined) throw new Error("no span of a call");
  return span;
};

describe("spans", () => {
  test("a call is one client span that follows the semantic conventions", async () => {
    const client = observedClient([down, captured]);
    await runToEnd(client.clock, client.payments.capture(paymentId, { amount: 3000 }));
    expect(client.spans().map(({ name }) => name)).toEqual([
      "Purse.createAccessToken",
      "Purse.capturePayment",
    ]);
    const span = callSpan(client);
    expect(span.kind).toBe(SpanKind.CLIENT);
    expect(span.status).toEqual({ code: SpanStatusCode.UNSET });
    expect(span.attributes).toEqual({
      "server.address": "purse.test",
      "server.port": 443,
      "http.request.method": "POST",
      "url.template": "/payment/v2/payments/{id}/captures",
      "purse.operation": "capturePayment",
      "purse.purpose": "call",
      "purse.idempotency_key": "generated",
      "purse.outcome": "created",
      "http.response.status_code": 200,
      "purse.attempts": 2,
      "http.request.resend_count": 1,
    });
    expect(span.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        "purse.attempt",
        {
          "purse.attempt.outcome": "answered",
          "http.response.status_code": 503,
          "error.type": "503",
          "purse.attempt.number": 1,
          "purse.attempt.duration": 0,
          "purse.operation": "capturePayment",
          "purse.request_id": "req-1",
        },
      ],
      ["purse.retry", { "purse.retry.reason": "transient", "purse.retry.delay": 0.25 }],
      [
        "purse.attempt",
        {
          "purse.attempt.outcome": "answered",
          "http.response.status_code": 200,
          "purse.attempt.number": 2,
          "purse.attempt.duration": 0,
          "purse.operation": "capturePayment",
        },
      ],
    ]);
  });

  test("it is a child of the span that is active when the call starts", async () => {
    const client = observedClient([read, read]);
    const tracer = client.tracerProvider.getTracer("test");
    const parent = tracer.startSpan("checkout");
    await context.with(trace.setSpan(context.active(), parent), () => client.payments.retrieve(paymentId));
    await client.payments.retrieve(paymentId);
    const [inside, outside] = client.spans().filter(({ name }) => name === "Purse.getPayment");
    expect(inside?.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
    expect(inside?.spanContext().traceId).toBe(parent.spanContext().traceId);
    expect(outside?.parentSpanContext).toBeUndefined();
  });

  test("a token request belongs to no call's trace", async () => {
    const client = observedClient([read]);
    const parent = client.tracerProvider.getTracer("test").startSpan("checkout");
    await context.with(trace.setSpan(context.active(), parent), () => client.payments.retrieve(paymentId));
    const token = client.spans().find(({ name }) => name === "Purse.createAccessToken");
    expect(token?.parentSpanContext).toBeUndefined();
    expect(token?.spanContext().traceId).not.toBe(parent.spanContext().traceId);
  });

  test("a recovery read is not a resend", async () => {
    const client = observedClient([answers(409, keyUsed()), captured]);
    await client.payments.capture(paymentId, { amount: 3000 });
    expect(callSpan(client).attributes).toMatchObject({ "purse.outcome": "recovered", "purse.attempts": 2 });
    expect(callSpan(client).attributes).not.toHaveProperty("http.request.resend_count");
  });

  test("an IPv6 address has no brackets", async () => {
    const client = observedClient([read], { options: { baseUrl: "http://[::1]:8080" } });
    await client.payments.retrieve(paymentId);
    expect(callSpan(client).attributes).toMatchObject({ "server.address": "::1", "server.port": 8080 });
  });

  test("a failure has an error type with few values", async () => {
    const client = observedClient([lost, lost, lost]);
    await failureOf(runToEnd(client.clock, client.payments.capture(paymentId, { amount: 3000 })));
    const { status, attributes, events } = callSpan(client);
    expect(status).toEqual({ code: SpanStatusCode.ERROR, message: "outcome_unknown" });
    expect(attributes).toMatchObject({
      "error.type": "outcome_unknown",
      "purse.outcome": "outcome_unknown",
      "purse.reason": "connection_lost",
      "http.request.resend_count": 2,
    });
    expect(attributes).not.toHaveProperty("http.response.status_code");
    expect(events[0]?.attributes).toMatchObject({
      "error.type": "connection_lost",
      "purse.attempt.failure": "ECONNRESET",
    });
  });

  test("a refused token request has its own span with an error", async () => {
    const client = observedClient([], { tokenSteps: [answers(401)] });
    await failureOf(client.payments.retrieve(paymentId));
    const [token] = client.spans();
    expect(token).toMatchObject({ name: "Purse.createAccessToken", kind: SpanKind.CLIENT });
    expect(token?.status.code).toBe(SpanStatusCode.ERROR);
    expect(token?.attributes).toMatchObject({
      "http.response.status_code": 401,
      "error.type": "credentials_refused",
    });
    expect(callSpan(client).attributes).toMatchObject({ "error.type": "token", "purse.attempts": 0 });
  });

  test("spans contain no id, API key or body", async () => {
    const client = observedClient([answers(409, keyUsed()), captured]);
    const params = { amount: 31_337, merchant_reference: "planted-reference" };
    await failureOf(client.payments.capture(paymentId, params, { idempotencyKey: "planted-key" }));
    const reported = JSON.stringify(
      client.spans().map(({ name, attributes, events }) => [name, attributes, events]),
    );
    expect(reported).not.toMatch(new RegExp(`planted|31337|${paymentId}|client-secret|token-number`));
  });
});

describe("metrics", () => {
  test("count calls, attempts, token requests, recoveries and unknown outcomes, and record durations in seconds", async () => {
    const client = observedClient([read, answers(409, keyUsed()), captured, lost]);
    await client.payments.retrieve(paymentId);
    await client.payments.capture(paymentId, { amount: 3000 });
    const unknown = client.payments.capture(paymentId, { amount: 3000 }, { maxRetries: 0 });
    await failureOf(runToEnd(client.clock, unknown));
    const found = await client.measurements();
    const reported = found
      .filter(({ name }) => name !== "purse.client.operation.duration")
      .map(({ name, unit, value, attributes }) => [
        name.replace("purse.client.", ""),
        unit,
        attributes["purse.operation"],
        attributes["purse.outcome"] ?? attributes["purse.attempt.outcome"] ?? attributes["purse.reason"],
        attributes["http.response.status_code"],
        value,
      ]);
    expect(reported).toEqual([
      ["calls", "{call}", "getPayment", "done", 200, 1],
      ["calls", "{call}", "capturePayment", "recovered", 200, 1],
      ["calls", "{call}", "capturePayment", "outcome_unknown", undefined, 1],
      ["attempts", "{attempt}", "getPayment", "answered", 200, 2],
      ["attempts", "{attempt}", "capturePayment", "answered", 409, 1],
      ["attempts", "{attempt}", "capturePayment", "connection_lost", undefined, 1],
      ["token_requests", "{request}", undefined, "granted", undefined, 1],
      ["recoveries", "{call}", "capturePayment", undefined, undefined, 1],
      ["unknown_outcomes", "{call}", "capturePayment", "connection_lost", undefined, 1],
    ]);
    const keys = new Set(found.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...keys].some((key) => /id|template|reference/.test(key.replace("purse.", "")))).toBe(false);
  });

  test("the duration includes waits, in seconds", async () => {
    const client = observedClient([down, down, read]);
    await runToEnd(client.clock, client.payments.retrieve(paymentId));
    const found = await client.measurements();
    const duration = found.find(({ name }) => name === "purse.client.operation.duration");
    expect(duration?.unit).toBe("s");
    expect(duration?.value).toMatchObject({ count: 1, sum: 0.75 });
  });
});

test("failing telemetry affects no call, and failing spans do not prevent metrics", async () => {
  const broken = (): never => {
    throw new Error("telemetry");
  };
  let counted = 0;
  const counter = { add: () => (counted += 1), record: () => (counted += 1) };
  const hooks = telemetryHooks({
    tracerProvider: { getTracer: () => ({ startSpan: broken, startActiveSpan: broken }) },
    meterProvider: {
      getMeter: () => ({ createCounter: () => counter, createHistogram: () => counter }),
    } as unknown as MeterProviderApi,
  });
  const client = testClient([down, read], { options: { hooks } });
  expect(await runToEnd(client.clock, client.payments.retrieve(paymentId))).toEqual(payment());
  // A token request, two attempts, a call and its duration.
  expect(counted).toBe(5);
});

test("does nothing without an OpenTelemetry SDK", async () => {
  const client = testClient([read], { options: { hooks: telemetryHooks() } });
  expect(await client.payments.retrieve(paymentId)).toEqual(payment());
});
