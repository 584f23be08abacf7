import type { Problem } from "../../generated/schema.js";
import type { RequestOptions } from "../options.js";
import type { CallDescription } from "./call.js";
import type { Caller } from "./caller.js";

/** What may go with a request of `purse.api`, before anything is known of the operation. */
export interface ApiRequestParts extends Omit<RequestOptions, "idempotencyKey" | "assumeKeyHonoured"> {
  params?: {
    path?: Readonly<Record<string, unknown>>;
    query?: Readonly<Record<string, unknown>>;
    header?: Readonly<Record<string, unknown>>;
  };
  body?: unknown;
}

/** What `purse.api` resolves to, before anything is known of the operation. */
export type ApiResult =
  { data: Record<string, unknown>; response: ApiResponse } | { error: Problem; response: ApiResponse };

/** The answer itself, without its body. */
export interface ApiResponse {
  /** Whether the status is 2xx, and `data` is there. */
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
}

const knownParts = ["params", "body", "signal", "timeoutMs", "deadlineMs", "maxRetries", "headers"];
const knownParams = ["path", "query", "header", "cookie"];
/** Parameters in braces, and names without a dot segment: nothing that could lead elsewhere. */
const pathPattern = /^(?:\/(?:\{\w+\}|[\w~-]+(?:\.[\w~-]+)*))+$/;

/** What the client lends, so that nothing of it is loaded twice. */
export interface ApiTools {
  readonly caller: Caller;
  readonly refuse: (argument: string, message: string) => never;
  /** Name of the header that carries idempotency keys. */
  readonly keyHeader: string;
}

/** Sends a request of `purse.api` the way all others go. */
export async function callApi(
  tools: ApiTools,
  method: "GET" | "POST",
  path: string,
  given: ApiRequestParts = {},
): Promise<ApiResult> {
  const { data, response } = await tools.caller.exchange(describe(tools, method, path, given));
  const { status, headers, body } = response;
  if (data !== undefined) return { data, response: { ok: true, status, headers } };
  // An error that nothing describes must not look like none.
  const error = body?.kind === "object" ? body.value : { type: "about:blank", status };
  return { error, response: { ok: false, status, headers } };
}

function describe(
  { refuse, keyHeader }: ApiTools,
  method: "GET" | "POST",
  path: unknown,
  given: ApiRequestParts,
): CallDescription {
  if (typeof path !== "string" || !pathPattern.test(path)) {
    return refuse(
      "path",
      "must be one of the API's paths, with parameters in braces: /payment/v2/payments/{id}.",
    );
  }
  checkNames(refuse, given, "init", knownParts);
  const { params = {}, body, ...rest } = given;
  checkNames(refuse, params, "init.params", knownParams);
  const pathParams = params.path ?? {};
  for (const [, name = ""] of path.matchAll(/\{(\w+)\}/g)) {
    if (!Object.hasOwn(pathParams, name)) refuse(`params.path.${name}`, "is missing.");
  }
  const { idempotencyKey, headers } = splitHeaders(keyHeader, { ...rest.headers, ...params.header });
  const options = { ...rest, headers, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
  return {
    operation: {
      operationId: `${method} ${path}`,
      method,
      path,
      isRead: method === "GET",
      authentication: "token",
      idempotency: "none",
      requiredMembers: [],
      takesEntityId: false,
      constantMembers: {},
    },
    pathParams,
    query: params.query,
    params: body,
    // Checked like anybody's, whatever their types say.
    options: options as RequestOptions,
    purpose: "api",
    adviceWhenUnknown: "Look before you ask again, and then under the same key.",
  };
}

/** The key's header is a parameter by the spec, and an option of every call by ours. */
function splitHeaders(
  keyHeader: string,
  given: Readonly<Record<string, unknown>>,
): { idempotencyKey: unknown; headers: Record<string, unknown> } {
  const isKey = ([name]: [string, unknown]): boolean => name.toLowerCase() === keyHeader.toLowerCase();
  const entries = Object.entries(given);
  const headers = Object.fromEntries(entries.filter((entry) => !isKey(entry)));
  return { idempotencyKey: entries.find(isKey)?.[1], headers };
}

/** What openapi-fetch would take, such as another `fetch` or `baseUrl`, could send the token elsewhere. */
function checkNames(
  refuse: ApiTools["refuse"],
  value: unknown,
  place: string,
  known: readonly string[],
): void {
  if (typeof value !== "object" || value === null) return refuse(place, "must be an object.");
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) refuse(place, `takes ${known.join(", ")}, and nothing else.`);
}
