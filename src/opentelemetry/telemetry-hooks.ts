import { metrics, trace, type MeterProvider, type TracerProvider } from "@opentelemetry/api";
import type { PurseHooks } from "../hooks.js";
import { metricHooks } from "./metrics.js";
import { spanHooks } from "./spans.js";

/** Where spans and measurements go. */
export interface TelemetryOptions {
  /**
   * Makes the tracer of the spans.
   * @defaultValue the global provider of `@opentelemetry/api`
   */
  tracerProvider?: TracerProvider;
  /**
   * Makes the meter of the metrics.
   * @defaultValue the global provider of `@opentelemetry/api`
   */
  meterProvider?: MeterProvider;
}

const scope = "purse-payments";

/**
 * Creates hooks that report calls to OpenTelemetry: metrics, and one client span per call, a child of the span active when
 * the call starts, with attempts and retries as events. Contains path templates, but never API keys, bodies or payment ids.
 *
 * Requests are not changed: no `traceparent` header is sent. Create the hooks after the OpenTelemetry SDK has registered its
 * providers, or pass the providers.
 *
 * @returns hooks for `new Purse({ hooks })`; their failures never affect a call.
 *
 * @example
 * ```ts
 * import { Purse } from "purse-payments";
 * import { telemetryHooks } from "purse-payments/opentelemetry";
 *
 * const purse = new Purse({ environment: "sandbox", hooks: telemetryHooks() });
 * ```
 */
export function telemetryHooks(options: TelemetryOptions = {}): PurseHooks {
  const { tracerProvider = trace, meterProvider = metrics } = options;
  const spans = spanHooks(tracerProvider.getTracer(scope));
  const measurements = metricHooks(meterProvider.getMeter(scope));
  return {
    onCallStart: spans.onCallStart,
    onRetry: spans.onRetry,
    onAttemptEnd(event) {
      runBoth(
        () => {
          spans.onAttemptEnd(event);
        },
        () => {
          measurements.onAttemptEnd(event);
        },
      );
    },
    onTokenRequest(event) {
      runBoth(
        () => {
          spans.onTokenRequest(event);
        },
        () => {
          measurements.onTokenRequest(event);
        },
      );
    },
    onCallEnd(event) {
      runBoth(
        () => {
          spans.onCallEnd(event);
        },
        () => {
          measurements.onCallEnd(event);
        },
      );
    },
  };
}

/** Runs the second even if the first throws. */
function runBoth(first: () => void, second: () => void): void {
  try {
    first();
  } finally {
    second();
  }
}
