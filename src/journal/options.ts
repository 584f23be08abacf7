import { systemClock, type Clock } from "../clock.js";
import type { PurseLogger } from "../hooks.js";
import { checkDurationMs } from "../checks/options.js";
import { describe, readMembers, refuseArgument } from "../checks/members.js";
import type { JournalClient, OnChange, OnPayment, Parts } from "./parts.js";
import type { JournalStore } from "./store.js";
import { createWatch, type JournalHooks } from "./watch.js";

/** How to set up a journal. Give the same in every process that shares the store. */
export interface JournalOptions {
  /** Where movements are kept: {@link createSqlStore}, or {@link createMemoryStore} in tests. */
  store: JournalStore;
  /**
   * Is told of every state that a movement reaches, in order, after it is in the store: at least once, and usually by the
   * process that found it out. If it throws or rejects, the next pass tells it again. `payment` is the payment that shows it;
   * without one nothing was read, as after a refusal. Told again, it is read anew if that can be done.
   */
  onChange?: OnChange | undefined;
  /**
   * Is told of the payments of expected sessions: each state of one once, whether webhook, return page or polling brings it
   * first. If it throws or rejects, the next pass tells it again.
   */
  onPayment?: OnPayment | undefined;
  /** How long a process that has died keeps a movement from the others. @defaultValue 15000 */
  leaseMs?: number | undefined;
  /** Pause before the first further attempt; each one after it is twice as long. @defaultValue 1000 */
  retryAfterMs?: number | undefined;
  /** Longest pause between two attempts, or two looks at an expected session. @defaultValue 15000 */
  longestRetryMs?: number | undefined;
  /** How long a fate may stay unclear, though the service answers, before it is `in_doubt`. @defaultValue 300000 */
  doubtAfterMs?: number | undefined;
  /** How long one call to Purse may take, with its retries. @defaultValue 30000 */
  deadlineMs?: number | undefined;
  /** Functions that are told what the journal does. */
  hooks?: JournalHooks | undefined;
  /** As the client's. */
  logger?: PurseLogger | undefined;
}

const standards = {
  leaseMs: 15_000,
  retryAfterMs: 1000,
  longestRetryMs: 15_000,
  doubtAfterMs: 5 * 60_000,
  deadlineMs: 30_000,
} as const;

const names = ["store", "onChange", "onPayment", "hooks", "logger", ...Object.keys(standards)];
const storeMethods = ["insert", "find", "ofPayment", "list", "take", "write", "renew", "payments"];

export function readParts(
  purse: JournalClient,
  options: unknown,
  {
    clock = systemClock,
    random = Math.random,
  }: { readonly clock?: Clock; readonly random?: () => number } = {},
): Parts {
  if (!hasMethods(purse, ["payments", "clientSessions"], "object"))
    refuseArgument("purse", "must be a Purse client.");
  const given = readMembers(options, "options", names);
  const duration = (name: keyof typeof standards): number =>
    checkDurationMs(given[name] ?? standards[name], `options.${name}`, refuseArgument);
  const longestMs = duration("longestRetryMs");
  return {
    purse,
    store: checkStore(given["store"], "options.store"),
    onChange: checkOptional(given["onChange"], "function", "options.onChange") as OnChange | undefined,
    onPayment: checkOptional(given["onPayment"], "function", "options.onPayment") as OnPayment | undefined,
    // Members are asked for when something happens; those of another type are left out there.
    watch: createWatch(
      checkOptional(given["hooks"], "object", "options.hooks") as JournalHooks | undefined,
      checkOptional(given["logger"], "object", "options.logger") as PurseLogger | undefined,
    ),
    clock,
    random,
    delays: { firstMs: Math.min(duration("retryAfterMs"), longestMs), longestMs },
    leaseMs: duration("leaseMs"),
    doubtAfterMs: duration("doubtAfterMs"),
    deadlineMs: duration("deadlineMs"),
  };
}

export function checkStore(store: unknown, argument: string): JournalStore {
  if (hasMethods(store, storeMethods, "function")) return store as JournalStore; // Just looked at.
  return refuseArgument(argument, "must be what createSqlStore or createMemoryStore gives.");
}

/** Of `record`: the store to write to, if another than the journal's own. */
export function readRecordStore(options: unknown): JournalStore | undefined {
  if (options === undefined) return undefined;
  const { store } = readMembers(options, "options", ["store"]);
  return store === undefined ? undefined : checkStore(store, "options.store");
}

/** What it takes and gives is looked at where it is called. */
function checkOptional(value: unknown, type: "function" | "object", argument: string): unknown {
  if (value === undefined || (typeof value === type && value !== null)) return value;
  return refuseArgument(
    argument,
    `must be ${type === "object" ? "an" : "a"} ${type}, but is ${describe(value)}.`,
  );
}

function hasMethods(value: unknown, methods: readonly string[], type: "function" | "object"): boolean {
  if (typeof value !== "object" || value === null) return false;
  return methods.every((name) => typeof Reflect.get(value, name) === type);
}
