import type { SimulatorClock } from "./state/clock.js";
import type { WebhookDelivery } from "./state/records.js";
import type { RequestRecord } from "./server/request-log.js";
import type { SettingsOptions } from "./state/settings.js";
import type { SimulatorDump } from "./state/snapshot.js";
import { checkMembers } from "./known-members.js";
/** Something that has just happened. */
export type SimulatorEvent =
  | { readonly type: "request"; readonly request: RequestRecord }
  | { readonly type: "webhook"; readonly delivery: WebhookDelivery };

/** How to set up a simulator. A member that is not listed here is refused. */
export interface SimulatorOptions extends SettingsOptions {
  clientId?: string;
  clientSecret?: string;
  apiKey?: string;
  /** Whether calls without the API key are refused. Default false. */
  requireApiKey?: boolean;
  /** The entity that the credentials give access to; a UUID. */
  entityId?: string;
  /** How long access tokens last. Default 3600. */
  tokenLifetimeSeconds?: number;
  /** How long client sessions can be paid. Default half an hour. */
  sessionLifetimeMs?: number;
  /** How long payment links can be paid. Default a week. */
  paymentLinkLifetimeMs?: number;
  /** How long partners take over what they leave pending. Default five minutes. */
  settlementDelayMs?: number;
  /** Makes ids and other made-up values the same in every run; signing keys stay random. Default: nobody can guess them. */
  seed?: string | number;
  /** Begins with this state, as from `simulator.dump()`. */
  state?: SimulatorDump;
  /** Source of the time. Default: the system's. `simulator.clock` turns it forward. */
  clock?: SimulatorClock;
  /** Pauses before each further attempt at a webhook, on the simulator's clock. Default 1, 5 and 30 seconds. */
  webhookRetryDelaysMs?: readonly number[];
  /** Delivers webhooks. Default: the global `fetch`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Receives one line for each request and webhook. No secrets, no bodies. */
  logger?: (line: string) => void;
  /** Receives requests and attempts at webhooks as objects. They hold what was sent, secrets in headers included. */
  onEvent?: (event: SimulatorEvent) => void;
}

/** Every member of {@link SimulatorOptions}. */
const optionNames = [
  "clientId",
  "clientSecret",
  "apiKey",
  "requireApiKey",
  "entityId",
  "tokenLifetimeSeconds",
  "sessionLifetimeMs",
  "paymentLinkLifetimeMs",
  "settlementDelayMs",
  "seed",
  "state",
  "clock",
  "webhookRetryDelaysMs",
  "fetch",
  "logger",
  "onEvent",
] as const satisfies readonly (keyof SimulatorOptions)[];

/** @throws TypeError for an option that is not known. */
export function checkOptions(options: SimulatorOptions): void {
  checkMembers(options, optionNames);
}
