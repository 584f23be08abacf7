import type { Clock } from "../clock.js";
import type { FreshToken } from "./access-token.js";

/**
 * Where processes of a fleet share one access token, in the shape that Keyv has. The token is stored as it is: give
 * it a store that only these processes can read.
 */
export interface TokenStore {
  /** What was stored under the key; undefined or null if there is nothing, or nothing any more. */
  get(key: string): Promise<unknown>;
  /** `ttlMs` is how long the entry is worth keeping, in milliseconds. */
  set(key: string, value: string, ttlMs: number): Promise<unknown>;
  /** Removes the entry. */
  delete(key: string): Promise<unknown>;
}

/** A store seen from the token cache: never fails and never keeps anybody waiting for long. */
export interface SharedToken {
  /** The stored token with the rest of its life, if there is a usable one. */
  read(): Promise<FreshToken | undefined>;
  /** Stores a token, in the background, unless it is as good as over. */
  write(token: FreshToken): void;
  /** Removes the entry if it still holds this token. */
  forget(token: string): Promise<void>;
}

/** Longer than this, and asking the token endpoint is the quicker way. */
const patienceMs = 250;

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
    read: () => withPatience(clock, readEntry),

    write({ value, lifetimeMs, freshMs }) {
      const ttlMs = Math.floor(lifetimeMs);
      // Many stores keep an entry without a time to live for ever.
      if (ttlMs <= 0 || freshMs <= 0) return;
      const nowMs = clock.wallMs();
      const entry = JSON.stringify({
        token: value,
        expiresAtMs: nowMs + lifetimeMs,
        staleAtMs: nowMs + freshMs,
        lifetimeMs,
      });
      void withPatience(clock, async () => store.set(await keyOf(), entry, ttlMs));
    },

    async forget(token) {
      await withPatience(clock, async () => {
        if ((await readEntry())?.value === token) await store.delete(await keyOf());
      });
    },
  };
}

/** Ids are hashed, so that the store's keys tell nobody who uses it. */
async function hashIdentity({ tokenUrl, clientId }: { tokenUrl: string; clientId: string }): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([tokenUrl, clientId]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `purse-payments:token:${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** What others wrote is not trusted: anything but a token that can stand in a header, and is still good, is nothing. */
function parseEntry(entry: unknown, nowMs: number): FreshToken | undefined {
  if (typeof entry !== "string") return undefined;
  const value: unknown = JSON.parse(entry);
  if (typeof value !== "object" || value === null) return undefined;
  const { token, expiresAtMs, staleAtMs, lifetimeMs: grantedMs } = value as Record<string, unknown>; // An object, with whatever members.
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) return undefined;
  if (typeof expiresAtMs !== "number" || typeof staleAtMs !== "number") return undefined;
  const leftMs = expiresAtMs - nowMs;
  // The writer's clock may be ahead of this one: no token lives longer than it was granted for.
  const lifetimeMs = typeof grantedMs === "number" ? Math.min(leftMs, grantedMs) : leftMs;
  const freshMs = staleAtMs - nowMs - (leftMs - lifetimeMs);
  return lifetimeMs > 0 && freshMs <= lifetimeMs ? { value: token, lifetimeMs, freshMs } : undefined;
}

/** Gives nothing when the work fails or takes too long; its later end is of no interest to anybody. */
async function withPatience<T>(clock: Clock, work: () => Promise<T>): Promise<T | undefined> {
  let cancel: (() => void) | undefined;
  const impatience = new Promise<undefined>((resolve) => {
    cancel = clock.startTimer(() => {
      resolve(undefined);
    }, patienceMs);
  });
  const quiet = (async () => work())().catch(() => undefined);
  try {
    return await Promise.race([quiet, impatience]);
  } finally {
    cancel?.();
  }
}
