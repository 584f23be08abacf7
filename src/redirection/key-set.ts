import type { Clock } from "../clock.js";
import { isControlFlow } from "../errors/control-flow.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";
import { importKeySet, type PublicKeys, type VerificationKey } from "./public-keys.js";

/** Public keys by `kid`. */
export interface KeySet {
  /**
   * The keys with that id; empty if the service has none.
   * @throws PurseRedirectionError with the reason `keys_unavailable` when no usable key set is available.
   */
  find(kid: string): Promise<readonly VerificationKey[]>;
}

export interface KeySetParts {
  readonly clock: Clock;
  /** Fetches the JSON Web Key Set. Must limit its own time and size. */
  readonly fetchKeys: () => Promise<unknown>;
  /** Timeout of one request. */
  readonly timeoutMs: number;
}

const refreshAfterMs = 10 * 60_000;
const maxAgeMs = 24 * 60 * 60_000;
const refetchBucketSize = 3;
const refetchRefillMs = 30_000;
const initialBackoffMs = 1000;
const maxBackoffMs = 30_000;
/** A fetch may need a second request, with a token. */
const requestsPerFetch = 2;
const flightMarginMs = 5000;

interface Flight {
  readonly untilMs: number;
  /** Resolves to whether the keys were renewed. */
  readonly renewed: Promise<boolean>;
}

interface CachedKeys {
  readonly keys: PublicKeys;
  readonly fetchedAtMs: number;
}

/**
 * A cache used instead of jose's remote key set, which refuses numeric ids, rejects a whole set for one bad entry, has no
 * backoff and keeps no keys while the endpoint is down.
 *
 * Only one fetch runs at a time. Keys older than ten minutes are refreshed in the background, so that no shopper waits for a
 * slow endpoint; keys older than a day are not used. An unknown id triggers a fetch, limited by a token bucket, so that a
 * flood of invented ids does not become a flood of requests.
 *
 * Some platforms (Workers) cancel a request's pending work when the request ends: a fetch may then never settle, or reject
 * without its own code running. So callers wait for a fetch only until its deadline, and a fetch that is past its deadline,
 * or rejects, is discarded.
 */
export function createKeySet({ clock, fetchKeys, timeoutMs }: KeySetParts): KeySet {
  let cached: CachedKeys | undefined;
  let flight: Flight | undefined;
  let backoff = { untilMs: 0, delayMs: 0 };
  let refetches = refetchBucketSize;
  let refilledAtMs = clock.monotonicMs();

  /** The result of a fetch that has been replaced is ignored. */
  async function load(isCurrent: () => boolean): Promise<boolean> {
    try {
      const keys = await importKeySet(await fetchKeys());
      if (!isCurrent()) return false;
      cached = { keys, fetchedAtMs: clock.monotonicMs() };
      backoff = { untilMs: 0, delayMs: 0 };
      return true;
    } catch (error) {
      if (isControlFlow(error)) throw error;
      if (!isCurrent()) return false;
      const delayMs = Math.min(backoff.delayMs === 0 ? initialBackoffMs : backoff.delayMs * 2, maxBackoffMs);
      backoff = { delayMs, untilMs: clock.monotonicMs() + delayMs };
      return false;
    } finally {
      if (isCurrent()) flight = undefined;
    }
  }

  function currentFlight(): Flight | undefined {
    if (flight !== undefined && clock.monotonicMs() > flight.untilMs) flight = undefined;
    return flight;
  }

  /** Starts a fetch, unless one is in flight or backoff forbids it. */
  function startFetch(): Flight | undefined {
    const nowMs = clock.monotonicMs();
    if (currentFlight() !== undefined || nowMs < backoff.untilMs) return flight;
    const untilMs = nowMs + requestsPerFetch * timeoutMs + flightMarginMs;
    const started: Flight = { untilMs, renewed: load(() => flight === started) };
    flight = started;
    return started;
  }

  /** Renews the keys, if backoff allows it. Returns whether they were renewed. */
  async function renew(): Promise<boolean> {
    const joined = currentFlight();
    const awaited = joined ?? startFetch();
    if (awaited === undefined) return false;
    const isNew = await resultOf(clock, awaited, joined === undefined);
    if (isNew !== undefined) return isNew;
    if (flight === awaited) flight = undefined;
    // A joined fetch may have been cancelled with the request that started it, so try again; an own fetch has failed.
    return joined === undefined ? false : renew();
  }

  function takeRefetch(): boolean {
    const refills = Math.floor((clock.monotonicMs() - refilledAtMs) / refetchRefillMs);
    if (refills > 0) {
      refetches = Math.min(refetchBucketSize, refetches + refills);
      refilledAtMs += refills * refetchRefillMs;
    }
    if (refetches === 0) return false;
    refetches -= 1;
    return true;
  }

  /** Fetches again for an id not in the cached keys. Throws rather than report an id as unknown without fresh keys. */
  async function renewFor(kid: string): Promise<readonly VerificationKey[]> {
    // Joining a fetch in flight is free; starting one takes a token from the bucket.
    const usesBucket = currentFlight() === undefined;
    if (usesBucket && !takeRefetch()) throw keysUnavailable();
    let isNew = false;
    try {
      isNew = await renew();
    } finally {
      // Failures are limited by backoff. If they also used up the bucket, none would be left after an outage.
      if (usesBucket && !isNew) refetches += 1;
    }
    if (!isNew) throw keysUnavailable();
    return cached?.keys.get(kid) ?? [];
  }

  const ageMs = (keys: CachedKeys): number => clock.monotonicMs() - keys.fetchedAtMs;

  return {
    async find(kid) {
      let isNew = false;
      if (cached !== undefined && ageMs(cached) < maxAgeMs) {
        const known = cached.keys.get(kid);
        if (known !== undefined) {
          // Refreshes in the background; failures are handled by `load`.
          if (ageMs(cached) >= refreshAfterMs) startFetch()?.renewed.catch(() => undefined);
          return known;
        }
      }
      if (cached === undefined || ageMs(cached) >= refreshAfterMs) isNew = await renew();
      if (cached === undefined || ageMs(cached) >= maxAgeMs) throw keysUnavailable();
      return cached.keys.get(kid) ?? (isNew ? [] : renewFor(kid));
    },
  };
}

/**
 * Whether the keys were renewed; undefined if the fetch passes its deadline or rejects. A framework's control-flow error is
 * passed on only to the caller that started the fetch.
 */
async function resultOf(
  clock: Clock,
  { renewed, untilMs }: Flight,
  isOwn: boolean,
): Promise<boolean | undefined> {
  let cancel: (() => void) | undefined;
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.startTimer(() => {
      resolve(undefined);
    }, untilMs - clock.monotonicMs());
  });
  try {
    return await Promise.race([renewed, late]);
  } catch (error) {
    if (isOwn && isControlFlow(error)) throw error;
    return undefined;
  } finally {
    cancel?.();
  }
}

/** A key set that is given and never fetched. */
export function createFixedKeySet(set: unknown): KeySet {
  let keys: Promise<PublicKeys> | undefined;
  return {
    async find(kid) {
      keys ??= importKeySet(set);
      const usable = await keys.catch(() => undefined);
      if (usable === undefined)
        throw new PurseRedirectionError("keys_unavailable", "None of the keys is usable.");
      return usable.get(kid) ?? [];
    },
  };
}

function keysUnavailable(): PurseRedirectionError {
  return new PurseRedirectionError(
    "keys_unavailable",
    "The signing keys could not be fetched, so the token could not be checked. Try again, or read the payment.",
  );
}
