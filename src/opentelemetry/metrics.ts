import type { Meter } from "@opentelemetry/api";
import type { AttemptEndEvent, CallEndEvent, PurseHooks, TokenRequestEvent } from "../hooks.js";
import { attemptAttributes, callEndAttributes, seriesAttributes, tokenAttributes } from "./attributes.js";

/** The boundaries advised for HTTP clients, extended to the longest default call. */
const boundariesSeconds = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 90,
];

export function metricHooks(
  meter: Meter,
): Required<Pick<PurseHooks, "onAttemptEnd" | "onTokenRequest" | "onCallEnd">> {
  const count = (name: string, unit: string, description: string): ReturnType<Meter["createCounter"]> =>
    meter.createCounter(`purse.client.${name}`, { unit, description });
  const calls = count("calls", "{call}", "Calls that ended.");
  const attempts = count("attempts", "{attempt}", "API requests of calls, including recovery reads.");
  const tokenRequests = count("token_requests", "{request}", "Token requests that ended.");
  const recoveries = count(
    "recoveries",
    "{call}",
    "Calls whose idempotency key was already used and whose result was read back.",
  );
  const unknown = count("unknown_outcomes", "{call}", "Calls that may or may not have taken effect.");
  const duration = meter.createHistogram("purse.client.operation.duration", {
    unit: "s",
    description: "Duration of a call, including waits between attempts.",
    advice: { explicitBucketBoundaries: boundariesSeconds },
  });

  return {
    onAttemptEnd(event: AttemptEndEvent): void {
      attempts.add(1, { ...seriesAttributes(event), ...attemptAttributes(event) });
    },

    onTokenRequest(event: TokenRequestEvent): void {
      tokenRequests.add(1, tokenAttributes(event));
    },

    onCallEnd(event: CallEndEvent): void {
      const series = seriesAttributes(event);
      const attributes = { ...series, ...callEndAttributes(event) };
      calls.add(1, attributes);
      duration.record(event.durationMs / 1000, attributes);
      if (event.outcome === "recovered") recoveries.add(1, series);
      if (event.outcome === "outcome_unknown") {
        unknown.add(1, {
          ...series,
          ...(event.reason === undefined ? {} : { "purse.reason": event.reason }),
        });
      }
    },
  };
}
