import createClient, { createQuerySerializer } from "openapi-fetch";
import type { OperationEntry } from "../../generated/operations.js";
import type { paths } from "../../generated/schema.js";
import type { FetchRequest } from "./exchange.js";

/** A request, checked and complete before the first attempt. */
export interface OutgoingRequest {
  readonly operation: OperationEntry;
  readonly pathParams: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON text itself, so that every attempt sends the same bytes. */
  readonly body: string | undefined;
}

/** Puts a request together, with the access token where there is one. Called anew for every attempt. */
export type RequestBuilder = (request: OutgoingRequest, token: string | undefined) => Promise<FetchRequest>;

/**
 * Replaces `Request`, which openapi-fetch only passes on: a real one costs time, cannot be sent twice, and some
 * replacements of `fetch` do not accept one.
 */
class RequestParts {
  readonly url: string;
  readonly init: RequestInit;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
  }
}

/**
 * The only module that imports openapi-fetch, which builds URL and headers from the spec's paths. Bodies in both
 * directions stay ours: openapi-fetch reads error bodies without a limit and throws plain `SyntaxError`s.
 */
export function createRequestBuilder(baseUrl: string): RequestBuilder {
  const client = createClient<paths>({
    baseUrl,
    redirect: "manual",
    // The default, which openapi-fetch would create again for every request.
    querySerializer: createQuerySerializer(),
    pathSerializer: fillPath,
    // Only constructed and handed to `fetch` below, never used as a Request.
    Request: RequestParts as unknown as typeof Request,
  });
  const nothingToRead = new Response(null, { status: 204 });

  return async ({ operation, pathParams, query, headers, body }, token) => {
    let built: RequestParts | undefined;
    const header = {
      ...(body === undefined ? undefined : { "content-type": "application/json" }),
      ...(token === undefined ? undefined : { authorization: `Bearer ${token}` }),
    };
    const init = {
      params: { path: pathParams, query, header },
      headers,
      // Only keeps the request; `exchange` sends it, and knows what a failure proves.
      fetch: (request: unknown) => {
        built = request as RequestParts; // Made by openapi-fetch from the class given above.
        return Promise.resolve(nothingToRead);
      },
    };
    // The operation table is generated from the same spec as `paths`, but is only known at run time.
    await client.request(operation.method.toLowerCase() as "get", operation.path as never, init as never);
    if (built === undefined) throw new Error("openapi-fetch returned without fetching");
    // Set here: for a body, openapi-fetch would build all headers twice.
    if (body !== undefined) built.init.body = body;
    return built;
  };
}

/** Every parameter is one checked segment, so no other serialization style is needed, and no value contains braces. */
function fillPath(path: string, params: Record<string, unknown>): string {
  let filled = path;
  for (const name of Object.keys(params))
    filled = filled.replace(`{${name}}`, encodeURIComponent(String(params[name])));
  return filled;
}
