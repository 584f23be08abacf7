import type { Clock } from "../clock.js";
import type { FetchLike } from "../http/fetch-like.js";
import { exchange, passOnSteering } from "../http/exchange.js";
import { startDeadline } from "../http/interruption.js";

export interface KeySetSource {
  readonly url: string;
  readonly fetch: FetchLike;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Enough for a few hundred keys. */
const maxKeySetBytes = 256 * 1024;

/** Fetches a JSON Web Key Set once, with limits on time and size, and without following redirects. */
export async function fetchKeySet({ url, fetch, timeoutMs, clock }: KeySetSource): Promise<unknown> {
  const deadline = startDeadline(clock, timeoutMs);
  const init = { method: "GET", headers: { accept: "application/json" }, redirect: "manual" as const };
  const result = await exchange(fetch, { url, init }, deadline, timeoutMs, maxKeySetBytes);
  passOnSteering(result);
  if (result.kind !== "answer" || result.status !== 200 || result.body.kind !== "object") {
    throw new Error("no key set"); // Seen only by the key cache, which treats all failures alike.
  }
  return result.body.value;
}
