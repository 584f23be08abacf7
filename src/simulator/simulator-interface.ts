import type { AdjustableClock } from "./state/clock.js";
import type { WebhookDelivery } from "./state/records.js";
import type { Faults } from "./faults/faults.js";
import type { Ledger } from "./state/ledger.js";
import type { Listener, ListenOptions } from "./server/listen.js";
import type { PartnerControl } from "./payments/partners.js";
import type { KeyRotation } from "./state/redirection-signing.js";
import type { RequestRecord } from "./server/request-log.js";
import type { Shopper } from "./checkout/shopper.js";
import type { SimulatorDump } from "./state/snapshot.js";

/** A stateful stand-in for Purse: tokens, sessions, a payment page, payments, webhooks and a ledger. */
export interface Simulator {
  /** A `fetch` that reaches the simulator without a port. It serves only {@link baseUrl} and never follows redirects. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Origin to give to clients; the real address while the simulator listens. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
  readonly entityId: string;
  readonly ledger: Ledger;
  readonly shopper: Shopper;
  /** Tells the partners what to answer, and ends what they left pending. */
  readonly partners: PartnerControl;
  /** The time as the simulator sees it, and how to turn it forward. */
  readonly clock: AdjustableClock;
  /** Faults on demand. */
  readonly faults: Faults;
  /** Serves HTTP (needs Node.js). Rejects when the port is taken. */
  listen(options?: ListenOptions): Promise<Listener>;
  /** The last 10 000 requests, in the order of their answers. */
  requests(): readonly RequestRecord[];
  /** The last 1 000 notifications and how each attempt went, the oldest first. */
  webhooks(paymentId?: string): readonly WebhookDelivery[];
  /**
   * Sends a notification once more, as it was, whatever became of it. Resolves when the receiver has answered.
   *
   * @throws `TypeError` when there is no notification of that id.
   */
  redeliverWebhook(deliveryId: string): Promise<void>;
  /**
   * Replaces the key that signs redirects. The old one stays in the key set for a day, or as long as told.
   *
   * @throws `TypeError` when the rotation cannot be: it says why.
   */
  rotateSigningKey(rotation?: KeyRotation): Promise<{ kid: string | number }>;
  /** Everything it remembers, as data for `JSON.stringify`, private signing keys included. Requests are not. */
  dump(): SimulatorDump;
  /**
   * Goes on from a dump, with its time; what was remembered until now is gone.
   *
   * @throws `TypeError` when it is not a dump of this version; nothing has changed then.
   */
  load(dump: SimulatorDump): void;
  /** Forgets everything, planned faults and the turned clock included. */
  reset(): void;
  /**
   * Resolves when every webhook was delivered or given up. Turns the clock forward where one waits for its time or for
   * another attempt, so that nobody has to.
   */
  idle(): Promise<void>;
  /** Stops listening and drops the webhooks still due. */
  close(): Promise<void>;
}
