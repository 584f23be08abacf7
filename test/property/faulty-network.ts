import { problemTypeValues } from "../../generated/enums.js";
import type { FetchFunction } from "../../src/http/fetch-like.js";
import type { ManualClock } from "../support/manual-clock.js";

/** What becomes of one request that changes something. `after`: the service has done it. */
export const faultKinds = [
  "none",
  "refused",
  "reset_before",
  "reset_after",
  "cut_after",
  "stall_before",
  "stall_after",
  "401",
  "408_before",
  "408_after",
  "429",
  "429_wait",
  "500_before",
  "500_after",
  "html_after",
  "empty_after",
  "redirect_before",
  "redirect_after",
  "late_guarded",
  "late_unguarded",
] as const;

export type FaultKind = (typeof faultKinds)[number];

const lateMs = 700;

/** A network that meets each changing request with the next fault of a list, and behaves when the list is over. */
export function faultyNetwork(
  serve: FetchFunction,
  clock: ManualClock,
  faults: readonly FaultKind[],
): FetchFunction {
  let next = 0;
  const keysInProgress = new Set<string>();

  return async (url, init) => {
    const isChange = init.method === "POST" && !url.endsWith("/oauth/token");
    const fault = isChange ? (faults[next++] ?? "none") : "none";
    const key = new Headers(init.headers).get("x-idempotency-key") ?? "";
    // The service goes on when the caller hangs up.
    const { signal, ...lasting } = init;
    const process = (): Promise<Response> => serve(url, lasting);
    if (isChange && keysInProgress.has(key)) return stillWorkingOnIt();
    switch (fault) {
      case "none":
        return process();
      case "refused":
        throw failure("ECONNREFUSED");
      case "reset_before":
        throw failure("ECONNRESET");
      case "reset_after":
        await process();
        throw failure("ECONNRESET");
      case "cut_after":
        return cutOff(await process());
      case "stall_before":
        return untilAborted(signal);
      case "stall_after":
        await process();
        return untilAborted(signal);
      case "401":
      case "408_before":
      case "429":
      case "500_before":
        return new Response("{}", { status: Number.parseInt(fault, 10) });
      case "429_wait":
        return new Response("{}", { status: 429, headers: { "retry-after": "2" } });
      case "408_after":
      case "500_after":
        await process();
        return new Response("{}", { status: Number.parseInt(fault, 10) });
      case "html_after":
        await process();
        return new Response("<h1>Done?</h1>", { status: 200, headers: { "content-type": "text/html" } });
      case "empty_after":
        await process();
        return new Response(null, { status: 200 });
      case "redirect_before":
        return new Response(null, { status: 307, headers: { location: "https://elsewhere.example/" } });
      case "redirect_after":
        await process();
        return new Response(null, { status: 303, headers: { location: "https://elsewhere.example/" } });
      case "late_guarded":
      case "late_unguarded":
        if (fault === "late_guarded") keysInProgress.add(key);
        clock.startTimer(() => {
          void process().finally(() => keysInProgress.delete(key));
        }, lateMs);
        return new Response("{}", { status: 504 });
    }
  };
}

function failure(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

function stillWorkingOnIt(): Response {
  const document = { type: problemTypeValues[0], title: "Idempotency violation", status: 409 };
  return new Response(JSON.stringify(document), { status: 409 });
}

async function cutOff(answer: Response): Promise<Response> {
  const text = await answer.text();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2)));
      controller.error(failure("UND_ERR_SOCKET"));
    },
  });
  return new Response(body, { status: answer.status });
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => {
      reject(new DOMException("aborted", "AbortError"));
    });
  });
}
