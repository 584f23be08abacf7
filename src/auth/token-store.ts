import type { Clock } from "../clock.js";
import type { FreshToken } from "./access-token.js";

/**
 * Where the processes of a fleet share one access token; Keyv has this shape. The token is stored in clear text: use a
 * store that only these processes can read.
 */
export interface TokenStore {
  /** What was stored under the key; undefined or null if there is nothing, or nothing any more. */
  get(key: string): Promise<unknown>;
  /**
   * Stores a value.
   *
   * @param ttlMs how long to keep the entry, in milliseconds.
   */
  set(key: string, value: string, ttlMs: number): Promise<unknown>;
  /** Removes the entry. */
  delete(key: string): Promise<unknown>;
}

/** The store as the token cache sees it: never fails and never takes long. */
export interface SharedToken {
  /** The stored token with its remaining lifetime, if it is usable. */
  read(): Promise<FreshToken | undefined>;
  /** Stores a token in the background, unless it is about to expire. */
  write(token: FreshToken): void;
  /** Removes the entry if it still holds this token. */
  forget(token: string): Promise<void>;
}

/** After this, asking the token endpoint is quicker. */
const timeoutMs = 250;

export function shareToken(
  store: TokenStore,
  identity: { tokenUrl: string; clientId: string },
  clock: Clock,
): SharedToken {
  let key: Promise<string> | undefined;
  const keyOf = (): Promise<string> => (key ??= hashIdentity(identity));

  async function readEntry(): Promise<FreshToken | undefined> {
    return parseEntry(await store.get(await keyOf()), clock.wallMs());
  }

  return {
    read: () => withTimeout(clock, readEntry),

    write({ value, lifetimeMs, freshMs }) {
      const ttlMs = Math.floor(lifetimeMs);
      // Many stores keep an entry without a time to live forever.
      if (ttlMs <= 0 || freshMs <= 0) return;
      const nowMs = clock.wallMs();
      const entry = JSON.stringify({
        token: value,
        expiresAtMs: nowMs + lifetimeMs,
        staleAtMs: nowMs + freshMs,
        lifetimeMs,
      });
      void withTimeout(clock, async () => store.set(await keyOf(), entry, ttlMs));
    },

    async forget(token) {
      await withTimeout(clock, async () => {
        if ((await readEntry())?.value === token) await store.delete(await keyOf());
      });
    },
  };
}

/** Hashed, so that the store's keys do not show the client id. */
async function hashIdentity({ tokenUrl, clientId }: { tokenUrl: string; clientId: string }): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([tokenUrl, clientId]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `purse-payments:token:${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Other processes wrote it, so it is checked: only a token that fits into a header and is still valid counts. */
function parseEntry(entry: unknown, nowMs: number): FreshToken | undefined {
  if (typeof entry !== "string") return undefined;
  const value: unknown = JSON.parse(entry);
  if (typeof value !== "object" || value === null) return undefined;
  const { token, expiresAtMs, staleAtMs, lifetimeMs: grantedMs } = value as Record<string, unknown>; // Each is checked.
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) return undefined;
  if (typeof expiresAtMs !== "number" || typeof staleAtMs !== "number") return undefined;
  const leftMs = expiresAtMs - nowMs;
  // The writer's clock may be ahead of this one: a token never lives longer than it was granted for.
  const lifetimeMs = typeof grantedMs === "number" ? Math.min(leftMs, grantedMs) : leftMs;
  const freshMs = staleAtMs - nowMs - (leftMs - lifetimeMs);
  return lifetimeMs > 0 && freshMs <= lifetimeMs ? { value: token, lifetimeMs, freshMs } : undefined;
}

/** Resolves to undefined if the work fails or takes too long; what becomes of it later is ignored. */
async function withTimeout<T>(clock: Clock, work: () => Promise<T>): Promise<T | undefined> {
  let cancel: (() => void) | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    cancel = clock.startTimer(() => {
      resolve(undefined);
    }, timeoutMs);
  });
  const quiet = (async () => work())().catch(() => undefined);
  try {
    return await Promise.race([quiet, timeout]);
  } finally {
    cancel?.();
  }
}
