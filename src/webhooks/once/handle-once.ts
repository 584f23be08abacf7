import type { Payment } from "../../../generated/schema.js";
import type { Clock } from "../../clock.js";
import { PurseWebhookError } from "../../errors/webhook-error.js";
import { refused } from "../answer.js";
import { claimLost, type Locks, type Lock, type Recalled } from "./locks.js";
import { pause } from "./with-timeout.js";
import type { Tell } from "./call-and-ignore-errors.js";
import { runWithTimeout, type HandlerEnd } from "./run-with-timeout.js";
import { summarize, type PaymentSummary } from "./payment-state.js";

/** How the handling of a delivery ended. */
export type Outcome =
  | { readonly kind: "handled"; readonly payment: Payment }
  /** Nothing that was not handled before. */
  | { readonly kind: "known"; readonly payment: Payment }
  /** Older than what was handled last. */
  | { readonly kind: "stale"; readonly payment: Payment }
  /** The handler's own failure, or the end of its time. The event is not marked as done. */
  | { readonly kind: "failed"; readonly error: unknown };

/** A state of a payment that was not handled before. */
export interface PaymentState {
  readonly id: string;
  readonly payment: Payment;
  readonly summary: PaymentSummary;
  /** The last one that was handled, if the store remembers it. */
  readonly previous: PaymentSummary | undefined;
}

export interface OnceParts {
  readonly locks: Locks;
  readonly clock: Clock;
  /** How long a process may be at work before another takes over. */
  readonly claimTtlMs: number;
  /** How long a handler may take; never longer than what is left of the claim. */
  readonly handlerTimeoutMs: number;
  /** Taken off a claim within a claim: how much longer than the first the second may have been on its way. */
  readonly marginMs: number;
  readonly completedTtlMs: number;
  readonly summaryTtlMs: number;
  readonly read: (id: string) => Promise<Payment>;
  readonly handle: (state: PaymentState, signal: AbortSignal) => Promise<void>;
  /** Is told of failures that change no answer, with the answer; and of a handler that failed after it was given. */
  readonly report: Tell;
}

/** What one run keeps while it works on a payment. */
interface Work {
  readonly id: string;
  readonly lock: Lock;
  readonly endsAtMs: number;
  /**
   * Whether the claim on the payment may be given up. Not while a claim on the state may still stand, which would make
   * the next delivery look like a repetition; that one ends before this one does, so this one is kept.
   */
  isSettled: boolean;
  /** What the delivery is answered with. */
  status: number;
}

/** While another process handles the payment, waiting a little spares the sender coming again. */
const pausesMs = [50, 100, 200, 400, 800, 1600];
const retryAfterMs = 5000;
const failedStatus = 500;
const mostNoteAttempts = 3;

/**
 * Reads a payment back and handles its state, unless that was done before. One process at a time works on a payment:
 * what is read within the claim cannot be overtaken by what another reads.
 */
export async function handleOnce(parts: OnceParts, id: string): Promise<Outcome> {
  const startedMs = parts.clock.monotonicMs();
  const lock = await lockPayment(parts, `payment:${id}`);
  const work = { id, lock, endsAtMs: startedMs + parts.claimTtlMs, isSettled: true, status: 200 };
  try {
    const outcome = await handleClaimed(parts, work);
    if (outcome.kind === "failed") work.status = failedStatus;
    return outcome;
  } catch (error) {
    work.status = refused(error).status;
    throw error;
  } finally {
    await giveUp(parts, work);
  }
}

async function giveUp(parts: OnceParts, work: Work): Promise<void> {
  if (work.isSettled) await work.lock.release().catch(reporter(parts, work));
}

function reporter({ report }: OnceParts, work: Work): (error: unknown) => void {
  return (error) => {
    report(error, { status: work.status, paymentId: work.id });
  };
}

async function lockPayment({ locks, clock, claimTtlMs }: OnceParts, key: string): Promise<Lock> {
  for (const pauseMs of [...pausesMs, undefined]) {
    const lock = await locks.claim(key, claimTtlMs);
    if (lock !== undefined) return lock;
    if (pauseMs !== undefined) await pause(clock, pauseMs);
  }
  throw inProgress();
}

