import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";
import { apiKeyHeader, idempotencyKeyHeader } from "../../generated/operations.js";
import { checkObject, describe } from "./path.js";

/** The client sets these itself; a caller's own value would break authentication or idempotency. */
const reservedHeaders: readonly string[] = [
  "authorization",
  apiKeyHeader,
  idempotencyKeyHeader,
  "content-type",
  "host",
  // Of the connection, not of the request: runtimes refuse some of them only while sending.
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const visibleAscii = /^[\x20-\x7e]*$/;

/** Copies the caller's headers, refusing what would be altered on the way or collides with the client's own. */
export function checkHeaders(headers: unknown): Record<string, string> {
  if (headers === undefined) return {};
  const given = checkObject(headers, "options.headers", "an object of strings");
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(given as Record<string, unknown>)) {
    if (value === undefined) continue;
    const argument = `options.headers["${headerName.test(name) ? name : "?"}"]`;
    if (!headerName.test(name)) throw new PurseInvalidArgumentError(argument, "is not a valid header name.");
    if (reservedHeaders.includes(name.toLowerCase())) {
      throw new PurseInvalidArgumentError(
        argument,
        "is set by the client itself; use the option made for it.",
      );
    }
    checked[name.toLowerCase()] = checkHeaderValue(value, argument);
  }
  return checked;
}

function checkHeaderValue(value: unknown, argument: string): string {
  if (typeof value !== "string") {
    throw new PurseInvalidArgumentError(argument, `must be a string, but is ${describe(value)}.`);
  }
  if (!visibleAscii.test(value) || value !== value.trim()) {
    throw new PurseInvalidArgumentError(argument, "must be visible ASCII without surrounding blanks.");
  }
  return value;
}
