import type { Clock } from "../clock.js";
import type { FetchLike } from "../http/fetch-like.js";
import { exchange, passOnSteering } from "../http/exchange.js";
import { startDeadline } from "../http/interruption.js";

/** Where a key set comes from, and how long that may take. */
export interface KeySetSource {
  readonly url: string;
  readonly fetch: FetchLike;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** A few hundred keys; more than that is not a key set. */
const longestKeySetBytes = 256 * 1024;

/** Fetches a JSON Web Key Set once, in bounded time and size, from where it was asked and nowhere else. */
export async function fetchKeySet({ url, fetch, timeoutMs, clock }: KeySetSource): Promise<unknown> {
  const deadline = startDeadline(clock, timeoutMs);
  const init = { method: "GET", headers: { accept: "application/json" }, redirect: "manual" as const };
  const result = await exchange(fetch, { url, init }, deadline, timeoutMs, longestKeySetBytes);
  passOnSteering(result);
  if (result.kind !== "answer" || result.status !== 200 || result.body.kind !== "object") {
    throw new Error("no key set"); // Only the key cache sees it, to which all failures are one.
  }
  return result.body.value;
}
