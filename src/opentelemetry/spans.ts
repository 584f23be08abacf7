import { SpanKind, SpanStatusCode, type Span, type Tracer } from "@opentelemetry/api";
import type {
  AttemptEndEvent,
  CallEndEvent,
  CallEvent,
  PurseHooks,
  RetryEvent,
  TokenRequestEvent,
} from "../http/hooks.js";
import {
  attemptAttributes,
  callAttributes,
  callEndAttributes,
  isGood,
  tokenAttributes,
} from "./attributes.js";

/** One client span a call, and one a token request. */
export function spanHooks(tracer: Tracer): Required<PurseHooks> {
  /** Every start is followed by an end, which takes the span out again. */
  const spans = new Map<string, Span>();

  return {
    onCallStart(event: CallEvent): void {
      const options = { kind: SpanKind.CLIENT, attributes: callAttributes(event) };
      spans.set(event.callId, tracer.startSpan(`Purse.${event.operation}`, options));
    },

    onAttemptEnd(event: AttemptEndEvent): void {
      spans.get(event.callId)?.addEvent("purse.attempt", {
        ...attemptAttributes(event),
        "purse.attempt.number": event.attempt,
        "purse.attempt.duration": event.durationMs / 1000,
        "purse.operation": event.operation,
        ...(event.requestId === undefined ? {} : { "purse.request_id": event.requestId }),
        ...(event.failure === undefined ? {} : { "purse.attempt.failure": event.failure }),
      });
    },

    onRetry(event: RetryEvent): void {
      spans.get(event.callId)?.addEvent("purse.retry", {
        "purse.retry.reason": event.reason,
        "purse.retry.delay": event.delayMs / 1000,
      });
    },

    onTokenRequest(event: TokenRequestEvent): void {
      const endedAtMs = Date.now();
      const span = tracer.startSpan("Purse.createAccessToken", {
        kind: SpanKind.CLIENT,
        startTime: endedAtMs - event.durationMs,
        attributes: {
          ...tokenAttributes(event),
          "http.request.method": "POST",
          "purse.operation": "createAccessToken",
        },
      });
      if (event.outcome !== "granted") span.setStatus({ code: SpanStatusCode.ERROR, message: event.outcome });
      span.end(endedAtMs);
    },

    onCallEnd(event: CallEndEvent): void {
      const span = spans.get(event.callId);
      if (span === undefined) return;
      spans.delete(event.callId);
      span.setAttributes({
        ...callEndAttributes(event),
        "purse.attempts": event.attempts,
        ...(event.attempts > 1 ? { "http.request.resend_count": event.attempts - 1 } : {}),
        ...(event.requestId === undefined ? {} : { "purse.request_id": event.requestId }),
      });
      if (!isGood(event)) span.setStatus({ code: SpanStatusCode.ERROR, message: event.outcome });
      span.end();
    },
  };
}
