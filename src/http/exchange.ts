import type { SafeCause } from "../errors/purse-error.js";
import { provesNotSent, toSafeCause } from "./failure.js";
import { interruptible, Interruption, type CallLimits } from "./interruption.js";
import { readBody, type AnswerBody } from "./response-body.js";
import type { Stop } from "./stop.js";

/** The part of `fetch` the client uses: an address and plain options, never a `Request`. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** What came of sending one request. */
export type ExchangeResult =
  | { readonly kind: "answer"; readonly status: number; readonly headers: Headers; readonly body: AnswerBody }
  | { readonly kind: "not_sent"; readonly cause: SafeCause }
  | { readonly kind: "lost"; readonly cause: SafeCause }
  | { readonly kind: "timeout" }
  | { readonly kind: "interrupted"; readonly reason: "aborted" | "deadline"; readonly mayHaveLeft: boolean };

/**
 * Sends one request and reads its whole answer within `timeoutMs` and the call's limits. Never rejects.
 * Redirects come back as answers: following one would carry the API key and the body to another host.
 */
export async function exchange(
  send: (stop: Stop) => Promise<Response>,
  limits: CallLimits,
  timeoutMs: number,
  maxBytes?: number,
): Promise<ExchangeResult> {
  const reached = { network: false, answer: false };
  try {
    return await interruptible(limits, timeoutMs, async (stop) => {
      reached.network = true;
      const response = await send(stop);
      reached.answer = true;
      const { status, headers } = response;
      return { kind: "answer" as const, status, headers, body: await readBody(response, maxBytes) };
    });
  } catch (error) {
    if (error instanceof Interruption) {
      return error.reason === "timeout"
        ? { kind: "timeout" }
        : { kind: "interrupted", reason: error.reason, mayHaveLeft: reached.network };
    }
    const cause = toSafeCause(error);
    return { kind: !reached.answer && provesNotSent(error) ? "not_sent" : "lost", cause };
  }
}
