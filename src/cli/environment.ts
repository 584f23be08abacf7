import { environments } from "../../generated/operations.js";
import { readSettings } from "../settings.js";

/** Where the calls go. */
export interface Place {
  readonly baseUrl: string;
  /** `other`: neither the vendor's nor on this computer, so nobody here knows what is behind it. */
  readonly kind: "sandbox" | "production" | "local" | "other";
}

/** Production by its documented name, and by the one in the vendor's own software. */
const productionDomains = ["purse-live.com", "purse-secure.com"];
const sandboxDomains = ["purse-sandbox.com"];

/**
 * @throws PurseConfigurationError when the variables name no place, or no valid one.
 */
export function readPlace(): Place {
  // Only the place is wanted, so that it can be had without credentials.
  const { baseUrl } = readSettings({ clientId: "none", clientSecret: "none" });
  const { hostname } = new URL(baseUrl);
  return { baseUrl, kind: kindOf(hostname.replace(/\.$/, "")) };
}

function kindOf(hostname: string): Place["kind"] {
  const isOf = (domain: string): boolean => hostname === domain || hostname.endsWith(`.${domain}`);
  if (productionDomains.some(isOf) || hostname === new URL(environments.production).hostname)
    return "production";
  if (sandboxDomains.some(isOf)) return "sandbox";
  return isLocalHostname(hostname) ? "local" : "other";
}

export function isLocalHostname(hostname: string): boolean {
  return /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(hostname);
}

/** One line about the place, loud where real money may move. */
export function describePlace({ kind, baseUrl }: Place): string {
  switch (kind) {
    case "production":
      return `*** PRODUCTION: ${baseUrl} - REAL MONEY ***`;
    case "other":
      return `*** NOT THE SANDBOX: ${baseUrl} - TAKE IT FOR REAL MONEY ***`;
    case "sandbox":
      return `sandbox, ${baseUrl}`;
    case "local":
      return `this computer, ${baseUrl}`;
  }
}

export function isLoud({ kind }: Place): boolean {
  return kind === "production" || kind === "other";
}
