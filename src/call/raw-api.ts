import { defined } from "../defined.js";
import type { paths, Problem } from "../../generated/schema.js";
import type { copyMembers, readMembers, refuseArgument } from "../checks/members.js";
import type { RequestOptions } from "../options.js";
import type { CallDescription } from "./prepare.js";
import type { Caller } from "./execute.js";

/** What `purse.api` resolves to, without the types of the operation. */
export type ApiResult =
  { data: Record<string, unknown>; response: ApiResponse } | { error: Problem; response: ApiResponse };

/** The answer itself, without its body. */
export interface ApiResponse {
  /** Whether the status is 2xx, and `data` is there. */
  readonly ok: boolean;
  /** HTTP status. */
  readonly status: number;
  /** HTTP headers. */
  readonly headers: Headers;
  /** The key that a POST went out with, yours or a generated one; a GET has none. Ask again under the same, never another. */
  readonly idempotencyKey?: string;
}

const knownParts = ["params", "body", "signal", "timeoutMs", "deadlineMs", "maxRetries", "headers"];
const knownParams = ["path", "query", "header", "cookie"];

type PathOf<Method extends "get" | "post"> = Exclude<
  { [Path in keyof paths]: paths[Path] extends Record<Method, object> ? Path : never }[keyof paths],
  "/oauth/token"
>;

/** All that are accepted: a path put together by hand could lead elsewhere, and would put ids into events. */
const known: {
  readonly GET: Readonly<Record<PathOf<"get">, "read">>;
  readonly POST: Readonly<Record<PathOf<"post">, "read" | "change">>;
} = {
  GET: {
    "/payment/v2/client-sessions/{id}": "read",
    "/payment/v2/payments/{id}": "read",
    "/payment/v2/signing-jwks": "read",
  },
  POST: {
    "/payment/v2/client-sessions": "change",
    "/payment/v2/client-sessions/{id}/abort": "change",
    "/payment/v2/eligible-solutions": "read",
    "/payment/v2/payment-links": "change",
    "/payment/v2/payments": "change",
    "/payment/v2/payments/{id}/captures": "change",
    "/payment/v2/payments/{id}/refunds": "change",
    "/payment/v2/payments/{id}/voids": "change",
  },
};

/** Passed in instead of imported: a bundler would split the client for it. */
export interface ApiTools {
  readonly caller: Caller;
  readonly refuse: typeof refuseArgument;
  readonly copyMembers: typeof copyMembers;
  readonly readMembers: typeof readMembers;
  /** Name of the header that carries idempotency keys. */
  readonly keyHeader: string;
  readonly checkHeaders: (headers: unknown) => Record<string, string>;
}

/** Sends a request of `purse.api` like any other call. @param given a copy that the caller cannot change. */
export async function callApi(
  tools: ApiTools,
  method: "GET" | "POST",
  path: string,
  given: Readonly<Record<string, unknown>>,
): Promise<ApiResult> {
  const { data, response, idempotencyKey } = await tools.caller.exchange(
    describe(tools, method, path, given),
  );
  const { status, headers, body } = response;
  const facts = { status, headers, ...defined({ idempotencyKey }) };
  if (data !== undefined) return { data, response: { ok: true, ...facts } };
  // An error without a description must not look like a success.
  const error = body?.kind === "object" ? body.value : { type: "about:blank", status };
  return { error, response: { ok: false, ...facts } };
}

function describe(
  tools: ApiTools,
  method: "GET" | "POST",
  path: unknown,
  given: Readonly<Record<string, unknown>>,
): CallDescription {
  const { refuse } = tools;
  const effects: Readonly<Record<string, "read" | "change">> = known[method];
  if (typeof path !== "string" || !Object.hasOwn(effects, path)) {
    return refuse(
      "path",
      `must be a path of the API that takes ${method}, as in the spec: "/payment/v2/payments/{id}" with ` +
        "the braces, and the id itself in `params.path.id`.",
    );
  }
  if ("idempotencyKey" in given)
    refuse("init.idempotencyKey", `is not known; the key goes into params.header["${tools.keyHeader}"].`);
  // Other members of openapi-fetch, such as `fetch` or `baseUrl`, could send the token elsewhere.
  const { params = {}, body, ...rest } = tools.readMembers(given, "init", knownParts);
  const parts = tools.readMembers(params, "init.params", knownParams);
  const part = (name: string): Record<string, unknown> =>
    tools.copyMembers(parts[name] ?? {}, `init.params.${name}`);
  const [pathParams, query] = [part("path"), part("query")];
  checkQuery(tools, query);
  if (Object.keys(part("cookie")).length > 0)
    refuse("init.params.cookie", "is not sent: the API takes no cookies.");
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  tools.readMembers(pathParams, "init.params.path", names);
  for (const name of names)
    if (!Object.hasOwn(pathParams, name)) refuse(`params.path.${name}`, "is missing.");
  if (method === "GET" && body !== undefined) refuse("init.body", "is not sent with a GET.");
  const { idempotencyKey, others } = splitHeaders(tools, part("header"));
  const headers = { ...tools.checkHeaders(rest["headers"]), ...others };
  const options = { ...rest, headers, ...defined({ idempotencyKey }) };
  return {
    operation: {
      operationId: `${method} ${path}`,
      method,
      path,
      isRead: effects[path] === "read",
      authentication: "token",
      idempotency: "none",
      requiredMembers: [],
      takesEntityId: false,
      constantMembers: {},
    },
    pathParams,
    query,
    params: body,
    // Checked like the options of every call.
    options: options as RequestOptions,
    purpose: "api",
    adviceWhenUnknown: "Look before you ask again, and then under the same key.",
  };
}

/** By the spec the key's header is a parameter; here it becomes the option that every call has. */
function splitHeaders(
  { keyHeader, refuse }: ApiTools,
  given: Readonly<Record<string, unknown>>,
): { idempotencyKey: unknown; others: Record<string, unknown> } {
  const isKey = ([name]: [string, unknown]): boolean => name.toLowerCase() === keyHeader.toLowerCase();
  const entries = Object.entries(given);
  const [key, second] = entries.filter(isKey);
  if (second !== undefined)
    refuse(`params.header["${keyHeader}"]`, "is given twice: there can be one key only.");
  return { idempotencyKey: key?.[1], others: Object.fromEntries(entries.filter((entry) => !isKey(entry))) };
}

/** A value that cannot be written into a URL must be refused now: later, it would look like a request that was sent. */
function checkQuery({ refuse }: ApiTools, query: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(query)) {
    if (/idempot/i.test(name)) refuse(`init.params.query.${name}`, "does not carry the key; a header does.");
    for (const item of typeof value === "object" && value !== null ? Object.values(value) : [value]) {
      if (typeof item === "object" && item !== null)
        refuse(`init.params.query.${name}`, "is nested too deeply for a query.");
      if (typeof item === "string" && /\p{Surrogate}/u.test(item))
        refuse(`init.params.query.${name}`, "must be well-formed text (it holds half a surrogate pair).");
    }
  }
}
