import { pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, type BrotliDecompress, type Gunzip } from "node:zlib";

/**
 * Unpacks an answer on the way, for servers that pack unasked. What is packed comes out in small pieces and only as fast as
 * it is read, so that the client's limit on what is unpacked holds; what is packed otherwise is left as it came.
 */
export function unpack(
  packed: AsyncIterable<Uint8Array>,
  contentEncoding: string | null,
): AsyncIterable<Uint8Array> {
  const unpacker = createUnpacker(contentEncoding?.trim().toLowerCase() ?? "");
  if (unpacker === undefined) return packed;
  // Failures reach the reader as the unpacker's own.
  return pipeline(Readable.from(packed, { objectMode: false }), unpacker, () => undefined);
}

function createUnpacker(encoding: string): Gunzip | BrotliDecompress | undefined {
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    default:
      return undefined;
  }
}
