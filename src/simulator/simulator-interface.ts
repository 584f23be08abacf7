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

/** A stateful simulator of the Purse API: tokens, sessions, a payment page, payments, webhooks and a ledger. */
export interface Simulator {
  /** A `fetch` that calls the simulator in process. It serves only {@link baseUrl} and never follows redirects. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The `baseUrl` for clients; the real address while the simulator listens. */
  readonly baseUrl: string;
  /** The OAuth client id that it accepts. */
  readonly clientId: string;
  /** The secret of that client id. */
  readonly clientSecret: string;
  /** The API key that it accepts, where one is required. */
  readonly apiKey: string;
  /** Id of the entity that the credentials give access to. */
  readonly entityId: string;
  /** What moved: the proof of what a test did. */
  readonly ledger: Ledger;
  /** Pays on the hosted page, as a person would. */
  readonly shopper: Shopper;
  /** Controls the partners' answers and settles what is pending. */
  readonly partners: PartnerControl;
  /** The simulator's clock, which tests can advance. */
  readonly clock: AdjustableClock;
  /** Injects faults. */
  readonly faults: Faults;
  /** Serves HTTP (Node.js only). Rejects if the port is in use. */
  listen(options?: ListenOptions): Promise<Listener>;
  /** The last 10 000 requests, in the order they were answered. */
  requests(): readonly RequestRecord[];
  /** The last 1 000 webhooks with every delivery attempt, oldest first. */
  webhooks(paymentId?: string): readonly WebhookDelivery[];
  /**
   * Sends a webhook again, unchanged, even if it was already delivered. Resolves when the receiver has answered.
   *
   * @throws `TypeError` when there is no webhook with that id.
   */
  redeliverWebhook(deliveryId: string): Promise<void>;
  /**
   * Replaces the key that signs redirects. The old key stays in the key set for a day by default.
   *
   * @throws `TypeError` when an option is invalid.
   */
  rotateSigningKey(rotation?: KeyRotation): Promise<{ kid: string | number }>;
  /** The whole state as plain data for `JSON.stringify`, including private signing keys but not the request log. */
  dump(): SimulatorDump;
  /**
   * Replaces the state and the time with those of a dump.
   *
   * @throws `TypeError` when it is not a dump of this version; the state is then unchanged.
   */
  load(dump: SimulatorDump): void;
  /** Clears all state, including queued faults, and resets the clock. */
  reset(): void;
  /**
   * Resolves when every webhook has been delivered or has failed for good. Advances the clock as far as delays and
   * retries need.
   */
  idle(): Promise<void>;
  /** Stops listening and drops pending webhooks. */
  close(): Promise<void>;
}
