import type { FetchAnswer, FetchLike } from "./fetch-like.js";
import { isControlFlow, isStaticRenderEnd } from "../errors/control-flow.js";
import type { SafeCause } from "../errors/purse-error.js";
import { provesNotSent, toSafeCause } from "./failure.js";
import { interruptible, Interruption, type Deadline } from "./interruption.js";
import { readBody, type AnswerBody } from "./response-body.js";
import { fetchCancellable } from "./cancellation.js";

/** A URL with plain options, as `fetch` takes them. */
export interface FetchRequest {
  readonly url: string;
  readonly init: RequestInit;
}

/** What came of sending one request. */
export type ExchangeResult =
  | { readonly kind: "answer"; readonly status: number; readonly headers: Headers; readonly body: AnswerBody }
  | ({ readonly kind: "not_sent" } & Failure)
  | ({ readonly kind: "lost" } & Failure)
  | { readonly kind: "timeout" }
  | { readonly kind: "interrupted"; readonly reason: "aborted" | "deadline"; readonly mayHaveLeft: boolean };

interface Failure {
  readonly cause: SafeCause;
  /** Set if Next threw this to steer a render: the call rejects with it, unless it may have taken effect. */
  readonly steering?: Error;
}

/** The code for an answer without a usable status or headers. */
export const unusableResponse = "UNUSABLE_RESPONSE";

/**
 * Sends one request and reads its whole answer within `timeoutMs` and the call's deadline. Never rejects: an unusable
 * answer or unknown failure is `lost`, because the service may have processed the request.
 * Redirects are answers: following one would carry the API key and the body to another host.
 */
export async function exchange(
  fetchFunction: FetchLike,
  request: FetchRequest,
  deadline: Deadline,
  timeoutMs: number,
  maxBytes?: number,
): Promise<ExchangeResult> {
  const reached = { network: false, answer: false };
  try {
    return await interruptible(deadline, timeoutMs, async (stop) => {
      reached.network = true;
      const response = await fetchCancellable(stop, fetchFunction, request);
      reached.answer = true;
      const head = readHead(response);
      return { kind: "answer" as const, ...head, body: await readBody(response, maxBytes) };
    });
  } catch (error) {
    return failureOf(error, reached);
  }
}

function failureOf(error: unknown, reached: { network: boolean; answer: boolean }): ExchangeResult {
  try {
    if (error instanceof Interruption) {
      return error.reason === "timeout"
        ? { kind: "timeout" }
        : { kind: "interrupted", reason: error.reason, mayHaveLeft: reached.network };
    }
    const cause = toSafeCause(error);
    if (reached.answer) return { kind: "lost", cause };
    const steering = isControlFlow(error) ? { steering: error } : undefined;
    const isNotSent = isStaticRenderEnd(error) || provesNotSent(error);
    return { kind: isNotSent ? "not_sent" : "lost", cause, ...steering };
  } catch {
    // A foreign object's getters may throw.
    return { kind: "lost", cause: { name: "Error" } };
  }
}

/** Throws what Next threw to steer a render, if it did. */
export function passOnSteering(result: ExchangeResult): void {
  if ("steering" in result) throw result.steering;
}

/** The caller's own `fetch` may return anything; from here on there is a real status and real `Headers`. */
function readHead(response: FetchAnswer): { status: number; headers: Headers } {
  try {
    const { status, headers } = response;
    const given = headers as { get(name: string): unknown } & Iterable<[string, string]>; // Or it throws below.
    // A Map has `get` as well, but returns undefined for an unknown name. Copied, because only reading them shows that it
    // works.
    if (Number.isInteger(status) && given.get("x-purse-absent") === null)
      return { status, headers: new Headers([...given]) };
  } catch {
    // A foreign object whose getters throw.
  }
  throw Object.assign(new TypeError(unusableResponse), { code: unusableResponse });
}
