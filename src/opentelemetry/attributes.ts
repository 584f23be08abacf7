import type { Attributes } from "@opentelemetry/api";
import type { AttemptEndEvent, CallEndEvent, CallEvent, TokenRequestEvent } from "../hooks.js";

export function serverAttributes(origin: string): Attributes {
  const { protocol, hostname, port } = new URL(origin);
  const standardPort = protocol === "http:" ? 80 : 443;
  // The brackets of an IPv6 address are URL syntax only.
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  return { "server.address": address, "server.port": port === "" ? standardPort : Number(port) };
}

/** Initial attributes of a call's span. `url.full` is left out because it contains ids. */
export function callAttributes(event: CallEvent): Attributes {
  return {
    ...serverAttributes(event.origin),
    "http.request.method": event.method,
    "url.template": event.pathTemplate,
    "purse.operation": event.operation,
    "purse.purpose": event.purpose,
    "purse.idempotency_key": event.idempotencyKey,
  };
}

/** Attributes of metrics, each with few distinct values. */
export function seriesAttributes(event: CallEvent): Attributes {
  return {
    ...serverAttributes(event.origin),
    "http.request.method": event.method,
    "purse.operation": event.operation,
  };
}

export function callEndAttributes(event: CallEndEvent): Attributes {
  return {
    "purse.outcome": event.outcome,
    ...(event.status === undefined ? {} : { "http.response.status_code": event.status }),
    ...(isSuccess(event) ? {} : { "error.type": event.outcome }),
    ...(event.reason === undefined ? {} : { "purse.reason": event.reason }),
  };
}

export function attemptAttributes(event: AttemptEndEvent): Attributes {
  const { outcome, status } = event;
  const isRefused = status !== undefined && status >= 400;
  const errorType = outcome === "answered" ? String(status) : outcome;
  return {
    "purse.attempt.outcome": outcome,
    ...(status === undefined ? {} : { "http.response.status_code": status }),
    ...(outcome === "answered" && !isRefused ? {} : { "error.type": errorType }),
  };
}

export function tokenAttributes(event: TokenRequestEvent): Attributes {
  return {
    ...serverAttributes(event.origin),
    "purse.outcome": event.outcome,
    ...(event.status === undefined ? {} : { "http.response.status_code": event.status }),
    ...(event.outcome === "granted" ? {} : { "error.type": event.outcome }),
  };
}

export function isSuccess({ outcome }: CallEndEvent): boolean {
  return outcome === "done" || outcome === "created" || outcome === "recovered";
}
