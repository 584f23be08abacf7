import type { Clock } from "../clock.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";

/** Public keys by `kid`, fetched when needed and kept. */
export interface KeySet {
  /**
   * The key with that id, or nothing if the service has none.
   * @throws PurseRedirectionError with the reason `keys_unavailable` when no usable key set can be had.
   */
  find(kid: string): Promise<CryptoKey | undefined>;
}

export interface KeySetParts {
  readonly clock: Clock;
  /** Fetches the key set's entries. Must bound its own time. */
  readonly fetchKeys: () => Promise<readonly unknown[]>;
  /** Makes a key of an entry; nothing for an entry that cannot be used. */
  readonly importKey: (entry: unknown) => Promise<ImportedKey | undefined>;
}

export interface ImportedKey {
  readonly kid: string;
  readonly key: CryptoKey;
}

const softAgeMs = 10 * 60_000;
const hardAgeMs = 24 * 60 * 60_000;
const refetchBucket = 3;
const refetchRefillMs = 30_000;
const firstDampingMs = 1000;
const longestDampingMs = 30_000;

interface HeldKeys {
  readonly keys: ReadonlyMap<string, CryptoKey>;
  readonly fetchedAtMs: number;
}

/**
 * An own cache instead of jose's remote set, which refuses numeric ids, rejects a whole set for one bad entry, does
 * not damp failing fetches and keeps nothing when the endpoint is down.
 *
 * One fetch at a time. Keys are renewed after ten minutes and used for a day when renewing fails. An unknown id
 * fetches anew, but from a small bucket, so that a flood of made-up ids cannot become a flood of requests.
 */
export function createKeySet({ clock, fetchKeys, importKey }: KeySetParts): KeySet {
  let held: HeldKeys | undefined;
  let flight: Promise<void> | undefined;
  let damping = { untilMs: 0, delayMs: 0 };
  let refetches = refetchBucket;
  let refilledAtMs = clock.monotonicMs();

  async function load(): Promise<void> {
    try {
      const imported = await Promise.all((await fetchKeys()).map(importKey));
      const usable = imported.filter((entry) => entry !== undefined);
      if (usable.length === 0) throw new Error("no usable key");
      held = { keys: new Map(usable.map(({ kid, key }) => [kid, key])), fetchedAtMs: clock.monotonicMs() };
      damping = { untilMs: 0, delayMs: 0 };
    } catch (error) {
      const delayMs = Math.min(
        damping.delayMs === 0 ? firstDampingMs : damping.delayMs * 2,
        longestDampingMs,
      );
      damping = { delayMs, untilMs: clock.monotonicMs() + delayMs };
      throw error;
    } finally {
      flight = undefined;
    }
  }

  /** Renews the keys if that is allowed now; says whether they are new now. */
  async function renew(): Promise<boolean> {
    if (flight === undefined && clock.monotonicMs() < damping.untilMs) return false;
    flight ??= load();
    return flight.then(
      () => true,
      () => false,
    );
  }

  function takeRefetch(): boolean {
    const refills = Math.floor((clock.monotonicMs() - refilledAtMs) / refetchRefillMs);
    if (refills > 0) {
      refetches = Math.min(refetchBucket, refetches + refills);
      refilledAtMs += refills * refetchRefillMs;
    }
    if (refetches === 0) return false;
    refetches -= 1;
    return true;
  }

  const ageMs = (keys: HeldKeys): number => clock.monotonicMs() - keys.fetchedAtMs;

  return {
    async find(kid) {
      if (held === undefined || ageMs(held) >= hardAgeMs) await renew();
      if (held === undefined || ageMs(held) >= hardAgeMs) throw keysUnavailable();
      const known = held.keys.get(kid);
      if (known !== undefined) {
        // Nobody with a known key waits for the renewal, or fails when it does.
        if (ageMs(held) >= softAgeMs) void renew();
        return known;
      }
      // A fetch under way is joined; a new one has to be paid for. With the bucket empty the keys are young anyway.
      if (flight === undefined && !takeRefetch()) return undefined;
      if (!(await renew())) throw keysUnavailable();
      return held.keys.get(kid);
    },
  };
}

function keysUnavailable(): PurseRedirectionError {
  return new PurseRedirectionError(
    "keys_unavailable",
    "The signing keys cannot be fetched, so nothing can be said about the token. Try again, or read the payment.",
  );
}
