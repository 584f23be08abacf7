import type { Clock } from "../clock.js";
import { isControlFlow } from "../errors/control-flow.js";
import { PurseTokenError } from "../errors/token-error.js";
import { longestLifetimeMs, type AccessTokenGrant, type FreshToken } from "./access-token.js";
import type { SharedToken } from "./token-store.js";

/** One token for all callers, requested once and renewed before it expires. */
export interface TokenCache {
  /** A token that is valid and needs no renewal yet, if there is one. */
  fresh(): string | undefined;
  /** A valid token; joins the request in flight if there is one. */
  get(): Promise<string>;
  /**
   * Drops this refused token, if it is still in use. If the one before it was refused too, with none accepted in between,
   * it stays in use for the backoff: a service that refuses every token must not cause a token request per call.
   */
  invalidate(token: string): void;
  /** The service has accepted this token. */
  accept(token: string): void;
  /** How long the token in use is still valid. */
  remainingMs(): number;
  /**
   * Time until there can be a token: zero if the one in use is still valid in `afterMs`, otherwise the time until the next
   * token request is allowed after a failure.
   */
  retryInMs(afterMs?: number): number;
}

export interface TokenCacheParts {
  readonly clock: Clock;
  /** Asks the token endpoint. Must have a timeout of its own: the request belongs to no single caller. */
  readonly requestGrant: () => Promise<AccessTokenGrant>;
  /** That timeout. */
  readonly timeoutMs: number;
  /** The token that the processes of a fleet share. */
  readonly shared?: SharedToken | undefined;
  /** Spreads a fleet's renewals over time. */
  readonly random?: () => number;
  /** Called with every token that comes into use. */
  readonly onToken?: (token: string) => void;
}

const longestEarlyRefreshMs = 60_000;
const earlyRefreshShare = 0.1;
/** The share of the early-renewal window in which a fleet begins. The rest is for renewals that fail at first. */
const spreadShare = 0.75;
const firstBackoffMs = 1000;
const longestBackoffMs = 30_000;
/** For what comes with the request: the shared store and the hooks. */
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

interface Backoff {
  readonly untilMs: number;
  readonly delayMs: number;
}

/**
 * The token's age is measured on the monotonic clock, so setting the wall clock back cannot extend it. There is no
 * timer: the age is checked on use. All callers that waited share a failure, and later ones get it too until the backoff
 * ends: one second, doubling to thirty, or what `Retry-After` says within that.
 *
 * In a fleet each process renews at a random time, mostly late (the cube root of `random`), and looks into the store
 * first. Before it requests a token, it writes the old one back as fresh for half of its remaining time: processes
 * that look meanwhile keep it and draw again. The store cannot lock, so two that look at the same time both request.
 *
 * Some platforms (Workers) end everything a request began when that request ends: a renewal may then never settle, or
 * reject without having run its own `finally`. So no caller relies on it.
 */
