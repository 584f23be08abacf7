import { Purse } from "../../src/index.js";

/** A request and its answer, as they crossed the wire. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly requestHeaders: Headers;
  readonly requestBody: string | undefined;
  readonly status: number;
  readonly mediaType: string;
  readonly answer: unknown;
  /** What Prism found wrong, in either direction. */
  readonly violations: string | null;
}

export interface Recording {
  readonly purse: Purse;
  readonly exchanges: readonly Exchange[];
}

/** A client that asks the mock for one documented answer of one operation, and records what goes to and fro. */
export function record(
  baseUrl: string,
  asked: { readonly method: string; readonly path: string; readonly prefer: string },
): Recording {
  const exchanges: Exchange[] = [];
  const pattern = new RegExp(`^${asked.path.replaceAll("{id}", "[^/]+")}$`);
  const purse = new Purse({
    baseUrl,
    clientId: "client",
    clientSecret: "secret",
    apiKey: "key",
    maxRetries: 0,
    fetch: async (url, init) => {
      const { pathname } = new URL(url);
      const headers = new Headers(init.headers);
      const isAsked = init.method === asked.method && pattern.test(pathname);
      if (isAsked) headers.set("prefer", asked.prefer);
      const response = await fetch(url, { ...init, headers });
      exchanges.push({
        method: init.method ?? "GET",
        path: pathname,
        requestHeaders: headers,
        requestBody: bodyText(init.body),
        status: response.status,
        mediaType: response.headers.get("content-type")?.split(";")[0] ?? "",
        answer: await response.clone().json(),
        violations: response.headers.get("sl-violations"),
      });
      return response;
    },
  });
  return { purse, exchanges };
}

function bodyText(body: RequestInit["body"]): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new Error("the client sends text only");
}
