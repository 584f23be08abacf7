import { PurseInvalidArgumentError } from "../errors/invalid-argument-error.js";

/**
 * Where the processes that receive webhooks agree on who handles what, and remember what was handled. All methods may
 * reject: a claim that cannot be asked for is answered with 503, and the sender comes again.
 *
 * With the three methods alone, each state of a payment is handled once. The two optional ones, which go together, let
 * older states be told from newer ones, changes from what was there before, and a state that came back from one that
 * was never left.
 *
 * `owner` is a text that is unique to each claim. Keep it as the claim's value, and `release` is a compare-and-delete.
 * A store that looks at keys alone may leave the parameter out: a claim is not released once its time has run out, so
 * that only a clock or a connection that stands still in between can make one process give up another's.
 */
export interface WebhookStore {
  /**
   * Takes `key` for at most `ttlMs` milliseconds, in one indivisible step.
   * @returns whether it is the caller's now. Not so while another holds it, or after `complete`.
   */
  claim(key: string, ttlMs: number, owner?: string): Promise<boolean>;
  /** Makes the claim stand for `ttlMs` milliseconds: what it was for is done. */
  complete(key: string, ttlMs: number): Promise<unknown>;
  /** Gives up a claim, so that another can take it. Must not take away a claim that another owner has got meanwhile. */
  release(key: string, owner?: string): Promise<unknown>;
  /** Keeps a short text for `ttlMs` milliseconds. */
  remember?(key: string, text: string, ttlMs: number): Promise<unknown>;
  /** What was kept, or nothing. */
  recall?(key: string): Promise<string | null | undefined>;
}

const required = ["claim", "complete", "release"] as const;
const together = ["remember", "recall"] as const;

export function checkStore(store: unknown): WebhookStore {
  if (!isStore(store)) {
    throw new PurseInvalidArgumentError(
      "options.store",
      `must have the methods ${required.join(", ")}; and ${together.join(" and ")} or neither.`,
    );
  }
  return store;
}

function isStore(value: unknown): value is WebhookStore {
  if (typeof value !== "object" || value === null) return false;
  const has = (name: string): boolean => typeof Reflect.get(value, name) === "function";
  return required.every(has) && has("remember") === has("recall");
}
