import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";

/** The bytes of a body, piece by piece. */
export interface Chunks {
  /** The next piece, or nothing at the end. Rejects when the body cannot be had to its end. */
  next(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Settles with the body; for those who do not read it themselves. */
  ended(): Promise<void>;
  /** Nobody wants the rest: the connection is given up with it. */
  cancel(): void;
  /** Nobody may have the rest. */
  fail(error: Error): void;
}

/** As much is held ready for a reader who is slower than the connection. */
const mostWaitingBytes = 65_536;

/**
 * Reads a message, unpacking it on the way. What is packed comes out in small pieces and only as fast as it is taken,
 * so that a limit on what is unpacked holds.
 */
export function readMessage(message: IncomingMessage, contentEncoding: string): Chunks {
  const unpacked = unpack(message, contentEncoding);
  return collect(unpacked, () => {
    unpacked.destroy();
    message.destroy();
  });
}

function unpack(message: IncomingMessage, contentEncoding: string): Readable {
  const unpacker = createUnpacker(contentEncoding);
  if (unpacker === undefined) return message;
  // Failures reach the reader as the unpacker's own.
  return pipeline(message, unpacker, () => undefined);
}

/** What is packed twice, or in a way that was not asked for, is left as it came. */
function createUnpacker(contentEncoding: string) {
  switch (contentEncoding.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

interface Waiting {
  readonly resolve: (chunk: Uint8Array<ArrayBuffer> | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Listens from the start, so that a small answer is there before anybody asks for it. */
function collect(source: Readable, giveUp: () => void): Chunks {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const readers: Waiting[] = [];
  const watchers: Waiting[] = [];
  let waitingBytes = 0;
  let end: { readonly error?: Error } | undefined;

  const settle = ({ resolve, reject }: Waiting): void => {
    if (end?.error === undefined) resolve(undefined);
    else reject(end.error);
  };
  const finish = (how: { readonly error?: Error }): void => {
    if (end !== undefined) return;
    end = how;
    for (const each of readers.splice(0)) settle(each);
    for (const each of watchers.splice(0)) settle(each);
  };
  const fail = (error: unknown): void => {
    // Half a body is worth nothing; and what was cut off must not look complete.
    chunks.length = 0;
    finish({ error: new TypeError("terminated", { cause: error }) });
  };
  source.on("data", (chunk: Buffer<ArrayBuffer>) => {
    const reader = readers.shift();
    if (reader !== undefined) {
      reader.resolve(chunk);
      return;
    }
    if (end !== undefined) return;
    chunks.push(chunk);
    waitingBytes += chunk.byteLength;
    if (waitingBytes >= mostWaitingBytes) source.pause();
  });
  source.once("end", () => {
    finish({});
  });
  source.on("error", fail);
  source.once("close", () => {
    if (end === undefined) fail(new Error("The answer ended early."));
  });

  return {
    next() {
      const chunk = chunks.shift();
      if (chunk !== undefined) {
        waitingBytes -= chunk.byteLength;
        if (waitingBytes < mostWaitingBytes && source.isPaused()) source.resume();
        return Promise.resolve(chunk);
      }
      return new Promise((resolve, reject) => {
        if (end === undefined) readers.push({ resolve, reject });
        else settle({ resolve, reject });
      });
    },
    ended() {
      return new Promise((resolve, reject) => {
        const watcher = {
          resolve: (): void => {
            resolve();
          },
          reject,
        };
        if (end === undefined) watchers.push(watcher);
        else settle(watcher);
      });
    },
    cancel() {
      if (end === undefined) giveUp();
      chunks.length = 0;
      finish({});
    },
    fail(error) {
      chunks.length = 0;
      finish({ error });
    },
  };
}
