import type { Context } from "./context.js";

/** What will happen by itself, as plain data: when, what, and to which object of the state. */
export type DueJob =
  | CaptureJob
  | SettleAuthorizationJob
  | SettleOperationJob
  | ExpireSessionJob
  | ExpirePaymentLinkJob
  | DeliverWebhookJob;

interface Job {
  /** Milliseconds since 1970 on the simulator's clock. */
  readonly atMs: number;
}

/** Captures what an automatic payment still has to capture. */
export interface CaptureJob extends Job {
  readonly kind: "capture";
  readonly paymentId: string;
}

/** The partners say how the pending parts of an authorization end. */
export interface SettleAuthorizationJob extends Job {
  readonly kind: "settle_authorization";
  readonly paymentId: string;
  /** The partner transactions that are pending. */
  readonly transactionIds: readonly string[];
  readonly answer: SettledAnswer;
}

/** The partners say how the pending parts of a capture, refund or void end. */
export interface SettleOperationJob extends Job {
  readonly kind: "settle_operation";
  readonly paymentId: string;
  readonly operationId: string;
  readonly transactionIds: readonly string[];
  readonly answer: SettledAnswer;
}

export interface ExpireSessionJob extends Job {
  readonly kind: "expire_session";
  /** Id of the client session. */
  readonly id: string;
}

export interface ExpirePaymentLinkJob extends Job {
  readonly kind: "expire_payment_link";
  /** Id of the payment link. */
  readonly id: string;
}

export interface DeliverWebhookJob extends Job {
  readonly kind: "deliver_webhook";
  readonly deliveryId: string;
}

/** How something pending ends. */
export type SettledAnswer = "approve" | "refuse";

/** What carries out each kind of job. A job whose object has moved on in the meantime has nothing left to do. */
export type JobHandlers = {
  readonly [Kind in DueJob["kind"]]: (context: Context, job: Extract<DueJob, { kind: Kind }>) => void;
};

export function schedule({ state }: Context, job: DueJob): void {
  state.due.push(job);
}

/**
 * Carries out what is due, in the order of time. Each job sees the time it was due at, not the time it is noticed at,
 * so that turning the clock far ahead gives the same dates as waiting.
 */
export function runDue(context: Context): void {
  for (;;) {
    const next = findNext(context);
    if (next === undefined || next.atMs > context.clock.nowMs()) return;
    // Gone before it runs: one that fails is not tried again with every request.
    context.state.due.splice(context.state.due.indexOf(next), 1);
    run({ ...context, clock: { nowMs: () => next.atMs } }, next);
  }
}

/** When `runDue` has something to do again; undefined when nothing is planned. */
export function nextDueMs(context: Context): number | undefined {
  return findNext(context)?.atMs;
}

/** Of jobs due at the same time, the one planned first. */
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
