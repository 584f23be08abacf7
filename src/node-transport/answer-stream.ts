import type { Chunks } from "./answer-chunks.js";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A body as `fetch` gives it, for a fraction of the price: a stream of the platform costs as much as a third of the
 * whole request. The common way, a reader that reads to the end or cancels, is served directly; for everything else it
 * becomes a stream of the platform.
 */
export class AnswerStream implements ReadableStream<Bytes> {
  readonly #chunks: Chunks;
  #reader: AnswerReader | undefined;
  #platform: ReadableStream<Bytes> | undefined;
  #isUsed = false;

  constructor(chunks: Chunks) {
    this.#chunks = chunks;
  }

  get locked(): boolean {
    return this.#platform?.locked ?? this.#reader?.isHolding === true;
  }

  get isUsed(): boolean {
    return this.#isUsed;
  }

  getReader(options: { mode: "byob" }): ReadableStreamBYOBReader;
  getReader(): ReadableStreamDefaultReader<Bytes>;
  getReader(options?: ReadableStreamGetReaderOptions): ReadableStreamReader<Bytes>;
  getReader(options?: ReadableStreamGetReaderOptions): ReadableStreamReader<Bytes> {
    if (this.#platform !== undefined || options?.mode !== undefined)
      return this.#toPlatform().getReader(options);
    this.#refuseWhenLocked();
    this.#isUsed = true;
    this.#reader = new AnswerReader(this.#chunks);
    return this.#reader;
  }

  cancel(reason?: unknown): Promise<void> {
    return this.#toPlatform().cancel(reason);
  }

  pipeThrough<T>(transform: ReadableWritablePair<T, Bytes>, options?: StreamPipeOptions): ReadableStream<T> {
    return this.#toPlatform().pipeThrough(transform, options);
  }

  pipeTo(destination: WritableStream<Bytes>, options?: StreamPipeOptions): Promise<void> {
    return this.#toPlatform().pipeTo(destination, options);
  }

  tee(): [ReadableStream<Bytes>, ReadableStream<Bytes>] {
    return this.#toPlatform().tee();
  }

  values(options?: ReadableStreamIteratorOptions): ReadableStreamAsyncIterator<Bytes> {
    return this.#toPlatform().values(options);
  }

  [Symbol.asyncIterator](options?: ReadableStreamIteratorOptions): ReadableStreamAsyncIterator<Bytes> {
    return this.values(options);
  }

  #toPlatform(): ReadableStream<Bytes> {
    if (this.#platform !== undefined) return this.#platform;
    this.#refuseWhenLocked();
    this.#isUsed = true;
    const chunks = this.#chunks;
    this.#platform = new ReadableStream<Bytes>(
      {
        async pull(controller) {
          const chunk = await chunks.next();
          if (chunk === undefined) controller.close();
          else controller.enqueue(chunk);
        },
        cancel() {
          chunks.cancel();
        },
      },
      { highWaterMark: 0 },
    );
    return this.#platform;
  }

  #refuseWhenLocked(): void {
    if (this.#reader?.isHolding === true) throw new TypeError("The body has a reader already.");
  }
}

class AnswerReader implements ReadableStreamDefaultReader<Bytes> {
  readonly #chunks: Chunks;
  isHolding = true;

  constructor(chunks: Chunks) {
    this.#chunks = chunks;
  }

  get closed(): Promise<void> {
    return this.#chunks.ended();
  }

  async read(): Promise<ReadableStreamReadResult<Bytes>> {
    if (!this.isHolding) throw new TypeError("The reader was released.");
    const value = await this.#chunks.next();
    return value === undefined ? { done: true, value } : { done: false, value };
  }

  cancel(): Promise<void> {
    this.#chunks.cancel();
    return Promise.resolve();
  }

  releaseLock(): void {
    this.isHolding = false;
  }
}
