import type { AnyPurseError } from "../errors/union.js";
import { refusedByTransport } from "../http/failure.js";

const temporary: readonly AnyPurseError["code"][] = [
  "connection",
  "rate_limit",
  "server",
  "timeout",
  "token",
  "unreadable_response",
];

/** Reasons and codes that another read would meet again. */
const lasting: readonly unknown[] = [
  "credentials_refused",
  "request_refused",
  "too_large",
  "unsupported_fetch",
  refusedByTransport,
];

/** Whether another read may succeed where this one failed. */
export function isTemporary(error: AnyPurseError): boolean {
  const { reason } = error as { reason?: unknown }; // Not every error has one.
  const { code } = (error.cause ?? {}) as { code?: unknown }; // An error of our own making.
  if (lasting.includes(reason) || lasting.includes(code)) return false;
  return temporary.includes(error.code) || error.status === 408 || error.status === 425;
}
