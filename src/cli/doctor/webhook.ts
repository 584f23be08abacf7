import { isPurseError } from "../../errors/union.js";
import { readWebhookSecret } from "../webhook-secret.js";
import { fail, pass, skipped, warn, type Finding } from "./check.js";

const timeoutMs = 10_000;
/** Names no payment, so that a receiver that accepts it has nothing to act on. */
const probe = JSON.stringify({ probe: "purse doctor" });

/**
 * Sends a webhook receiver an empty notification: without its secret, which it must refuse, and only then with it. Any
 * other answer does not show that it checks a secret, and may come from a host that is not the receiver at all.
 */
export async function checkWebhook(url: string, headerName: string): Promise<Finding[]> {
  const without = judgeWithoutSecret(await post(url, {}));
  const secret = readSecret();
  if (typeof secret !== "string") return [without, secret];
  if (without.verdict !== "pass") {
    const why = "not sent: it goes only to a receiver that answers 401 or 403 without it";
    return [without, skipped("webhook with secret", why)];
  }
  return [without, judgeWithSecret(await post(url, { [headerName]: secret }))];
}

function readSecret(): string | Finding {
  const name = "webhook with secret";
  try {
    return readWebhookSecret() ?? skipped(name, "PURSE_WEBHOOK_SECRET is not set");
  } catch (error) {
    if (!isPurseError(error)) throw error;
    return fail(name, error.message, "Set PURSE_WEBHOOK_SECRET to a longer random text.");
  }
}

/** The status, or why there is no answer. */
async function post(url: string, headers: Readonly<Record<string, string>>): Promise<number | string> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: probe,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return error instanceof Error && error.name === "TimeoutError"
      ? "no answer in time"
      : "cannot be reached";
  }
}

function judgeWithoutSecret(status: number | string): Finding {
  const name = "webhook without secret";
  const answered = `answers ${String(status)}`;
  if (typeof status === "string")
    return fail(name, status, "Check the address, and that it can be reached from here.");
  if (status === 401 || status === 403) return pass(name, `${answered}: refused`);
  if (status >= 200 && status < 300) {
    return fail(
      name,
      `${answered}: IT ACCEPTS DELIVERIES WITHOUT THE SECRET`,
      "Check the secret header before anything else, as createWebhookHandler does.",
    );
  }
  if (status >= 300 && status < 400)
    return fail(name, `${answered}: a redirect`, "Give Purse the final address.");
  if (status === 404 || status === 405)
    return fail(name, `${answered}: nothing accepts POST there`, "Check the path.");
  if (status >= 500) return fail(name, `${answered}: it fails`, "Look at the receiver's log.");
  return warn(
    name,
    `${answered}, which does not show that it checks the secret`,
    "Make the receiver check the secret first and answer 401, then run this again.",
  );
}

function judgeWithSecret(status: number | string): Finding {
  const name = "webhook with secret";
  const answered = `answers ${String(status)}`;
  if (typeof status === "string")
    return fail(name, status, "It answered the first request; look at the receiver's log.");
  if (status === 401 || status === 403) {
    return fail(
      name,
      `${answered}: the secret is refused`,
      "Give both sides the same PURSE_WEBHOOK_SECRET and the same header name.",
    );
  }
  if (status === 400 || status === 422)
    return pass(name, `${answered}: the secret is accepted, the empty notification refused`);
  if (status >= 200 && status < 300) {
    return warn(
      name,
      `${answered}: a notification about nothing is accepted`,
      "Refuse bodies that name no payment, and read payments back from the API.",
    );
  }
  if (status < 500) {
    return warn(
      name,
      `${answered}: that does not show whether the secret is right`,
      "Run this again; if nothing changes, look at the receiver's log.",
    );
  }
  return fail(name, `${answered}: it fails on a body without a payment`, "Look at the receiver's log.");
}
