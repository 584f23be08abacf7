import { Purse } from "../client.js";
import type { FetchFunction } from "../http/fetch-like.js";
import { UsageError, type Arguments } from "./arguments.js";
import { isLocalHostname } from "./environment.js";

const defaultAttemptMs = 30_000;

/**
 * A client configured by environment variables alone.
 *
 * @throws PurseConfigurationError when a variable is missing or invalid.
 */
export function createClient(args: Arguments, options: { fetch?: FetchFunction } = {}): Purse {
  const deadlineSeconds = args.number("deadline", "seconds");
  if (deadlineSeconds === undefined) return new Purse(options);
  const deadlineMs = deadlineSeconds * 1000;
  return new Purse({ ...options, deadlineMs, timeoutMs: Math.min(deadlineMs, defaultAttemptMs) });
}

/** An address that the command itself sends to: https, or http on this computer. */
export function readUrl(args: Arguments, option: string): string | undefined {
  const text = args.text(option);
  if (text === undefined) return undefined;
  if (!URL.canParse(text)) throw new UsageError(`--${option} must be an absolute URL.`);
  const url = new URL(text);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLocalHostname(url.hostname));
  if (!isSafe)
    throw new UsageError(`--${option} must start with https://; http:// is allowed on this computer only.`);
  if (url.username === "" && url.password === "") return url.href;
  throw new UsageError(`--${option} must not contain a user name or password.`);
}
