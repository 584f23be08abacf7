/** A source of time. */
export interface SimulatorClock {
  /** Milliseconds since 1970. */
  nowMs(): number;
}

/** A duration; the members add up. */
export interface Duration {
  /** Days of 24 hours. */
  readonly days?: number;
  /** Hours. */
  readonly hours?: number;
  /** Minutes. */
  readonly minutes?: number;
  /** Seconds. */
  readonly seconds?: number;
  /** Milliseconds. */
  readonly ms?: number;
}

/**
 * The simulator's clock. It follows its source (the system clock by default) and can be advanced: tokens and sessions
 * expire, delayed captures run, webhooks are retried.
 *
 * @example
 * ```ts
 * import { createSimulator } from "purse-payments/simulator";
 *
 * const simulator = createSimulator();
 * await simulator.clock.advance({ minutes: 31 });
 * await simulator.clock.setTo("2099-01-01T00:00:00Z");
 * ```
 */
export interface AdjustableClock extends SimulatorClock {
  /** Whether it stands still. */
  readonly isFrozen: boolean;
  /**
   * Advances the time and runs, in order, everything that falls due. Resolves when that is done, including webhooks and
   * their answers.
   *
   * @throws `RangeError` when a member is not a number of at least 0, or the result is outside the range of dates.
   */
  advance(duration: Duration): Promise<void>;
  /**
   * Like {@link advance}, to a point in time.
   *
   * @throws `RangeError` when the time is invalid or in the past.
   */
  setTo(time: Date | string | number): Promise<void>;
  /** Stops the clock; {@link advance} and {@link setTo} still move it. */
  freeze(): void;
  /** Restarts the clock from its current time. */
  resume(): void;
}

export interface ClockReading {
  readonly nowMs: number;
  readonly isFrozen: boolean;
}

/** The clock, and what only the simulator may do with it. */
export interface ClockParts {
  readonly clock: AdjustableClock;
  /** Sets the time without running jobs, backwards too; undefined returns to the source's time. */
  readonly restore: (reading: ClockReading | undefined) => void;
}

export const systemClock: SimulatorClock = { nowMs: () => Date.now() };

/** The latest date in ECMAScript. */
const latestMs = 8.64e15;
const msOf: Readonly<Record<keyof Duration, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  ms: 1,
};

/** @param runUntil runs the jobs due up to a time; it calls `moveTo` with the time of each */
export function createClock(
  source: SimulatorClock,
  runUntil: (untilMs: number, moveTo: (timeMs: number) => void) => Promise<void>,
): ClockParts {
  let offsetMs = 0;
  let frozenAtMs: number | undefined;

  const nowMs = (): number => frozenAtMs ?? source.nowMs() + offsetMs;
  function moveTo(timeMs: number): void {
    if (frozenAtMs === undefined) offsetMs += Math.max(timeMs - nowMs(), 0);
    else frozenAtMs = Math.max(timeMs, frozenAtMs);
  }

  async function advanceTo(timeMs: number): Promise<void> {
    if (timeMs > latestMs) throw new RangeError("The clock cannot be advanced beyond the year 275760.");
    await runUntil(timeMs, moveTo);
    moveTo(timeMs);
  }

  const clock: AdjustableClock = {
    nowMs,
    get isFrozen() {
      return frozenAtMs !== undefined;
    },
    advance: async (duration) => advanceTo(nowMs() + toMs(duration)),
    async setTo(time) {
      const timeMs = new Date(time).getTime();
      if (Number.isNaN(timeMs))
        throw new RangeError("setTo needs a Date, an ISO 8601 date or milliseconds since 1970.");
      if (timeMs < nowMs()) {
        throw new RangeError(`The clock is at ${toDateTime(nowMs())} and cannot be set back.`);
      }
      await advanceTo(timeMs);
    },
    freeze() {
      frozenAtMs ??= nowMs();
    },
    resume() {
      if (frozenAtMs === undefined) return;
      offsetMs = frozenAtMs - source.nowMs();
      frozenAtMs = undefined;
    },
  };

  return {
    clock,
    restore(reading) {
      offsetMs = reading === undefined ? 0 : reading.nowMs - source.nowMs();
      frozenAtMs = reading?.isFrozen === true ? reading.nowMs : undefined;
    },
  };
}

function toMs(duration: Duration): number {
  let sumMs = 0;
  for (const [unit, count] of Object.entries(duration)) {
    const unitMs = Object.hasOwn(msOf, unit) ? msOf[unit as keyof Duration] : undefined; // Checked by `hasOwn`.
    if (unitMs === undefined) {
      throw new RangeError(`Unknown unit ${unit}; known are days, hours, minutes, seconds and ms.`);
    }
    // Callers in JavaScript and of the control API can pass anything.
    const value: unknown = count;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
      throw new RangeError(`${unit} must be a number of at least 0.`);
    }
    sumMs += value * unitMs;
  }
  return sumMs;
}

/** The format of times in answers. */
export function toDateTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
