import type { FetchFunction } from "../../src/http/fetch-like.js";

/** A request as it reached the stub. */
export interface SentRequest {
  readonly url: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly redirect: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What comes of one request. */
export type Step = (request: SentRequest) => Promise<Response>;

export interface StubFetch {
  readonly fetch: FetchFunction;
  /** API requests, in order; token requests are listed apart. */
  readonly sent: readonly SentRequest[];
  readonly tokenRequests: readonly SentRequest[];
}

/**
 * Plays its steps in order and then answers 418, so that a request too many shows. Token requests have steps of
 * their own; when these run out, each gets a new good token.
 */
export function stubFetch(steps: readonly Step[], tokenSteps: readonly Step[] = []): StubFetch {
  const sent: SentRequest[] = [];
  const tokenRequests: SentRequest[] = [];
  return {
    sent,
    tokenRequests,
    fetch(url, init) {
      const request: SentRequest = {
        url,
        path: new URL(url).pathname,
        method: init.method ?? "GET",
        headers: new Headers(init.headers),
        body: typeof init.body === "string" ? init.body : undefined,
        redirect: init.redirect,
        signal: init.signal ?? undefined,
      };
      if (request.path.endsWith("/oauth/token")) {
        tokenRequests.push(request);
        const step =
          tokenSteps[tokenRequests.length - 1] ?? grants(`token-number-${String(tokenRequests.length)}`);
        return step(request);
      }
      sent.push(request);
      return (steps[sent.length - 1] ?? answers(418, { title: "no step left" }))(request);
    },
  };
}

/** Answers with a body that is an object (sent as JSON), text, bytes or nothing. */
export function answers(
  status: number,
  body: object | string | null = null,
  headers: Record<string, string> = {},
): Step {
  const isPlain = typeof body === "object" && body !== null && !(body instanceof ReadableStream);
  const content = isPlain ? JSON.stringify(body) : body;
  const type = isPlain ? { "content-type": "application/json" } : undefined;
  return () => {
    const init = { status, headers: { ...type, ...headers } };
    return Promise.resolve(new Response(content as string | ReadableStream<Uint8Array> | null, init));
  };
}

/** Answers a token request. */
export function grants(token: string, members: Record<string, unknown> = {}): Step {
  return answers(200, { access_token: token, token_type: "Bearer", expires_in: 3600, ...members });
}

/** Fails as `fetch` does: a TypeError whose cause carries the code. */
export function fails(code: string, syscall?: string): Step {
  return () => {
    const cause = Object.assign(new Error(code), { code, ...(syscall === undefined ? {} : { syscall }) });
    return Promise.reject(new TypeError("fetch failed", { cause }));
  };
}

export function throws(error: unknown): Step {
  // Foreign code rejects with anything.
  return async () => {
    await Promise.resolve();
    throw error as Error;
  };
}

/** Never answers, and ends as `fetch` does when its signal is aborted. */
export function hangs(): Step {
  return ({ signal }) => {
    return new Promise((_, reject) => {
      signal?.addEventListener("abort", () => {
        reject(signal.reason as Error);
      });
    });
  };
}

/** Never answers, and does not look at its signal either. */
export function hangsForGood(): Step {
  return () => new Promise(() => undefined);
}
