import type { Payment } from "../../generated/schema.js";
import type { Clock } from "../clock.js";
import { PurseWebhookError } from "../errors/webhook-error.js";
import type { Claims } from "./claims.js";
import { pause } from "./patience.js";
import { summarize, type PaymentSummary } from "./summary.js";

/** How the handling of a delivery ended. */
export type Outcome =
  | { readonly kind: "handled"; readonly version: number | undefined }
  /** Nothing that was not handled before. */
  | { readonly kind: "known"; readonly version: number | undefined }
  /** The handler's own failure. The event is not marked as done. */
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
  readonly claims: Claims;
  readonly clock: Clock;
  /** How long a process may be at work before another takes over. */
  readonly claimTtlMs: number;
  /** Taken off a claim within a claim: how much longer than the first the second may have been on its way. */
  readonly marginMs: number;
  readonly completedTtlMs: number;
  readonly read: (id: string) => Promise<Payment>;
  readonly handle: (state: PaymentState) => Promise<void>;
  /** Is told of failures that change no answer. */
  readonly report: (error: unknown) => void;
}

/** While another process handles the payment, waiting a little spares the sender coming again. */
const pausesMs = [50, 100, 200, 400, 800, 1600];
const retryAfterMs = 5000;

/**
 * Reads a payment back and handles its state, unless that was done before. One process at a time works on a payment:
 * what is read within the claim cannot be overtaken by what another reads.
 */
export async function handleOnce(parts: OnceParts, id: string): Promise<Outcome> {
  const { claims, clock, claimTtlMs, report } = parts;
  const startedMs = clock.monotonicMs();
  const paymentKey = `payment:${id}`;
  await claimPayment(parts, paymentKey);
  const claim = { endsAtMs: startedMs + claimTtlMs, isSettled: true };
  try {
    return await handleClaimed(parts, id, claim);
  } finally {
    // A claim on the state that may still stand would make the next delivery look like a repetition. It ends before
    // this one does, so this one is kept.
    if (claim.isSettled) await claims.release(paymentKey).catch(report);
  }
}

async function claimPayment({ claims, clock, claimTtlMs }: OnceParts, key: string): Promise<void> {
  for (const pauseMs of [...pausesMs, undefined]) {
    if (await claims.claim(key, claimTtlMs)) return;
    if (pauseMs !== undefined) await pause(clock, pauseMs);
  }
  throw inProgress();
}

export function inProgress(): PurseWebhookError {
  return new PurseWebhookError("in_progress", "The payment is being handled.", { retryAfterMs });
}

async function handleClaimed(
  parts: OnceParts,
  id: string,
  claim: { readonly endsAtMs: number; isSettled: boolean },
): Promise<Outcome> {
  const { claims, clock, marginMs, completedTtlMs, report } = parts;
  const payment = await parts.read(id);
  const summary = await summarize(payment);
  const { version } = summary;
  const summaryKey = `summary:${id}`;
  const previous = await claims.recall(summaryKey);
  if (previous !== undefined && !isNews(summary, previous)) return { kind: "known", version };

  const leftMs = claim.endsAtMs - clock.monotonicMs() - marginMs;
  if (leftMs <= 0) throw inProgress(); // The claim may have run out while the payment was read.
  const stateKey = `state:${id}:${String(version)}:${summary.fingerprint}`;
  claim.isSettled = false;
  if (!(await claims.claim(stateKey, leftMs))) {
    claim.isSettled = true;
    return { kind: "known", version };
  }
  try {
    await parts.handle({ id, payment, summary, previous });
  } catch (error) {
    await claims.release(stateKey).then(() => (claim.isSettled = true), report);
    return { kind: "failed", error };
  }
  // It is done, whatever the store says from here on.
  claim.isSettled = true;
  await claims.remember(summaryKey, summary, completedTtlMs).catch(report);
  await claims.complete(stateKey, completedTtlMs).catch(report);
  return { kind: "handled", version };
}

/** The version tells the order, where there is one; the fingerprint tells that something is different. */
function isNews(now: PaymentSummary, before: PaymentSummary): boolean {
  if (now.version === undefined || before.version === undefined)
    return now.fingerprint !== before.fingerprint;
  if (now.version !== before.version) return now.version > before.version;
  return now.fingerprint !== before.fingerprint;
}
