/** Time as the simulator sees it; a test may turn it forward. */
export interface SimulatorClock {
  /** Milliseconds since 1970. */
  nowMs(): number;
}

export const systemClock: SimulatorClock = { nowMs: () => Date.now() };

/** A point in time as answers write it. */
export function toDateTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
