import { SpanKind, SpanStatusCode, type Span, type Tracer } from "@opentelemetry/api";
import type {
  AttemptEndEvent,
  CallEndEvent,
  CallEvent,
  PurseHooks,
  RetryEvent,
  TokenRequestEvent,
} from "../hooks.js";
import {
  attemptAttributes,
  callAttributes,
  callEndAttributes,
  isSuccess,
  tokenAttributes,
} from "./attributes.js";

/** One client span per call and per token request. */
export function spanHooks(tracer: Tracer): Required<PurseHooks> {
  /** Every call start is followed by a call end, which removes the entry. */
  const calls = new Map<string, { readonly span: Span; sent: number }>();

  return {
    onCallStart(event: CallEvent): void {
      const options = { kind: SpanKind.CLIENT, attributes: callAttributes(event) };
      calls.set(event.callId, { span: tracer.startSpan(`Purse.${event.operation}`, options), sent: 0 });
    },

    onAttemptEnd(event: AttemptEndEvent): void {
      const call = calls.get(event.callId);
      if (call === undefined) return;
      // A recovery read is not a resend.
      if (event.purpose !== "recovery") call.sent += 1;
      call.span.addEvent("purse.attempt", {
        ...attemptAttributes(event),
        "purse.attempt.number": event.attempt,
        "purse.attempt.duration": event.durationMs / 1000,
        "purse.operation": event.operation,
        ...(event.requestId === undefined ? {} : { "purse.request_id": event.requestId }),
        ...(event.failure === undefined ? {} : { "purse.attempt.failure": event.failure }),
      });
    },

    onRetry(event: RetryEvent): void {
      calls.get(event.callId)?.span.addEvent("purse.retry", {
        "purse.retry.reason": event.reason,
        "purse.retry.delay": event.delayMs / 1000,
      });
    },

    onTokenRequest(event: TokenRequestEvent): void {
      const endedAtMs = Date.now();
      const span = tracer.startSpan("Purse.createAccessToken", {
        kind: SpanKind.CLIENT,
        // Shared by all waiting calls, so it belongs to none of their traces.
        root: true,
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
      const call = calls.get(event.callId);
      if (call === undefined) return;
      calls.delete(event.callId);
      const { span, sent } = call;
      span.setAttributes({
        ...callEndAttributes(event),
        "purse.attempts": event.attempts,
        ...(sent > 1 ? { "http.request.resend_count": sent - 1 } : {}),
        ...(event.requestId === undefined ? {} : { "purse.request_id": event.requestId }),
      });
      if (!isSuccess(event)) span.setStatus({ code: SpanStatusCode.ERROR, message: event.outcome });
      span.end();
    },
  };
}
