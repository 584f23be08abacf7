import { PurseInvalidArgumentError } from "../../errors/invalid-argument-error.js";

/**
 * Where the processes that receive webhooks agree on who handles what, and remember what was handled. All methods may
 * reject: a claim that cannot be asked for is answered with 503, and the sender comes again.
 *
 * A store belongs to one receiver and its replicas: two receivers get the same keys for the same payment, so a database
 * that they share needs the receiver's name in each key, as `createRedisWebhookStore` puts it there.
 *
 * With the three methods alone, each state of a payment is handled once. The two optional ones, which go together, let
 * older states be told from newer ones, changes from what was there before, and a state that came back from one that
 * was never left.
 *
 * `owner` is a text that is unique to each claim. Keep it as the claim's value, and `complete` and `release` compare it.
 * A store that looks at keys alone may leave the parameter out: a claim is not released once its time has run out, so
 * that only a clock or a connection that stands still in between can make one process give up another's.
 */
export interface WebhookStore {
  /**
   * Takes `key` for at most `ttlMs` milliseconds, in one indivisible step.
   * @returns whether it is the caller's now. Not so while another holds it, or after `complete`.
   */
  claim(key: string, ttlMs: number, owner?: string): Promise<boolean>;
  /**
   * Makes the claim stand for `ttlMs` milliseconds: what it was for is done. Must not replace the claim of another owner.
   * @returns `false` if the claim was not the owner's any more, which `onError` is told of. Anything else means that it was.
   */
  complete(key: string, ttlMs: number, owner?: string): Promise<unknown>;
  /**
   * Gives up a claim, so that another can take it. Must not take away the claim of another owner.
   * @returns `false` if the claim was not the owner's any more, which `onError` is told of. Anything else means that it was.
   */
  release(key: string, owner?: string): Promise<unknown>;
  /**
   * Keeps a short text for `ttlMs` milliseconds, in one indivisible step only if the text kept so far is `expected`, and
   * with null only if there is none: a command that reaches the store late must not replace what was written since.
   * @returns `false` if something else was kept. Anything else means that the text is kept now.
   */
  remember?(key: string, text: string, ttlMs: number, expected?: string | null): Promise<unknown>;
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
