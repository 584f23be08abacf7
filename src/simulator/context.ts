import type { SimulatorClock } from "./state/clock.js";
import type { Random } from "./state/random.js";
import type { SigningKeys } from "./state/redirection-signing.js";
import type { SimulatorState } from "./state/state.js";
import type { WebhookSender } from "./webhooks/webhooks.js";
import type { DueJob } from "./state/records.js";

/** Who may call, and how long things last. */
export interface Settings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
  readonly requireApiKey: boolean;
  readonly entityId: string;
  readonly tokenLifetimeSeconds: number;
  readonly sessionLifetimeMs: number;
  readonly paymentLinkLifetimeMs: number;
  /** How long partners take over what they leave pending. */
  readonly settlementDelayMs: number;
}

/** What the operations work with. */
export interface Context {
  readonly settings: Settings;
  readonly state: SimulatorState;
  readonly clock: SimulatorClock;
  /** Source of ids and other made-up values. */
  readonly random: Random;
  /** What carries out the jobs of the timeline. */
  readonly jobs: JobHandlers;
  readonly signingKeys: SigningKeys;
  readonly webhooks: WebhookSender;
  /** Origin under which the simulator can be reached now. */
  baseUrl(): string;
}

/** What carries out each kind of job. A job whose object has moved on in the meantime has nothing left to do. */
export type JobHandlers = {
  readonly [Kind in DueJob["kind"]]: (context: Context, job: Extract<DueJob, { kind: Kind }>) => void;
};
