import { PurseInvalidArgumentError } from "../../errors/invalid-argument-error.js";

/** Tells somebody who must not be able to do harm by it: whoever fails at being told, at once or later, cannot be told of it. */
export function tellQuietly(tell: () => unknown): void {
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

/** Makes a function of `onError` that is safe to call: what it throws is dropped, and without one nothing happens. */
export function createTeller(onError: unknown): Tell {
  if (onError === undefined) return () => undefined;
  if (typeof onError !== "function") {
    throw new PurseInvalidArgumentError("options.onError", "must be a function.");
  }
  return (error, context) => {
    // What it gives may be a promise all the same.
    tellQuietly(() => (onError as (...told: unknown[]) => unknown)(error, context));
  };
}
