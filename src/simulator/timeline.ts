import type { DueJob } from "./state/records.js";
import type { Context } from "./context.js";

export function schedule({ state }: Context, job: DueJob): void {
  state.due.push(job);
}

/**
 * Runs due jobs in order. Each job sees the time at which it was due, so that advancing the clock far ahead gives the
 * same dates as waiting.
 */
export function runDue(context: Context): void {
  for (;;) {
    const next = findNext(context);
    if (next === undefined || next.atMs > context.clock.nowMs()) return;
    // Removed before it runs, so that a failing job is not retried with every request.
    context.state.due.splice(context.state.due.indexOf(next), 1);
    run({ ...context, clock: { nowMs: () => next.atMs } }, next);
  }
}

/** When the next job is due. */
export function nextDueMs(context: Context): number | undefined {
  return findNext(context)?.atMs;
}

/** Among jobs due at the same time, the one scheduled first. */
function findNext({ state }: Context): DueJob | undefined {
  return state.due.reduce<DueJob | undefined>(
    (first, job) => (first === undefined || job.atMs < first.atMs ? job : first),
    undefined,
  );
}

function run(context: Context, job: DueJob): void {
  switch (job.kind) {
    case "capture":
      context.jobs.capture(context, job);
      return;
    case "settle_authorization":
      context.jobs.settle_authorization(context, job);
      return;
    case "settle_operation":
      context.jobs.settle_operation(context, job);
      return;
    case "expire_session":
      context.jobs.expire_session(context, job);
      return;
    case "expire_payment_link":
      context.jobs.expire_payment_link(context, job);
      return;
    case "deliver_webhook":
      context.jobs.deliver_webhook(context, job);
  }
}