export function createTokenCache(parts: TokenCacheParts): TokenCache {
  const { clock, requestGrant, timeoutMs, shared, random = () => 0, onToken } = parts;
  let held: HeldToken | undefined;
  let refused: string | undefined;
  let flight: Flight | undefined;
  /** Set after a failed token request. */
  let failure: (Backoff & { readonly error: unknown }) | undefined;
  /** Set when a token was refused, until one is accepted. */
  let distrust: Backoff | undefined;

  /** The store's token, if it saves a request: a newer one, or ours while another process is renewing it. */
  async function findShared(askedAtMs: number): Promise<FreshToken | undefined> {
    // Two refused in a row: the store's would be refused as well.
    if (distrust !== undefined && distrust.delayMs > firstBackoffMs) return undefined;
    const found = await shared?.read();
    if (found === undefined || found.value === refused || found.lifetimeMs > longestLifetimeMs)
      return undefined;
    const heldMs = held === undefined ? 0 : held.expiresAtMs - askedAtMs;
    if (found.value !== held?.value) {
      return found.lifetimeMs > heldMs && latestRenewalMs(found) > 0 ? found : undefined;
    }
    const lifetimeMs = Math.min(found.lifetimeMs, heldMs);
    const { value, freshMs } = found;
    // After a failure of our own, the entry may be fresh because we wrote it.
    if (lifetimeMs > 0 && freshMs > 0 && failure === undefined)
      return { value, lifetimeMs, freshMs: Math.min(freshMs, lifetimeMs) };
    shared?.write({ value, lifetimeMs, freshMs: lifetimeMs / 2 });
    return undefined;
  }

  async function requestNew(askedAtMs: number): Promise<FreshToken> {
    const { value, lifetimeMs } = await requestGrant();
    const freshMs = lifetimeMs - Math.min(longestEarlyRefreshMs, lifetimeMs * earlyRefreshShare);
    const spentMs = clock.monotonicMs() - askedAtMs;
    shared?.write({ value, lifetimeMs: lifetimeMs - spentMs, freshMs: freshMs - spentMs });
    return { value, lifetimeMs, freshMs };
  }

  /** When this process renews the token: alone as early as possible, in a fleet at random. */
  function renewalMs(token: FreshToken): number {
    if (shared === undefined) return token.freshMs;
    const earliestMs = Math.max(0, token.freshMs);
    return earliestMs + (latestRenewalMs(token) - earliestMs) * Math.cbrt(random());
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
      // If the render that began the request has ended, the others still need a token.
      if (!isOwn && isControlFlow(error)) return join(clock.monotonicMs());
      throw error;
    });
  }

  /** Changes nothing if a newer renewal has replaced it because it took too long. */
  async function renew(askedAtMs: number, isCurrent: () => boolean): Promise<string> {
    try {
      const token = (shared && (await findShared(askedAtMs))) ?? (await requestNew(askedAtMs));
      const { value, lifetimeMs } = token;
      onToken?.(value);
      if (!isCurrent()) return value;
      held = { value, expiresAtMs: askedAtMs + lifetimeMs, staleAtMs: askedAtMs + renewalMs(token) };
      failure = undefined;
      return value;
    } catch (error) {
      if (!isCurrent() || isControlFlow(error)) throw error;
      const askedToWaitMs = error instanceof PurseTokenError ? error.retryAfterMs : undefined;
      failure = { error, ...backoff(failure, clock.monotonicMs(), askedToWaitMs) };
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
      if (failure !== undefined && nowMs < failure.untilMs) {
        if (stillGood !== undefined) return stillGood;
        throw failure.error;
      }
      const renewed = join(nowMs);
      if (stillGood === undefined) return renewed;
      // Renewed in the background: a caller with a valid token neither waits for it nor fails with it.
      renewed.catch(() => undefined);
      return stillGood;
    },

    remainingMs: () => (held === undefined ? 0 : Math.max(0, held.expiresAtMs - clock.monotonicMs())),

    retryInMs(afterMs = 0) {
      const nowMs = clock.monotonicMs();
      if (failure === undefined || (held !== undefined && nowMs + afterMs < held.expiresAtMs)) return 0;
      return Math.max(0, failure.untilMs - nowMs);
    },

    invalidate(token) {
      if (held?.value === token) {
        const nowMs = clock.monotonicMs();
        if (distrust !== undefined && nowMs < distrust.untilMs) return;
        distrust = backoff(distrust, nowMs);
        held = undefined;
      }
      refused = token;
      void shared?.forget(token);
    },

    accept(token) {
      if (held?.value === token) distrust = undefined;
    },
  };
}

/** The latest time for a fleet's renewal to begin. */
function latestRenewalMs({ lifetimeMs, freshMs }: FreshToken): number {
  return freshMs + (lifetimeMs - freshMs) * spreadShare;
}

function backoff(previous: Backoff | undefined, nowMs: number, leastMs = 0): Backoff {
  const delayMs = Math.min(previous === undefined ? firstBackoffMs : previous.delayMs * 2, longestBackoffMs);
  return { delayMs, untilMs: nowMs + Math.min(Math.max(delayMs, leastMs), longestBackoffMs) };
}
