import type { SimulatorClock } from "./state/clock.js";
import type { Random } from "./state/random.js";
import type { SigningKeys } from "./state/redirection-signing.js";
import type { SimulatorState } from "./state/state.js";
import type { WebhookSender } from "./webhooks/webhooks.js";
import type { DueJob } from "./state/records.js";

/** Credentials and lifetimes. */
export interface Settings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
  readonly requireApiKey: boolean;
  readonly entityId: string;
  readonly tokenLifetimeSeconds: number;
  readonly sessionLifetimeMs: number;
  readonly paymentLinkLifetimeMs: number;
  /** Time until a pending authorization or operation settles. */
  readonly settlementDelayMs: number;
  /** Empty: the host that the shopper returns to. */
  readonly merchantName: string;
}

/** Everything that request handlers and jobs share. */
export interface Context {
  readonly settings: Settings;
  readonly state: SimulatorState;
  readonly clock: SimulatorClock;
  readonly random: Random;
  readonly jobs: JobHandlers;
  readonly signingKeys: SigningKeys;
  readonly webhooks: WebhookSender;
  /** The simulator's current origin. */
  baseUrl(): string;
}

/** Runs each kind of job. A job does nothing if its object has already moved on. */
export type JobHandlers = {
  readonly [Kind in DueJob["kind"]]: (context: Context, job: Extract<DueJob, { kind: Kind }>) => void;
};
