import { environments } from "../../generated/operations.js";
import { PurseConfigurationError } from "../errors/configuration-error.js";
import type { FetchLike } from "../http/fetch-like.js";
import type { Refuse } from "./members.js";
import { hasControlCharacter } from "./values.js";

/** Refuses an option, naming it. */
export function failOption(option: string, message: string): never {
  throw new PurseConfigurationError(`${option} ${message}`);
}

/** Blanks or quotes that were copied together with a text, if there are any. */
export function strayEdge(text: string): string | undefined {
  const stray = /^[\s\p{Cf}]|[\s\p{Cf}]$/u.exec(text);
  if (stray !== null) {
    const names: Readonly<Record<string, string>> = {
      "\ufeff": "byte order mark",
      "\u00a0": "no-break space",
    };
    return `has a ${names[stray[0]] ?? "blank"} at its ${stray.index === 0 ? "start" : "end"}`;
  }
  return /^(["'`])[^]*\1$|^[“‘«][^]*[”’»]$/.test(text) ? "has quotes around it" : undefined;
}

/** Checks a URL that requests will go to: https, or http on loopback. */
export function checkUrl(text: string, option: string, allowHttp: boolean): URL {
  // URL parsing would silently drop line breaks.
  if (hasControlCharacter(text)) failOption(option, "must not contain control characters.");
  if (!URL.canParse(text)) failOption(option, "must be an absolute URL.");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    failOption(option, "must not carry a user name or password.");
  if (url.protocol !== "https:" && url.protocol !== "http:") failOption(option, "must start with https://.");
  if (url.protocol === "http:" && !isLoopback(url.hostname) && !allowHttp) {
    failOption(
      option,
      "must start with https://; http:// is for loopback addresses (or set allowInsecureHttp).",
    );
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Whether a URL leads to the vendor's production, where `allowInsecureHttp` is refused. */
export function isProductionHost(text: string): boolean {
  return (
    URL.canParse(text) &&
    new URL(text).hostname.replace(/\.$/, "") === new URL(environments.production).hostname
  );
}

/** The caller's `fetch`, if there is one. */
export function checkFetch(chosen: FetchLike | undefined): FetchLike | undefined {
  if (chosen !== undefined && typeof chosen !== "function") failOption("fetch", "must be a function.");
  return chosen;
}

/** A duration in milliseconds, or the default. */
export function readDurationMs(value: unknown, option: string, standard: number): number {
  return checkDurationMs(value === undefined ? standard : value, option, failOption);
}

export function checkDurationMs(value: unknown, name: string, refuse: Refuse): number {
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  return refuse(name, "must be a positive, finite number of milliseconds.");
}

export function checkRetries(value: unknown, name: string, refuse: Refuse): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 10) return value;
  return refuse(name, "must be a whole number from 0 to 10.");
}
