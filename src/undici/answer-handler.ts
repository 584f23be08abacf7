import type { Dispatcher } from "undici";
import type { FetchAnswer } from "../http/fetch-like.js";
import { provesNotSent, refusedByTransport } from "../http/failure.js";
import { AnswerHeaders, type ParsedHeaders } from "./answer-headers.js";
import { unpack } from "./unpack.js";

type Piece = IteratorResult<Uint8Array, undefined>;

interface Reader {
  readonly resolve: (piece: Piece) => void;
  readonly reject: (error: unknown) => void;
}

const end: Piece = { done: true, value: undefined };

/** As much is held ready for a reader who is slower than the connection. */
const mostWaitingBytes = 65_536;

/** Failures of undici's own from before a connection was chosen. Asked again, it would refuse again. */
const refusals: ReadonlySet<unknown> = new Set([
  "UND_ERR_CLOSED",
  "UND_ERR_DESTROYED",
  "UND_ERR_INVALID_ARG",
  "UND_ERR_NOT_SUPPORTED",
  "UND_MOCK_ERR_MOCK_NOT_MATCHED",
]);

/** Takes what a dispatcher tells of one request, and gives the bytes of the answer to one reader, piece by piece. */
export class AnswerHandler
  implements Dispatcher.DispatchHandler, AsyncIterableIterator<Uint8Array, undefined>
{
  /** Ends the wait for a stop. */
  forget: (() => void) | undefined;
  readonly #resolve: (answer: FetchAnswer) => void;
  readonly #reject: (error: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #chunks: Uint8Array[] = [];
  #waitingBytes = 0;
  #reader: Reader | undefined;
  #isStarted = false;
  #over: { readonly error?: unknown } | undefined;

  constructor(resolve: (answer: FetchAnswer) => void, reject: (error: unknown) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  get isOver(): boolean {
    return this.#over !== undefined;
  }

  /** Called when the request is about to be written to a connection, and not before. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#isStarted = true;
    if (this.#over === undefined) this.#controller = controller;
    else controller.abort(new Error("The request was stopped while it waited for a connection."));
  }

  onResponseStart(_controller: unknown, status: number, parsed: ParsedHeaders): void {
    if (status < 200) return;
    const headers = new AnswerHeaders(parsed);
    // Nothing at all is not even packed.
    const encoding = headers.get("content-length") === "0" ? null : headers.get("content-encoding");
    this.#resolve({ status, headers, body: unpack(this, encoding) });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    const reader = this.#reader;
    if (reader !== undefined) {
      this.#reader = undefined;
      reader.resolve({ done: false, value: chunk });
      return;
    }
    this.#chunks.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes >= mostWaitingBytes) controller.pause();
  }

  onResponseEnd(): void {
    this.#finish({});
  }

  onResponseError(_controller: unknown, error: unknown): void {
    this.#fail(this.#isStarted ? withoutProof(error) : refusalOr(error));
  }

  /** Gives the request up, and its connection if it has one. */
  stop(reason: unknown): void {
    const controller = this.#controller;
    this.#fail(reason);
    controller?.abort(reason as Error); // Undici hands it on without looking at it.
  }

  next(): Promise<Piece> {
    const value = this.#chunks.shift();
    if (value !== undefined) {
      this.#waitingBytes -= value.byteLength;
      if (this.#waitingBytes < mostWaitingBytes && this.#controller?.paused === true)
        this.#controller.resume();
      return Promise.resolve({ done: false, value });
    }
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
      if (this.#over !== undefined) this.#tellReader(this.#over);
    });
  }

  /** The rest is not wanted. */
  return(): Promise<Piece> {
    this.stop(new Error("The answer was not read to its end."));
    return Promise.resolve(end);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #fail(error: unknown): void {
    if (this.#over !== undefined) return;
    // What was cut off must not look complete.
    this.#chunks = [];
    this.#reject(error);
    this.#finish({ error });
  }

  #finish(over: { readonly error?: unknown }): void {
    if (this.#over !== undefined) return;
    this.#over = over;
    this.#controller = undefined;
    this.forget?.();
    this.forget = undefined;
    this.#tellReader(over);
  }

  #tellReader(over: { readonly error?: unknown }): void {
    if ("error" in over) this.#reader?.reject(over.error);
    else this.#reader?.resolve(end);
    this.#reader = undefined;
  }
}

/** Once the request was handed to a connection, no code may say that nothing was sent. */
function withoutProof(error: unknown): unknown {
  return provesNotSent(error) ? withCode("The connection was lost.", "ECONNRESET") : error;
}

function refusalOr(error: unknown): unknown {
  const code: unknown =
    typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return refusals.has(code) ? refusal(String(code)) : error;
}

/** The failure of a request that never leaves, with the code that says so to the client. */
export function refusal(message: string): Error {
  return withCode(`Not sent: ${message}`, refusedByTransport);
}

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
