import { environments } from "../../generated/operations.js";
import { PurseConfigurationError } from "../errors/configuration-error.js";
import type { FetchLike } from "../http/fetch-like.js";
import type { Refuse } from "./members.js";
import { hasControlCharacter } from "./values.js";
import { runtimeFetch } from "../http/runtime-fetch.js";

/** Refuses an option, naming it. */
export function failOption(option: string, message: string): never {
  throw new PurseConfigurationError(`${option} ${message}`);
}

/** What stands around a text that was copied with too much of its surroundings, if anything does. */
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

/** Checks an address that requests will go to: https, or http where nobody else can listen in. */
export function checkUrl(text: string, option: string, allowHttp: boolean): URL {
  // URL parsing would drop line breaks without a word.
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

/** Whether an address leads to the vendor's production, where `allowInsecureHttp` has no business. */
export function isProductionHost(text: string): boolean {
  return (
    URL.canParse(text) &&
    new URL(text).hostname.replace(/\.$/, "") === new URL(environments.production).hostname
  );
}

/** The caller's `fetch`, or the global one, looked up when it is used. */
export function readFetch(chosen: FetchLike | undefined): FetchLike {
  if (chosen === undefined) return runtimeFetch;
  if (typeof chosen !== "function") failOption("fetch", "must be a function.");
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
