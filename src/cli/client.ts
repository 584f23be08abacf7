import { Purse } from "../client.js";
import type { FetchFunction } from "../http/fetch-like.js";
import type { Arguments } from "./arguments.js";

const standardAttemptMs = 30_000;

/**
 * A client from the environment, and from nothing else.
 *
 * @throws PurseConfigurationError when a variable is missing or wrong.
 */
export function createClient(args: Arguments, options: { fetch?: FetchFunction } = {}): Purse {
  const deadlineSeconds = args.number("deadline", "seconds");
  if (deadlineSeconds === undefined) return new Purse(options);
  const deadlineMs = deadlineSeconds * 1000;
  return new Purse({ ...options, deadlineMs, timeoutMs: Math.min(deadlineMs, standardAttemptMs) });
}
