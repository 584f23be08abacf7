import type { SafeCause } from "../errors/purse-error.js";

/** What the Node transport itself refuses has this code: nothing was sent, and asking again would be refused again. */
export const refusedByTransport = "REFUSED_BY_TRANSPORT";

/** What a caller is told then. */
export const refusalOfTransport =
  "the transport itself refused the request (REFUSED_BY_TRANSPORT); nothing was sent. Was it closed? Is its agent for this protocol?";

/**
 * Codes that prove that no request left: the name did not resolve, or nobody took the connection. Those of refused
 * certificates are not among them: over TLS 1.2 a server may want another handshake when it has the request already.
 */
const notSentCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  refusedByTransport,
]);

/** Codes that prove it only while connecting: an established connection can end with them as well. */
const unreachableCodes: ReadonlySet<string> = new Set(["ENETUNREACH", "EHOSTUNREACH"]);

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
  const coded = causesOf(error).filter((cause) => hasCode(cause) || membersOf(cause).length > 0);
  // One that says otherwise is enough to doubt the others.
  return (
    coded.length > 0 &&
    coded.every((cause) => {
      // Several addresses were tried: each of them must have refused.
      const attempts = membersOf(cause);
      if (attempts.length > 0) return attempts.every((attempt) => failedToConnect(attempt));
      return failedToConnect(cause);
    })
  );
}

function failedToConnect(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return notSentCodes.has(code) || (unreachableCodes.has(code) && syscallOf(error) === "connect");
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

/** What does not look like a code or a name may be a secret, and is not worth the risk of printing it. */
const codePattern = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[A-Z][A-Za-z]*)$/;
const namePattern = /^[A-Z][A-Za-z]*$/;
const longestWord = 48;

function hasCode(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("code" in error)) return false;
  return error.code !== undefined && error.code !== null;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" && isWord(error.code, codePattern) ? error.code : undefined;
}

function syscallOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "syscall" in error ? error.syscall : undefined;
}

function nameOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("name" in error)) return "Error";
  return typeof error.name === "string" && isWord(error.name, namePattern) ? error.name : "Error";
}

function isWord(text: string, pattern: RegExp): boolean {
  return text.length <= longestWord && pattern.test(text);
}
