import type { Purse } from "../../client.js";
import { isPurseError } from "../../errors/union.js";
import type { FetchLike } from "../../http/fetch-like.js";
import { describeError, remedyFor } from "../report.js";
import { fail, pass, skipped, warn, type Finding } from "./check.js";

const largestSkewMs = 60_000;
/** Shorter-lived tokens need a token request before many calls. */
const shortLifetimeSeconds = 60;

/** Measures the difference between the service's clock and ours, by the `Date` of its last answer. */
export interface ClockWatch {
  readonly fetch: FetchLike;
  skewMs(): number | undefined;
}

export function watchClock(send: FetchLike): ClockWatch {
  let skewMs: number | undefined;
  return {
    skewMs: () => skewMs,
    fetch: async (url, init) => {
      const startedMs = Date.now();
      const response = await send(url, init);
      const serviceMs = Date.parse(response.headers.get("date") ?? "");
      if (!Number.isNaN(serviceMs)) skewMs = skewBetween(serviceMs, startedMs, Date.now());
      return response;
    },
  };
}

/** The header has whole seconds and was written some time between request and answer: no difference within that counts. */
function skewBetween(serviceMs: number, startedMs: number, endedMs: number): number {
  if (serviceMs > endedMs) return serviceMs - endedMs;
  const latestMs = serviceMs + 1000;
  return latestMs < startedMs ? latestMs - startedMs : 0;
}

export function checkClock(skewMs: number | undefined): Finding {
  if (skewMs === undefined) return skipped("clock", "no answer with a Date header");
  const text = `${String(Math.round(Math.abs(skewMs) / 1000))} s ${skewMs < 0 ? "ahead of" : "behind"} the service`;
  if (Math.abs(skewMs) <= largestSkewMs)
    return pass("clock", skewMs === 0 ? "agrees with the service" : text);
  return warn("clock", text, "Set this machine's clock by NTP: expiry times are judged by it.");
}

export async function checkToken(purse: Purse): Promise<Finding> {
  try {
    const { expires_in: seconds } = await purse.accessTokens.retrieve();
    const text = `obtained, valid for ${String(seconds)} s`;
    if (seconds >= shortLifetimeSeconds) return pass("token", text);
    return warn("token", text, "That is short: share it between processes (tokenStore), and ask Purse why.");
  } catch (error) {
    return failure("token", error);
  }
}

/** Reads a payment that does not exist: a 404 means that the credentials were accepted. */
export async function checkRead(purse: Purse): Promise<Finding> {
  try {
    await purse.payments.retrieve(crypto.randomUUID(), { maxRetries: 0 });
    return warn("read", "found a payment that cannot exist", "Check that PURSE_BASE_URL leads to Purse.");
  } catch (error) {
    if (isPurseError(error) && error.code === "not_found") {
      return pass("read", "authenticated: a payment that does not exist is not found");
    }
    return failure("read", error);
  }
}

/** Asks how an order could be paid for the entity: creates nothing, and the service checks the entity's id. */
export async function checkEntity(purse: Purse): Promise<Finding> {
  const name = "entity";
  if ((process.env["PURSE_ENTITY_ID"] ?? "") === "") return skipped(name, "PURSE_ENTITY_ID is not set");
  const order = { reference: "purse-doctor", net_amount: 100 };
  try {
    await purse.eligibleSolutions.list({ amount: 100, currency: "EUR", order }, { maxRetries: 0 });
    return pass(name, "PURSE_ENTITY_ID is accepted with these credentials");
  } catch (error) {
    if (!isPurseError(error)) throw error;
    if (
      error.code === "bad_request" &&
      error.problems.some(({ pointer = "" }) => /\bentity_?id$/i.test(pointer))
    )
      return fail(name, "PURSE_ENTITY_ID is refused", "Set PURSE_ENTITY_ID to the UUID that Purse gave you.");
    // The endpoint may not exist there, or refuse the order: neither says anything about the entity.
    if (error.code !== "bad_request" && error.code !== "not_found") return failure(name, error);
    const remedy = "Open a session in the sandbox to check PURSE_ENTITY_ID: purse session create.";
    return warn(name, `not checked: the service answers ${String(error.status)}`, remedy);
  }
}

export function failure(name: string, error: unknown): Finding {
  if (!isPurseError(error)) throw error;
  // All lines but the last, which is the remedy.
  const lines = describeError(error)
    .slice(0, -1)
    .map((line) => line.trim().replace(/^purse: /, ""));
  // No id was given, so a 404 is about the address.
  const remedy = error.code === "not_found" ? "Check PURSE_BASE_URL." : remedyFor(error);
  return fail(name, lines.join("; "), remedy);
}
