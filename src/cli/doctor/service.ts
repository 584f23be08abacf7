import type { Purse } from "../../client.js";
import { isPurseError } from "../../errors/union.js";
import type { FetchLike } from "../../http/fetch-like.js";
import { describeError } from "../report.js";
import { bad, careful, good, skipped, type Finding } from "./check.js";

const largestSkewMs = 60_000;
/** Shorter tokens make for a token request before many a call. */
const shortLifetimeSeconds = 60;

/** Remembers how far the service's clock is from ours, by the `Date` of its last answer. */
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

/** The header has whole seconds and was written at some time between question and answer: nothing within that counts. */
function skewBetween(serviceMs: number, startedMs: number, endedMs: number): number {
  if (serviceMs > endedMs) return serviceMs - endedMs;
  const latestMs = serviceMs + 1000;
  return latestMs < startedMs ? latestMs - startedMs : 0;
}

export function checkClock(skewMs: number | undefined): Finding {
  if (skewMs === undefined) return skipped("clock", "no answer with a Date header");
  const text = `${String(Math.round(Math.abs(skewMs) / 1000))} s ${skewMs < 0 ? "ahead of" : "behind"} the service`;
  if (Math.abs(skewMs) <= largestSkewMs)
    return good("clock", skewMs === 0 ? "in step with the service" : text);
  return careful("clock", text, "Set this machine's clock by NTP: periods of validity are judged by it.");
}

export async function checkToken(purse: Purse): Promise<Finding> {
  try {
    const { expires_in: seconds } = await purse.accessTokens.retrieve();
    const text = `obtained, good for ${String(seconds)} s`;
    if (seconds >= shortLifetimeSeconds) return good("token", text);
    return careful("token", text, "That is short: share it between processes (tokenStore), and ask Purse.");
  } catch (error) {
    return failure("token", error);
  }
}

/** Reads a payment that does not exist: being told so means that the credentials were accepted. */
export async function checkRead(purse: Purse): Promise<Finding> {
  try {
    await purse.payments.retrieve(crypto.randomUUID(), { maxRetries: 0 });
    return careful(
      "read",
      "a payment was found that cannot be there",
      "Check that PURSE_BASE_URL leads to Purse.",
    );
  } catch (error) {
    if (isPurseError(error) && error.code === "not_found") {
      return good("read", "authenticated; asking for a payment that does not exist says so");
    }
    return failure("read", error);
  }
}

/** Asks how an order could be paid for the entity: creates nothing, and the service looks at the entity's id. */
export async function checkEntity(purse: Purse): Promise<Finding> {
  const name = "entity";
  if ((process.env["PURSE_ENTITY_ID"] ?? "") === "") return skipped(name, "PURSE_ENTITY_ID is not set");
  const order = { reference: "purse-doctor", net_amount: 100 };
  try {
    await purse.eligibleSolutions.list({ amount: 100, currency: "EUR", order }, { maxRetries: 0 });
    return good(name, "PURSE_ENTITY_ID is accepted with these credentials");
  } catch (error) {
    if (!isPurseError(error)) throw error;
    if (
      error.code === "bad_request" &&
      error.problems.some(({ pointer = "" }) => /\bentity_?id$/i.test(pointer))
    )
      return bad(name, "PURSE_ENTITY_ID is refused", "Set PURSE_ENTITY_ID to the UUID that Purse gave you.");
    // The question may be unknown there, or refused for the order: that says nothing about the entity.
    if (error.code !== "bad_request" && error.code !== "not_found") return failure(name, error);
    const remedy = "Open a session in the sandbox to see whether PURSE_ENTITY_ID is right.";
    return careful(name, `the service does not say (answers ${String(error.status)})`, remedy);
  }
}

export function failure(name: string, error: unknown): Finding {
  if (!isPurseError(error)) throw error;
  const lines = describeError(error).map((line) => line.trim().replace(/^purse: /, ""));
  return bad(name, lines.slice(0, -1).join("; "), lines.at(-1) ?? "");
}
