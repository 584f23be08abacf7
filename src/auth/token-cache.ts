import type { Clock } from "../clock.js";
import type { AccessTokenGrant, FreshToken } from "./access-token.js";
import type { SharedToken } from "./token-store.js";

/** One token for everybody, asked for once and renewed before it ends. */
export interface TokenCache {
  /** A token that is good now, if there is one and it needs no renewal yet. */
  fresh(): string | undefined;
  /** A token that is good now; waits for the request under way if there is one. */
  get(): Promise<string>;
  /** Drops this token, if it is still the one in use. Others may have renewed it already. */
  invalidate(token: string): void;
  /** How long the token in use is still good. */
  remainingMs(): number;
  /** How long a failure still answers for new requests. */
  readyInMs(): number;
}

export interface TokenCacheParts {
  readonly clock: Clock;
  /** Asks the token endpoint. Must bound its own time: it belongs to no single caller. */
  readonly requestGrant: () => Promise<AccessTokenGrant>;
  /** What the other processes of a fleet have. */
  readonly shared?: SharedToken | undefined;
  /** Told of every token that comes into use. */
  readonly onToken?: (token: string) => void;
}

const longestEarlyRefreshMs = 60_000;
const earlyRefreshShare = 0.1;
const firstDampingMs = 1000;
const longestDampingMs = 30_000;

interface HeldToken {
  readonly value: string;
  readonly staleAtMs: number;
  readonly expiresAtMs: number;
}

interface Damping {
  readonly error: unknown;
  readonly untilMs: number;
  readonly delayMs: number;
}

/**
 * Keeps the token on the monotonic clock, so that setting the wall clock back cannot lengthen its life. There is
 * no timer: age is looked at on use. A failure is shared by those who waited for it, then answers for a short
 * while (one second, doubling to thirty) so that an outage is not hammered; it is never kept for good.
 */
export function createTokenCache(parts: TokenCacheParts): TokenCache {
  const { clock, requestGrant, shared, onToken } = parts;
  let held: HeldToken | undefined;
  let refused: string | undefined;
  let flight: Promise<string> | undefined;
  let damping: Damping | undefined;

  async function findShared(store: SharedToken): Promise<FreshToken | undefined> {
    const found = await store.read();
    return found?.value === refused ? undefined : found;
  }

  async function requestNew(): Promise<FreshToken> {
    const { value, lifetimeMs } = await requestGrant();
    const earlyMs = Math.min(longestEarlyRefreshMs, lifetimeMs * earlyRefreshShare);
    const token = { value, lifetimeMs, freshMs: lifetimeMs - earlyMs };
    shared?.write(token);
    return token;
  }

  async function renew(): Promise<string> {
    const askedAtMs = clock.monotonicMs();
    try {
      const { value, lifetimeMs, freshMs } = (shared && (await findShared(shared))) ?? (await requestNew());
      held = { value, expiresAtMs: askedAtMs + lifetimeMs, staleAtMs: askedAtMs + freshMs };
      damping = undefined;
      onToken?.(value);
      return value;
    } catch (error) {
      const delayMs = Math.min(
        damping === undefined ? firstDampingMs : damping.delayMs * 2,
        longestDampingMs,
      );
      damping = { error, delayMs, untilMs: clock.monotonicMs() + delayMs };
      throw error;
    } finally {
      flight = undefined;
    }
  }

  const fresh = (): string | undefined => {
    return held !== undefined && clock.monotonicMs() < held.staleAtMs ? held.value : undefined;
  };

  return {
    fresh,

    async get() {
      const usable = fresh();
      if (usable !== undefined) return usable;
      const nowMs = clock.monotonicMs();
      const stillGood = held !== undefined && nowMs < held.expiresAtMs ? held.value : undefined;
      if (damping !== undefined && nowMs < damping.untilMs) {
        if (stillGood !== undefined) return stillGood;
        throw damping.error;
      }
      flight ??= renew();
      if (stillGood === undefined) return flight;
      // Renewed in the background: nobody with a good token waits for it, or fails when it does.
      flight.catch(() => undefined);
      return stillGood;
    },

    remainingMs: () => (held === undefined ? 0 : Math.max(0, held.expiresAtMs - clock.monotonicMs())),

    readyInMs: () => (damping === undefined ? 0 : Math.max(0, damping.untilMs - clock.monotonicMs())),

    invalidate(token) {
      if (held?.value === token) held = undefined;
      refused = token;
      void shared?.forget(token);
    },
  };
}
