import type { FetchAnswer, FetchLike } from "./fetch-like.js";
import { isControlFlow, isStaticRenderEnd } from "../errors/control-flow.js";
import type { SafeCause } from "../errors/purse-error.js";
import { provesNotSent, toSafeCause } from "./failure.js";
import { interruptible, Interruption, type Deadline } from "./interruption.js";
import { readBody, type AnswerBody } from "./response-body.js";
import { fetchCancellable } from "./cancellation.js";

/** An address with plain options, as `fetch` takes them. */
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
  /** Set where Next threw to steer a render: what the call ends with, unless it may have taken effect. */
  readonly steering?: Error;
}

/** What a caller is told of an answer without a usable status or headers. */
export const unusableResponse = "UNUSABLE_RESPONSE";

/**
 * Sends one request and reads its whole answer within `timeoutMs` and the call's deadline. Never rejects: anything odd
 * about an answer or a failure is `lost`, because the service may have processed the request all the same.
 * Redirects come back as answers: following one would carry the API key and the body to another host.
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
    // A foreign object may throw when it is looked at.
    return { kind: "lost", cause: { name: "Error" } };
  }
}

/** Ends what asked for it with what Next threw, if that is how it went. */
export function passOnSteering(result: ExchangeResult): void {
  if ("steering" in result) throw result.steering;
}

/** A `fetch` of the caller's own may answer with anything; what is read later must be a real status and real headers. */
function readHead(response: FetchAnswer): { status: number; headers: Headers } {
  try {
    const { status, headers } = response;
    const given = headers as { get(name: string): unknown } & Iterable<[string, string]>; // Or it throws below.
    // A Map has `get` as well, but answers otherwise for a name it does not hold. Copied, because the class alone does
    // not show that reading them works.
    if (Number.isInteger(status) && given.get("x-purse-absent") === null)
      return { status, headers: new Headers([...given]) };
  } catch {
    // A foreign object that cannot be looked at.
  }
  throw Object.assign(new TypeError(unusableResponse), { code: unusableResponse });
}
