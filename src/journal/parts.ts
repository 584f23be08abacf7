import type { Payment } from "../../generated/schema.js";
import type { Clock } from "../clock.js";
import type { Purse } from "../client.js";
import type { Delays } from "./delays.js";
import type { Movement } from "./movement.js";
import type { Watch } from "./watch.js";
import type { JournalStore } from "./store.js";

/** As much of a client as a journal needs. Every transport and hook of it works here as elsewhere. */
export type JournalClient = Pick<Purse, "payments" | "clientSessions">;

export type OnChange = (movement: Movement, payment: Payment | undefined) => unknown;
export type OnPayment = (payment: Payment) => unknown;

/** What the parts of one journal share. */
export interface Parts {
  readonly purse: JournalClient;
  readonly store: JournalStore;
  readonly onChange: OnChange | undefined;
  readonly onPayment: OnPayment | undefined;
  readonly watch: Watch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly delays: Delays;
  /** How long a holder that has died keeps an entry from others. */
  readonly leaseMs: number;
  readonly doubtAfterMs: number;
  /** How long one call of the client may take. */
  readonly deadlineMs: number;
}
