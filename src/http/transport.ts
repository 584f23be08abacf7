import createClient, { createQuerySerializer } from "openapi-fetch";
import type { OperationEntry } from "../../generated/operations.js";
import type { paths } from "../../generated/schema.js";
import type { FetchAnswer, FetchLike } from "./fetch-like.js";
import { fetchCancellable, type Stop } from "./cancellation.js";

/** A request whose every part was checked and made before the first attempt. */
export interface OutgoingRequest {
  readonly operation: OperationEntry;
  readonly pathParams: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON text itself, so that every attempt sends the same bytes. */
  readonly body: string | undefined;
}

export interface Transport {
  send(request: OutgoingRequest, token: string | undefined, stop: Stop): Promise<FetchAnswer>;
}

/**
 * Stands in for `Request`: openapi-fetch only hands it on, and a real one costs time, cannot be sent twice and
 * would be passed to the caller's `fetch` in a form that some replacements of `fetch` do not take.
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
 * The only module that knows openapi-fetch. It puts address, parameters and headers together by the spec's paths;
 * bodies in both directions stay ours, because openapi-fetch reads error bodies without a limit and throws bare
 * `SyntaxError`s.
 */
export function createTransport(baseUrl: string, fetchFunction: FetchLike): Transport {
  const client = createClient<paths>({
    baseUrl,
    redirect: "manual",
    // What openapi-fetch makes by itself, but anew for every request.
    querySerializer: createQuerySerializer(),
    pathSerializer: fillPath,
    // Only constructed and handed to `fetch` below, never used as a Request.
    Request: RequestParts as unknown as typeof Request,
  });
  const nothingToRead = new Response(null, { status: 204 });

  return {
    async send({ operation, pathParams, query, headers, body }, token, stop) {
      let answer: FetchAnswer | undefined;
      const fetchOnce = async (request: unknown): Promise<Response> => {
        const { url, init } = request as RequestParts; // Made by openapi-fetch from the class given above.
        if (body !== undefined) init.body = body;
        answer = await fetchCancellable(stop, fetchFunction, url, init);
        return nothingToRead;
      };
      const header = {
        ...(body === undefined ? undefined : { "content-type": "application/json" }),
        ...(token === undefined ? undefined : { authorization: `Bearer ${token}` }),
      };
      // Without the body, which is JSON text already: openapi-fetch would make all headers twice for it.
      const init = { params: { path: pathParams, query, header }, headers, fetch: fetchOnce };
      // The operation table is generated from the same spec as `paths`, but is only known at run time.
      await client.request(operation.method.toLowerCase() as "get", operation.path as never, init as never);
      if (answer === undefined) throw new Error("openapi-fetch returned without fetching");
      return answer;
    },
  };
}

/** Every parameter is one segment and was checked: there are no other styles to look for, and no braces in what is put in. */
function fillPath(path: string, params: Record<string, unknown>): string {
  let filled = path;
  for (const name of Object.keys(params))
    filled = filled.replace(`{${name}}`, encodeURIComponent(String(params[name])));
  return filled;
}
