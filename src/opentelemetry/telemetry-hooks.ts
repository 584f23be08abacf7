import { metrics, trace, type MeterProvider, type TracerProvider } from "@opentelemetry/api";
import type { PurseHooks } from "../hooks.js";
import { metricHooks } from "./metrics.js";
import { spanHooks } from "./spans.js";

/** Where spans and measurements go. */
export interface TelemetryOptions {
  /** @defaultValue the global one of `@opentelemetry/api` */
  tracerProvider?: TracerProvider;
  /** @defaultValue the global one of `@opentelemetry/api` */
  meterProvider?: MeterProvider;
}

const scope = "purse-payments";

/**
 * Hooks that report calls to OpenTelemetry: one client span a call, a child of the span that is active when the call
 * starts, with its attempts and retries as events; and metrics. Path templates only, never keys, bodies or ids of payments.
 *
 * They add nothing to requests: no `traceparent` goes out. Make them after the SDK has registered its providers, or give
 * the providers.
 *
 * @returns hooks for `new Purse({ hooks })`; what goes wrong in them never reaches a call.
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
      both(
        () => {
          spans.onAttemptEnd(event);
        },
        () => {
          measurements.onAttemptEnd(event);
        },
      );
    },
    onTokenRequest(event) {
      both(
        () => {
          spans.onTokenRequest(event);
        },
        () => {
          measurements.onTokenRequest(event);
        },
      );
    },
    onCallEnd(event) {
      both(
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

/** The second is told although the first failed. */
function both(first: () => void, second: () => void): void {
  try {
    first();
  } finally {
    second();
  }
}
