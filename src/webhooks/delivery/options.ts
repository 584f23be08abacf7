import { refuseArgument } from "../../checks/members.js";
import { checkHeaderName, checkSecrets } from "./secret.js";

/** What deliveries are checked against. */
export interface ReceiveWebhookOptions {
  /**
   * The secrets that are accepted, each at least 16 visible ASCII characters. To rotate one: accept the new beside the
   * old, send the new one with new sessions, and drop the old one when no payment made with it can change any more.
   */
  secrets: readonly string[];
  /**
   * Header that carries the secret, as given to `createWebhookSecretHeader`.
   * @defaultValue `"x-purse-webhook-secret"`
   */
  headerName?: string | undefined;
  /**
   * How large a body may be, in bytes.
   * @defaultValue 1048576 (1 MiB)
   */
  maxBytes?: number | undefined;
  /**
   * How long reading the payment back may take in all, in milliseconds. Senders do not wait for long.
   * @defaultValue 10000
   */
  deadlineMs?: number | undefined;
}

export interface CheckedReceiveOptions {
  readonly secrets: readonly string[];
  readonly headerName: string;
  readonly maxBytes: number;
  readonly deadlineMs: number;
}

const defaultMaxBytes = 1024 * 1024;
const defaultDeadlineMs = 10_000;

export const receiveOptionNames: readonly (keyof ReceiveWebhookOptions)[] = [
  "secrets",
  "headerName",
  "maxBytes",
  "deadlineMs",
];

export function checkReceiveOptions(given: Readonly<Record<string, unknown>>): CheckedReceiveOptions {
  return {
    secrets: checkSecrets(given["secrets"]),
    headerName: checkHeaderName(given["headerName"], "options.headerName"),
    maxBytes: checkPositive(given["maxBytes"], "options.maxBytes", defaultMaxBytes),
    deadlineMs: checkPositive(given["deadlineMs"], "options.deadlineMs", defaultDeadlineMs),
  };
}

export function checkPositive(value: unknown, argument: string, standard: number): number {
  if (value === undefined) return standard;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  return refuseArgument(argument, "must be a positive whole number.");
}
