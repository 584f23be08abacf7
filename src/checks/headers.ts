import { apiKeyHeader, idempotencyKeyHeader } from "../../generated/operations.js";
import { copyMembers, describe, flatten, refuseArgument } from "./members.js";
import { isHeaderValue } from "./values.js";

/** The client sets these itself; another value would break authentication or idempotency. */
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

/** Copies the caller's headers. Refuses those that would be altered on the way or collide with the client's own. */
export function checkHeaders(headers: unknown): Record<string, string> {
  if (headers === undefined) return {};
  const given = copyMembers(headers, "options.headers", refuseArgument, "an object of strings");
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const argument = `options.headers["${headerName.test(name) ? name : "?"}"]`;
    // In any spelling, and even without a value: the caller believes that the call has a key.
    if (flatten(name).includes("idempot")) {
      const parameter = `params.header["${idempotencyKeyHeader}"]`;
      refuseArgument(
        argument,
        `does not carry the key: its header is set by the client itself; use the option idempotencyKey (purse.api: ${parameter}).`,
      );
    }
    if (value === undefined) continue;
    if (!headerName.test(name)) refuseArgument(argument, "is not a valid header name.");
    if (reservedHeaders.includes(name.toLowerCase()))
      refuseArgument(argument, "is set by the client itself; use the option made for it.");
    checked[name.toLowerCase()] = checkHeaderValue(value, argument);
  }
  return checked;
}

function checkHeaderValue(value: unknown, argument: string): string {
  if (typeof value !== "string") {
    return refuseArgument(argument, `must be a string, but is ${describe(value)}.`);
  }
  if (!isHeaderValue(value)) refuseArgument(argument, "must be visible ASCII without surrounding blanks.");
  return value;
}
