/**
 * What can go wrong with one request. `before` means that the service did nothing; `after`, that it did everything
 * and only the answer suffers.
 */
export type Fault =
  | { kind: "drop_before" }
  | { kind: "drop_after" }
  | { kind: "half_header" }
  | { kind: "cut_body" }
  | { kind: "stall_before" }
  | { kind: "stall_after" }
  | { kind: "drip" }
  | { kind: "status_before"; status: number; retryAfter?: string }
  | { kind: "status_after"; status: number }
  | { kind: "html_before"; status: number }
  | { kind: "html_after" }
  | { kind: "empty_after" }
  | { kind: "redirect_before"; location: string }
  | { kind: "redirect_after"; location: string }
  /** Answers with a failure, and does it a little later all the same. */
  | { kind: "late_commit"; delayMs: number; guarded: boolean }
  /** The next request on the same connection is cut off before anything is read. */
  | { kind: "stale_keep_alive" };

/** A request as it came in, answered or not. */
export interface SeenRequest {
  method: string;
  path: string;
  idempotencyKey?: string;
  body: string;
  fault?: Fault["kind"];
  /** What the service answered inside, if it was asked at all; the fault may have kept it from the caller. */
  status?: number;
}

/** Which requests a fault meets, and how many of them. */
export interface PlannedFault {
  fault: Fault;
  method?: string;
  /** Part of the path. */
  path?: string;
  /** Default 1. */
  times?: number;
}

/** Hands out planned faults, first come first served. */
export class FaultPlan {
  #planned: (PlannedFault & { times: number })[] = [];

  plan(faults: readonly PlannedFault[]): void {
    this.#planned.push(...faults.map((planned) => ({ ...planned, times: planned.times ?? 1 })));
  }

  clear(path?: string): void {
    this.#planned = path === undefined ? [] : this.#planned.filter((planned) => planned.path !== path);
  }

  take(method: string, path: string): Fault | undefined {
    const planned = this.#planned.find((candidate) => {
      const fitsMethod = candidate.method === undefined || candidate.method === method;
      return (
        candidate.times > 0 && fitsMethod && (candidate.path === undefined || path.includes(candidate.path))
      );
    });
    if (planned === undefined) return undefined;
    planned.times -= 1;
    return planned.fault;
  }
}
