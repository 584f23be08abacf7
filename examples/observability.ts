/**
 * One capture whose response is lost, seen as log lines, as a trace and as metrics.
 *
 *   npx tsx examples/observability.ts
 *
 * It uses the simulator. A shop sets up the OpenTelemetry SDK once, at the start of the program, and exports to a collector;
 * here it exports to memory, so that it can be printed.
 */
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider } from "@opentelemetry/sdk-metrics";
import { PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { Purse, type FetchFunction, type PurseHooks } from "purse-payments";
import { telemetryHooks } from "purse-payments/opentelemetry";
import { createSimulator } from "purse-payments/simulator";

const spanExporter = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spanExporter)] });
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const metricReader = new PeriodicExportingMetricReader({ exporter: metricExporter });
const meterProvider = new MeterProvider({ readers: [metricReader] });

/** Any object with these functions works; several are called in order. */
const alarm: PurseHooks = {
  onCallEnd({ outcome, operation }) {
    if (outcome === "outcome_unknown") console.log(`call the pager: ${operation}`);
  },
};

const simulator = createSimulator();
const { baseUrl, clientId, clientSecret, entityId } = simulator;

/** A network that loses the first response to a capture: the money has moved, and the client does not know. */
let isLost = false;
const fetch: FetchFunction = async (url, init) => {
  const response = await simulator.fetch(url, init);
  if (isLost || !url.endsWith("/captures")) return response;
  isLost = true;
  const cause = Object.assign(new Error("reset"), { code: "ECONNRESET" });
  throw new TypeError("fetch failed", { cause });
};

const logger = {
  info: (message: string) => {
    console.log(`info   ${message}`);
  },
  warn: (message: string) => {
    console.log(`warn   ${message}`);
  },
  error: (message: string) => {
    console.log(`error  ${message}`);
  },
};
const hooks = [telemetryHooks({ tracerProvider, meterProvider }), alarm];
const purse = new Purse({ baseUrl, clientId, clientSecret, entityId, fetch, hooks, logger });

const session = await purse.clientSessions.create({
  amount: 4299,
  currency: "EUR",
  shopper_redirection_url: "https://shop.example/return",
  order: { reference: "order-1", net_amount: 4299 },
});
const { redirectUrl } = await simulator.shopper.pay(session.id);
const { payment_id: paymentId = "" } = await purse.redirection.verify(redirectUrl, {
  clientSessionId: session.id,
});

const { idempotency, attempts } = await purse.payments.capture(paymentId, { amount: 4299 }).withResponse();
console.log(`result ${String(idempotency)} after ${String(attempts)} requests`);

for (const { name, attributes, events } of spanExporter.getFinishedSpans()) {
  console.log(`span   ${name} ${String(attributes["purse.outcome"])}`);
  for (const event of events) {
    const { attributes: facts = {} } = event;
    const what = facts["purse.attempt.outcome"] ?? facts["purse.retry.reason"];
    console.log(
      `       ${event.name} ${String(what)} ${String(facts["http.response.status_code"] ?? "")}`.trimEnd(),
    );
  }
}

await metricReader.forceFlush();
for (const { descriptor, dataPoints } of metricExporter.getMetrics().at(-1)?.scopeMetrics[0]?.metrics ?? []) {
  for (const { value, attributes } of dataPoints) {
    if (typeof value !== "number") continue;
    console.log(`metric ${descriptor.name} ${String(attributes["purse.operation"] ?? "")} ${String(value)}`);
  }
}
await meterProvider.shutdown();
