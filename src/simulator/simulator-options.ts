import type { SimulatorClock } from "./state/clock.js";
import type { WebhookDelivery } from "./state/records.js";
import type { RequestRecord } from "./server/request-log.js";
import type { SettingsOptions } from "./state/settings.js";
import type { SimulatorDump } from "./state/snapshot.js";
import { checkMembers } from "./known-members.js";

/** Passed to `onEvent`. */
export type SimulatorEvent =
  | {
      /** A request was answered. */
      readonly type: "request";
      /** The request. */
      readonly request: RequestRecord;
    }
  | {
      /** An attempt to deliver a webhook ended. */
      readonly type: "webhook";
      /** The webhook, with all its attempts. */
      readonly delivery: WebhookDelivery;
    };

/** Options of `createSimulator`. Unknown members are refused. */
export interface SimulatorOptions extends SettingsOptions {
  /** The OAuth client id to accept. */
  clientId?: string;
  /** The secret of that client id. */
  clientSecret?: string;
  /** The API key to accept. */
  apiKey?: string;
  /** Refuses calls without the API key. Default false. */
  requireApiKey?: boolean;
  /** UUID of the entity that the credentials give access to. */
  entityId?: string;
  /** Lifetime of access tokens. Default 3600. */
  tokenLifetimeSeconds?: number;
  /** How long a client session can be paid. Default 30 minutes. */
  sessionLifetimeMs?: number;
  /** How long a payment link can be paid. Default one week. */
  paymentLinkLifetimeMs?: number;
  /** Time until a pending authorization or operation settles. Default 5 minutes. */
  settlementDelayMs?: number;
  /** The shop's name on the payment page. Default: the host that the shopper returns to. */
  merchantName?: string;
  /** Makes generated ids and references repeatable; signing keys stay random. Default: cryptographically random. */
  seed?: string | number;
  /** Initial state, from `simulator.dump()`. */
  state?: SimulatorDump;
  /** Source of the time. Default: the system clock. */
  clock?: SimulatorClock;
  /** Delay before each webhook retry, on the simulator's clock. Default 1, 5 and 30 seconds. */
  webhookRetryDelaysMs?: readonly number[];
  /** Delivers webhooks. Default: the global `fetch`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Receives one line per request and webhook, without secrets or bodies. */
  logger?: (line: string) => void;
  /** Receives requests and webhook attempts as objects, which include secrets sent in webhook headers. */
  onEvent?: (event: SimulatorEvent) => void;
}

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
  "merchantName",
  "seed",
  "state",
  "clock",
  "webhookRetryDelaysMs",
  "fetch",
  "logger",
  "onEvent",
] as const satisfies readonly (keyof SimulatorOptions)[];

/** @throws TypeError for an unknown option. */
export function checkOptions(options: SimulatorOptions): void {
  checkMembers(options, optionNames);
}
