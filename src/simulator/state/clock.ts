/** Where the simulator takes the time from. */
export interface SimulatorClock {
  /** Milliseconds since 1970. */
  nowMs(): number;
}

/** A span of time; the members add up. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly ms?: number;
}

/**
 * The simulator's own time. It runs with its source (the system's, unless the option `clock` says otherwise) and can be
 * turned forward: tokens and sessions expire, delayed captures happen, webhooks are tried again.
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
  readonly isFrozen: boolean;
  /**
   * Turns the time forward and does, one after the other, what falls due on the way. Resolves when that is done, webhooks
   * sent and answered included.
   *
   * @throws `RangeError` when a member is not a number from 0 on, or the time ends up outside of what dates can hold.
   */
  advance(duration: Duration): Promise<void>;
  /**
   * Like {@link advance}, up to a point in time.
   *
   * @throws `RangeError` when the time is not one, or has passed: this clock never runs backwards.
   */
  setTo(time: Date | string | number): Promise<void>;
  /** Stops the time; {@link advance} and {@link setTo} still move it. */
  freeze(): void;
  /** Lets the time run on from where it stands. */
  resume(): void;
}

/** A clock as data. */
export interface ClockReading {
  readonly nowMs: number;
  readonly isFrozen: boolean;
}

/** The clock together with what only the simulator itself may do with it. */
export interface ClockParts {
  readonly clock: AdjustableClock;
  /** Sets the time without doing what falls due, backwards too: for a state that is loaded or thrown away. */
  readonly restore: (reading: ClockReading | undefined) => void;
}

export const systemClock: SimulatorClock = { nowMs: () => Date.now() };

/** The furthest that a date can be from 1970, as ECMAScript has it. */
const latestMs = 8.64e15;
const msOf: Readonly<Record<keyof Duration, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  ms: 1,
};

/** `moveTo` is given the steps of the way: it sets the time as often as something falls due before the end. */
export function createClock(
  source: SimulatorClock,
  travel: (untilMs: number, moveTo: (timeMs: number) => void) => Promise<void>,
): ClockParts {
  let offsetMs = 0;
  let frozenAtMs: number | undefined;

  const nowMs = (): number => frozenAtMs ?? source.nowMs() + offsetMs;
  function moveTo(timeMs: number): void {
    if (frozenAtMs === undefined) offsetMs += Math.max(timeMs - nowMs(), 0);
    else frozenAtMs = Math.max(timeMs, frozenAtMs);
  }

  async function travelTo(timeMs: number): Promise<void> {
    if (timeMs > latestMs) throw new RangeError("The clock cannot be turned beyond the year 275760.");
    await travel(timeMs, moveTo);
    moveTo(timeMs);
  }

  const clock: AdjustableClock = {
    nowMs,
    get isFrozen() {
      return frozenAtMs !== undefined;
    },
    advance: async (duration) => travelTo(nowMs() + toMs(duration)),
    async setTo(time) {
      const timeMs = new Date(time).getTime();
      if (Number.isNaN(timeMs)) throw new RangeError("setTo takes a Date, an ISO 8601 text or milliseconds.");
      if (timeMs < nowMs()) {
        throw new RangeError(`The clock stands at ${toDateTime(nowMs())} and cannot be turned back.`);
      }
      await travelTo(timeMs);
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
    const unitMs = Object.hasOwn(msOf, unit) ? msOf[unit as keyof Duration] : undefined; // Just looked up.
    if (unitMs === undefined) {
      throw new RangeError(`A duration has days, hours, minutes, seconds and ms, but no ${unit}.`);
    }
    // Callers of JavaScript, and of the control API, can pass anything.
    const value: unknown = count;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
      throw new RangeError(`The ${unit} of a duration have to be a number from 0 on.`);
    }
    sumMs += value * unitMs;
  }
  return sumMs;
}

/** A point in time as answers write it. */
export function toDateTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
