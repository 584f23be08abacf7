import { environments } from "../../generated/operations.js";
import { readSettings } from "../settings.js";

/** Where the calls go. */
export interface Environment {
  readonly baseUrl: string;
  /** `other`: neither a known host of the vendor nor this computer. */
  readonly kind: "sandbox" | "production" | "local" | "other";
}

/** The documented domain of production, and the one in the vendor's own software. */
const productionDomains = ["purse-live.com", "purse-secure.com"];
const sandboxDomains = ["purse-sandbox.com"];

/**
 * @throws PurseConfigurationError when the variables name no environment, or an invalid one.
 */
export function readEnvironment(): Environment {
  // Placeholders, because this must work without credentials.
  const { baseUrl } = readSettings({ clientId: "none", clientSecret: "none" });
  const { hostname } = new URL(baseUrl);
  return { baseUrl, kind: kindOf(hostname.replace(/\.$/, "")) };
}

function kindOf(hostname: string): Environment["kind"] {
  const isOf = (domain: string): boolean => hostname === domain || hostname.endsWith(`.${domain}`);
  if (productionDomains.some(isOf) || hostname === new URL(environments.production).hostname)
    return "production";
  if (sandboxDomains.some(isOf)) return "sandbox";
  return isLocalHostname(hostname) ? "local" : "other";
}

export function isLocalHostname(hostname: string): boolean {
  return /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(hostname);
}

/** One line about the environment, with a warning where real money may move. */
export function describeEnvironment({ kind, baseUrl }: Environment): string {
  switch (kind) {
    case "production":
      return `*** PRODUCTION: ${baseUrl} - REAL MONEY ***`;
    case "other":
      return `*** NOT THE SANDBOX: ${baseUrl} - ASSUME REAL MONEY ***`;
    case "sandbox":
      return `sandbox, ${baseUrl}`;
    case "local":
      return `this computer, ${baseUrl}`;
  }
}

/** Whether real money may move. */
export function needsWarning({ kind }: Environment): boolean {
  return kind === "production" || kind === "other";
}
