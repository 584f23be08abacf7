import type { Clock } from "../clock.js";
import { isControlFlow } from "../errors/control-flow.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";
import { importKeySet, type PublicKeys, type VerificationKey } from "./public-keys.js";

/** Public keys by `kid`. */
export interface KeySet {
  /**
   * The keys with that id; none if the service has none.
   * @throws PurseRedirectionError with the reason `keys_unavailable` when no usable key set can be had.
   */
  find(kid: string): Promise<readonly VerificationKey[]>;
}

export interface KeySetParts {
  readonly clock: Clock;
  /** Fetches the JSON Web Key Set. Must bound its own time and size. */
  readonly fetchKeys: () => Promise<unknown>;
  /** How long one request of it may take. */
  readonly timeoutMs: number;
}

const softAgeMs = 10 * 60_000;
const hardAgeMs = 24 * 60 * 60_000;
const refetchBucket = 3;
const refetchRefillMs = 30_000;
const firstDampingMs = 1000;
const longestDampingMs = 30_000;
/** A fetch may take two requests, the second with a token. */
const requestsPerFetch = 2;
const flightMarginMs = 5000;

interface Flight {
  readonly untilMs: number;
  /** Whether the keys are new now. */
  readonly isDone: Promise<boolean>;
}

interface HeldKeys {
  readonly keys: PublicKeys;
  readonly fetchedAtMs: number;
}

/**
 * An own cache instead of jose's remote set, which refuses numeric ids, rejects a whole set for one bad entry, does
 * not damp failing fetches and keeps nothing when the endpoint is down.
 *
 * One fetch at a time. After ten minutes keys are renewed behind the back of whoever asks for one that is held: no
 * shopper waits for an endpoint that is slow or silent. After a day without success they are not used any more. An
 * unknown id fetches anew, but from a small bucket, so that a flood of made-up ids cannot become a flood of requests.
 *
 * Some platforms (Workers) end whatever a request began when that request ends: a fetch may never settle, or be
 * rejected without its own code having run. So one that is older than its bound, or still there when it is rejected,
 * counts no longer, and nobody waits for it for longer than that.
 */
export function createKeySet({ clock, fetchKeys, timeoutMs }: KeySetParts): KeySet {
  let held: HeldKeys | undefined;
  let flight: Flight | undefined;
  let damping = { untilMs: 0, delayMs: 0 };
  let refetches = refetchBucket;
  let refilledAtMs = clock.monotonicMs();

  /** One that was replaced because it took too long decides nothing any more. */
  async function load(isCurrent: () => boolean): Promise<boolean> {
    try {
      const keys = await importKeySet(await fetchKeys());
      if (!isCurrent()) return false;
      held = { keys, fetchedAtMs: clock.monotonicMs() };
      damping = { untilMs: 0, delayMs: 0 };
      return true;
    } catch (error) {
      if (isControlFlow(error)) throw error;
      if (!isCurrent()) return false;
      const delayMs = Math.min(
        damping.delayMs === 0 ? firstDampingMs : damping.delayMs * 2,
        longestDampingMs,
      );
      damping = { delayMs, untilMs: clock.monotonicMs() + delayMs };
      return false;
    } finally {
      if (isCurrent()) flight = undefined;
    }
  }

  function underWay(): Flight | undefined {
    if (flight !== undefined && clock.monotonicMs() > flight.untilMs) flight = undefined;
    return flight;
  }

  /** Begins a fetch if none is under way and that is allowed now. */
  function begin(): Flight | undefined {
    const nowMs = clock.monotonicMs();
    if (underWay() !== undefined || nowMs < damping.untilMs) return flight;
    const untilMs = nowMs + requestsPerFetch * timeoutMs + flightMarginMs;
    const begun: Flight = { untilMs, isDone: load(() => flight === begun) };
    flight = begun;
    return begun;
  }

  /** Renews the keys if that is allowed now; says whether they are new now. */
  async function renew(): Promise<boolean> {
    const joined = underWay();
    const awaited = joined ?? begin();
    if (awaited === undefined) return false;
    const isNew = await endOf(clock, awaited, joined === undefined);
    if (isNew !== undefined) return isNew;
    if (flight === awaited) flight = undefined;
    // Somebody else's, who may be gone. One's own bounds itself, so there is nothing to be had from another.
    return joined === undefined ? false : renew();
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

  /** Looks for an id that the keys held do not have; whatever cannot be ruled out is not called unknown. */
  async function renewFor(kid: string): Promise<readonly VerificationKey[]> {
    // A fetch under way is joined; a new one has to be paid for. With the bucket empty nothing can be said.
    const isPaid = underWay() === undefined;
    if (isPaid && !takeRefetch()) throw keysUnavailable();
    let isNew = false;
    try {
      isNew = await renew();
    } finally {
      // Failures have a limit of their own. Paying for them too would leave nothing for the time after an outage.
      if (isPaid && !isNew) refetches += 1;
    }
    if (!isNew) throw keysUnavailable();
    return held?.keys.get(kid) ?? [];
  }

  const ageMs = (keys: HeldKeys): number => clock.monotonicMs() - keys.fetchedAtMs;

  return {
    async find(kid) {
      let isNew = false;
      if (held !== undefined && ageMs(held) < hardAgeMs) {
        const known = held.keys.get(kid);
        if (known !== undefined) {
          // Settles without a rejection, and within the time that fetching bounds itself to.
          if (ageMs(held) >= softAgeMs) begin()?.isDone.catch(() => undefined);
          return known;
        }
      }
      if (held === undefined || ageMs(held) >= softAgeMs) isNew = await renew();
      if (held === undefined || ageMs(held) >= hardAgeMs) throw keysUnavailable();
      return held.keys.get(kid) ?? (isNew ? [] : renewFor(kid));
    },
  };
}

/**
 * Whether the keys are new now; nothing if that is not told in time, or by somebody else than the fetch itself. What ends
 * the render that began the fetch ends no other.
 */
async function endOf(
  clock: Clock,
  { isDone, untilMs }: Flight,
  isOwn: boolean,
): Promise<boolean | undefined> {
  let cancel: (() => void) | undefined;
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.startTimer(() => {
      resolve(undefined);
    }, untilMs - clock.monotonicMs());
  });
  try {
    return await Promise.race([isDone, late]);
  } catch (error) {
    if (isOwn && isControlFlow(error)) throw error;
    return undefined;
  } finally {
    cancel?.();
  }
}

/** Keys that were given once and for all: nothing to fetch, so an id that is not there stays unknown. */
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
    "The signing keys cannot be fetched, so nothing can be said about the token. Try again, or read the payment.",
  );
}
