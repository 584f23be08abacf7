import type { Clock } from "../../clock.js";

/** Tokens of claims made without an owner, kept until the claims expire. */
export interface AnonymousOwners {
  note(key: string, token: string, ttlMs: number): void;
  /** Returns the token and forgets it; undefined when its claim has expired. */
  take(key: string): string | undefined;
  size(): number;
}

interface Entry {
  readonly token: string;
  readonly expiresAtMs: number;
}

const sweepFrom = 1000;

/** Has no timers: expired tokens are removed whenever the map has doubled in size. */
export function createAnonymousOwners(clock: Clock): AnonymousOwners {
  const entries = new Map<string, Entry>();
  let sweepAt = sweepFrom;

  const isOver = ({ expiresAtMs }: Entry): boolean => expiresAtMs <= clock.monotonicMs();

  function sweep(): void {
    for (const [key, entry] of entries) if (isOver(entry)) entries.delete(key);
    sweepAt = Math.max(sweepFrom, entries.size * 2);
  }

  return {
    note(key, token, ttlMs) {
      if (entries.size >= sweepAt) sweep();
      entries.set(key, { token, expiresAtMs: clock.monotonicMs() + ttlMs });
    },
    take(key) {
      const entry = entries.get(key);
      entries.delete(key);
      return entry === undefined || isOver(entry) ? undefined : entry.token;
    },
    size: () => entries.size,
  };
}
