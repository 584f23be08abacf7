import { PurseInvalidArgumentError } from "../../errors/invalid-argument-error.js";

/** Calls a user callback and ignores anything it throws or rejects with. */
export function callAndIgnoreErrors(tell: () => unknown): void {
  new Promise((resolve) => {
    resolve(tell());
  }).catch(() => undefined);
}

/** What was being answered when something went wrong. */
export interface WebhookErrorContext {
  /** HTTP status that the sender was answered with. */
  readonly status: number;
  /** Id of the payment, once a delivery has proved itself. */
  readonly paymentId?: string;
}

export type Tell = (error: unknown, context: WebhookErrorContext) => void;

/** Wraps `onError` so that it is safe to call: its errors are ignored, and it may be missing. */
export function createTeller(onError: unknown): Tell {
  if (onError === undefined) return () => undefined;
  if (typeof onError !== "function") {
    throw new PurseInvalidArgumentError("options.onError", "must be a function.");
  }
  return (error, context) => {
    // It may return a promise in spite of its type.
    callAndIgnoreErrors(() => (onError as (...told: unknown[]) => unknown)(error, context));
  };
}
