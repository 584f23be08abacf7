import type { Clock } from "../clock.js";
import { isControlFlow } from "../errors/control-flow.js";
import { longestLifetimeMs, type AccessTokenGrant, type FreshToken } from "./access-token.js";
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
  /** The time that it bounds itself to. */
  readonly timeoutMs: number;
  /** What the other processes of a fleet have. */
  readonly shared?: SharedToken | undefined;
  /** Told of every token that comes into use. */
  readonly onToken?: (token: string) => void;
}

const longestEarlyRefreshMs = 60_000;
const earlyRefreshShare = 0.1;
const firstDampingMs = 1000;
const longestDampingMs = 30_000;
/** For what comes with the request: the shared store, and whoever watches. */
const flightMarginMs = 5000;

interface HeldToken {
  readonly value: string;
  readonly staleAtMs: number;
  readonly expiresAtMs: number;
}

interface Flight {
  readonly begunAtMs: number;
  readonly token: Promise<string>;
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
 *
 * Some platforms (Workers) end whatever a request began when that request ends: a renewal may never settle, or be
 * rejected without its own code having run. So nobody relies on its tidying up after itself.
 */
export function createTokenCache(parts: TokenCacheParts): TokenCache {
  const { clock, requestGrant, timeoutMs, shared, onToken } = parts;
  let held: HeldToken | undefined;
  let refused: string | undefined;
  let flight: Flight | undefined;
  let damping: Damping | undefined;

  async function findShared(store: SharedToken): Promise<FreshToken | undefined> {
    const found = await store.read();
    if (found === undefined || found.value === refused || found.lifetimeMs > longestLifetimeMs)
      return undefined;
    return found;
  }

  async function requestNew(): Promise<FreshToken> {
    const { value, lifetimeMs } = await requestGrant();
    const earlyMs = Math.min(longestEarlyRefreshMs, lifetimeMs * earlyRefreshShare);
    const token = { value, lifetimeMs, freshMs: lifetimeMs - earlyMs };
    shared?.write(token);
    return token;
  }

  function join(nowMs: number): Promise<string> {
    let isOwn = false;
    if (flight === undefined || nowMs - flight.begunAtMs > timeoutMs + flightMarginMs) {
      const begun: Flight = { begunAtMs: nowMs, token: renew(nowMs, () => flight === begun) };
      flight = begun;
      isOwn = true;
    }
    const joined = flight;
    return joined.token.catch((error: unknown) => {
      if (flight === joined) flight = undefined;
      // What ends the render that began the request ends no other.
      if (!isOwn && isControlFlow(error)) return join(clock.monotonicMs());
      throw error;
    });
  }

  /** One that was replaced because it took too long decides nothing any more. */
  async function renew(askedAtMs: number, isCurrent: () => boolean): Promise<string> {
    try {
      const { value, lifetimeMs, freshMs } = (shared && (await findShared(shared))) ?? (await requestNew());
      onToken?.(value);
      if (!isCurrent()) return value;
      held = { value, expiresAtMs: askedAtMs + lifetimeMs, staleAtMs: askedAtMs + freshMs };
      damping = undefined;
      return value;
    } catch (error) {
      if (!isCurrent() || isControlFlow(error)) throw error;
      const delayMs = Math.min(
        damping === undefined ? firstDampingMs : damping.delayMs * 2,
        longestDampingMs,
      );
      damping = { error, delayMs, untilMs: clock.monotonicMs() + delayMs };
      throw error;
    } finally {
      if (isCurrent()) flight = undefined;
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
      const renewed = join(nowMs);
      if (stillGood === undefined) return renewed;
      // Renewed in the background: nobody with a good token waits for it, or fails when it does.
      renewed.catch(() => undefined);
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
