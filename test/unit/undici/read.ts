import type { FetchAnswer, FetchLike } from "../../../src/undici/index.js";

/** Reads an answer of the transport to its end, as bytes of text. */
export async function textOf({ body }: FetchAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk); // As the transport gives it.
  return Buffer.concat(chunks).toString("utf8");
}

/** Sends a request and reads its whole answer. */
export async function fetchText(fetch: FetchLike, url: string, init: RequestInit = {}): Promise<string> {
  return textOf(await fetch(url, init));
}