export function inProgress(): PurseWebhookError {
  return new PurseWebhookError("in_progress", "The payment is being handled.", { retryAfterMs });
}

async function handleClaimed(parts: OnceParts, work: Work): Promise<Outcome> {
  const { locks, clock, marginMs } = parts;
  const { id } = work;
  const payment = await parts.read(id);
  const recalled = await locks.recall(summaryKeyOf(id));
  const previous = recalled.summary;
  const summary = await summarize(payment, previous);
  const { version, fingerprint, sequence } = summary;
  if (previous !== undefined && !isNews(summary, previous)) {
    return { kind: isOlder(summary, previous) ? "stale" : "known", payment };
  }

  const leftMs = work.endsAtMs - clock.monotonicMs() - marginMs;
  if (leftMs <= 0) throw inProgress(); // The claim may have run out while the payment was read.
  const stateKey = `state:${id}:${String(version)}:${fingerprint}:${String(sequence)}`;
  work.isSettled = false;
  const lock = await locks.claim(stateKey, leftMs);
  if (lock === undefined) {
    work.isSettled = true;
    return { kind: "known", payment };
  }
  const done: Done = { lock, payment, summary, recalled };
  const run = (signal: AbortSignal): Promise<void> =>
    parts.handle({ id, payment, summary, previous }, signal);
  const end = await runWithTimeout(clock, Math.min(parts.handlerTimeoutMs, leftMs), run, (lateEnd) => {
    void settleLate(parts, work, done, lateEnd);
  });
  // Both locks stand: it may still be at work.
  if (end.kind === "late") return { kind: "failed", error: end.error };
  return settle(parts, work, done, end);
}

/** A state that a handler was called for, and what there is to note of it. */
interface Done {
  readonly lock: Lock;
  readonly payment: Payment;
  readonly summary: PaymentSummary;
  readonly recalled: Recalled;
}

/** Notes in the store how a handler ended. */
async function settle(parts: OnceParts, work: Work, done: Done, end: HandlerEnd): Promise<Outcome> {
  const { lock, payment } = done;
  const report = reporter(parts, work);
  if (end.kind === "failed") {
    work.status = failedStatus;
    try {
      await lock.release();
      work.isSettled = true;
    } catch (error) {
      // One that is lost does not stand any more.
      work.isSettled = error instanceof PurseWebhookError && error.reason === "claim_lost";
      report(error);
    }
    return end;
  }
  // The handling is done, even if the store fails from here on.
  work.isSettled = true;
  await note(parts, work, done).catch(report);
  await lock.complete(parts.completedTtlMs).catch(report);
  return { kind: "handled", payment };
}

/** Keeps the state as the last one handled, unless another process has noted a newer one meanwhile. */
async function note({ locks, clock, summaryTtlMs }: OnceParts, work: Work, done: Done): Promise<void> {
  const { summary } = done;
  let { recalled } = done;
  for (let attempt = 0; attempt < mostNoteAttempts; attempt++) {
    // After the claim another may have handled a newer state, which must not be forgotten for this one.
    if (clock.monotonicMs() >= work.endsAtMs) return;
    if (await locks.remember(summaryKeyOf(work.id), summary, summaryTtlMs, recalled)) return;
    recalled = await locks.recall(summaryKeyOf(work.id));
    if (recalled.summary !== undefined && !isNews(summary, recalled.summary)) return;
  }
  throw claimLost(); // Others write all the time, which the claim is there to prevent.
}

/** For a handler that ended after its time: the sender has been told that it failed, but done is done. */
async function settleLate(parts: OnceParts, work: Work, done: Done, end: HandlerEnd): Promise<void> {
  work.status = failedStatus;
  if (end.kind === "failed") reporter(parts, work)(end.error);
  await settle(parts, work, done, end);
  await giveUp(parts, work);
}

function summaryKeyOf(id: string): string {
  return `summary:${id}`;
}

/** The version tells the order, where there is one; the fingerprint tells that something is different. */
function isNews(now: PaymentSummary, before: PaymentSummary): boolean {
  return !isOlder(now, before) && (isOlder(before, now) || now.fingerprint !== before.fingerprint);
}

function isOlder({ version: one }: PaymentSummary, { version: other }: PaymentSummary): boolean {
  return one !== undefined && other !== undefined && one < other;
}
