import { defined } from "../defined.js";
import type { SafeCause } from "../errors/purse-error.js";

/** The code of a request that the undici transport itself refuses: nothing was sent, and a retry would be refused as well. */
export const refusedByTransport = "REFUSED_BY_TRANSPORT";

/** The message for it. */
export const refusalOfTransport =
  "the transport itself refused the request (REFUSED_BY_TRANSPORT); nothing was sent. Was its dispatcher closed? Is it of undici 7 or 8?";

/**
 * Codes of a failed lookup or connect only. They count if the error names no system call (undici, Bun) or the right one.
 * Refused certificates are not among them: over TLS 1.2 a server may ask for another handshake when it already has the
 * request.
 */
const connectCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_SOCKET_CONNECTION_TIMEOUT",
  "ConnectionRefused",
  refusedByTransport,
]);

/** Codes that count only if the error names `connect` or `bind`: an established connection can end with them too. */
const whileConnecting =
  /^E(?:ACCES|ADDRINUSE|ADDRNOTAVAIL|AFNOSUPPORT|HOSTDOWN|HOSTUNREACH|MFILE|NETDOWN|NETUNREACH|NFILE|NOBUFS|NOMEM|PERM|TIMEDOUT)$/;

const deepestCause = 10;
const mostAddresses = 100;

/** Reduces a foreign failure to its name and code, which are safe to keep. Never throws. */
export function toSafeCause(error: unknown): SafeCause {
  const root = causesOf(error).at(-1);
  const name = read(root, "name");
  return { name: isWord(name, namePattern) ? name : "Error", ...defined({ code: codeOf(root) }) };
}

/**
 * Whether the failure proves that nothing was sent. Anything else counts as possibly sent, and so does an object whose
 * getters throw.
 */
export function provesNotSent(error: unknown): boolean {
  try {
    return isProof(error, deepestCause);
  } catch {
    return false;
  }
}

function isProof(error: unknown, depth: number): boolean {
  const chain = causesOf(error);
  if (depth === 0 || (chain.length === deepestCause && isThere(read(chain.at(-1), "cause")))) return false;
  let isCoded = false;
  // A single cause that proves nothing is enough for doubt.
  for (const cause of chain) {
    const code = read(cause, "code");
    const members = read(cause, "errors");
    const addresses: readonly unknown[] = Array.isArray(members) ? members : [];
    if (addresses.length > 0) {
      // Several addresses were tried. All must have failed to connect, and the code, if any, must be one of theirs.
      let isTheirs = !isThere(code);
      for (let index = 0; index < addresses.length; index++) {
        const address = addresses[index];
        if (index === mostAddresses || !isProof(address, depth - 1)) return false;
        isTheirs ||= read(address, "code") === code;
      }
      if (!isTheirs) return false;
    } else if (isThere(code) || [cause, members].includes(unreadable)) {
      if (members === unreadable || !failedToConnect(code, cause)) return false;
    } else {
      continue;
    }
    isCoded = true;
  }
  return isCoded;
}

function failedToConnect(code: unknown, cause: unknown): boolean {
  if (!isWord(code, codePattern)) return false;
  // node-fetch 3 has its own name for it.
  const syscall = read(cause, "syscall") ?? read(cause, "erroredSysCall");
  if (syscall === undefined) return connectCodes.has(code);
  if (syscall === "connect" || syscall === "bind")
    return connectCodes.has(code) || whileConnecting.test(code);
  // Without an address from the lookup nothing can be sent, so any code counts.
  return typeof syscall === "string" && /^(?:getaddrinfo$|query[A-Z])/.test(syscall);
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  let current = error;
  while (isThere(current) && chain.length < deepestCause && !chain.includes(current)) {
    chain.push(current);
    current = read(current, "cause");
  }
  return chain;
}

/** Marks a member whose getter throws. */
const unreadable = Symbol("unreadable");

/** A member of a foreign object. Each is read once: a getter may answer differently the second time. */
function read(value: unknown, member: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return Reflect.get(value, member);
  } catch {
    return unreadable;
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Text that does not look like a code or a name may be a secret, so it is not printed. */
const codePattern = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[A-Z][A-Za-z]*)$/;
const namePattern = /^[A-Z][A-Za-z]*$/;
const longestWord = 48;

function codeOf(error: unknown): string | undefined {
  const code = read(error, "code");
  return isWord(code, codePattern) ? code : undefined;
}

function isWord(text: unknown, pattern: RegExp): text is string {
  return typeof text === "string" && text.length <= longestWord && pattern.test(text);
}
