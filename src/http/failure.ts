import type { SafeCause } from "../errors/purse-error.js";

/** Codes that prove that no request left: the name did not resolve, or nobody took the connection. */
const notSentCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
]);

const deepestCause = 10;

/** Reduces a foreign failure to what is safe to keep: its name and its code. */
export function toSafeCause(error: unknown): SafeCause {
  const root = causesOf(error).at(-1);
  const code = codeOf(root);
  const name = nameOf(root);
  return code === undefined ? { name } : { name, code };
}

/** Whether the failure proves that nothing was sent. Anything unrecognised counts as possibly sent. */
export function provesNotSent(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    // Several addresses were tried: each of them must have refused.
    const attempts = membersOf(cause);
    if (attempts.length > 0) return attempts.every((attempt) => notSentCodes.has(codeOf(attempt) ?? ""));
    return notSentCodes.has(codeOf(cause) ?? "");
  });
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  let current = error;
  while (
    current !== undefined &&
    current !== null &&
    chain.length < deepestCause &&
    !chain.includes(current)
  ) {
    chain.push(current);
    current = typeof current === "object" && "cause" in current ? current.cause : undefined;
  }
  return chain;
}

function membersOf(error: unknown): readonly unknown[] {
  if (typeof error !== "object" || error === null || !("errors" in error)) return [];
  return Array.isArray(error.errors) ? error.errors : [];
}

/** Codes and names are identifiers; anything else in their place is not worth the risk of printing it. */
const identifier = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" && identifier.test(error.code) ? error.code : undefined;
}

function nameOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("name" in error)) return "Error";
  return typeof error.name === "string" && identifier.test(error.name) ? error.name : "Error";
}
