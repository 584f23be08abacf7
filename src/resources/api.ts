import { idempotencyKeyHeader } from "../../generated/operations.js";
import type { paths, Problem } from "../../generated/schema.js";
import type { ApiResponse } from "../call/raw-api.js";
import type { Caller } from "../call/execute.js";
import { checkHeaders } from "../checks/headers.js";
import { notLoaded } from "../call/on-demand.js";
import { copyData } from "../call/request-body.js";
import { copyMembers, readMembers, refuseArgument } from "../checks/members.js";

/** The API's paths that take a method, without the token endpoint, which needs the credentials themselves. */
export type ApiPath<Method extends "get" | "post"> = {
  [Path in keyof paths]: paths[Path] extends Record<Method, object> ? Path : never;
}[Exclude<keyof paths, "/oauth/token">];

/** A request's parameters and body as in the spec, and the call's own limits. */
export type ApiInit<Operation> = ApiParams<Operation> &
  ApiBody<Operation> & {
    /** Additional headers. Headers for authentication, the key or the content type are refused. */
    headers?: Readonly<Record<string, string | undefined>>;
    /** Ends the call. */
    signal?: AbortSignal;
    /** Time for one attempt, its body included, in milliseconds; the client's by default. */
    timeoutMs?: number;
    /** Time for the whole call in milliseconds; the client's by default. */
    deadlineMs?: number;
    /** How often the request is repeated at most, where that is safe; the client's by default. */
    maxRetries?: number;
  };

/** Path parameters, query and headers of an operation. */
export type ApiParams<Operation> = Operation extends { parameters: infer Params extends { path?: unknown } }
  ? Params extends { path: object }
    ? {
        /** Path parameters, query and headers, as the spec has them. */
        params: Params;
      }
    : {
        /** Query and headers, as the spec has them. */
        params?: Params;
      }
  : never;

/** The body of an operation, where it has one. */
export type ApiBody<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? {
      /** The request's body. */
      body: Content[keyof Content];
    }
  : {
      /** The operation has none. */
      body?: never;
    };

/** `data` of a successful answer, or `error` of another. `response.ok` tells which. */
export type ApiAnswer<Operation> =
  | {
      /** What the service answered with. */
      data: ApiData<Operation>;
      /** Of another answer only. */
      error?: undefined;
      /** Status, headers and key. */
      response: ApiResponse;
    }
  | {
      /** Of a successful answer only. */
      data?: undefined;
      /** What the service complains of. An answer that says nothing has the type `about:blank`. */
      error: Problem;
      /** Status, headers and key. */
      response: ApiResponse;
    };

/** What an operation answers with when it succeeds. */
export type ApiData<Operation> = Operation extends { responses: infer Responses }
  ? Responses[keyof Responses & (200 | 201)] extends { content: infer Content }
    ? Content[keyof Content]
    : never
  : never;

/**
 * Requests by path, typed by the spec, for seeing answers as they are. Only the spec's paths are accepted. The form is
 * openapi-fetch's; the rest is as in all calls: authentication, limits, retries, an idempotency key on every POST (yours goes
 * into `params.header["x-idempotency-key"]`; `undefined` counts as not given), checked ids and amounts, no redirects.
 *
 * It does not read a payment back: a key that was used before is an answer with status 409. A change that may have taken
 * effect is a `PurseOutcomeUnknownError` here too, with its key.
 *
 * @example
 * ```ts
 * import type { Payment, Purse } from "purse-payments";
 *
 * export async function read(purse: Purse, id: string): Promise<Payment | undefined> {
 *   const { data, error, response } = await purse.api.GET("/payment/v2/payments/{id}", { params: { path: { id } } });
 *   if (!response.ok) console.error(response.status, error?.title);
 *   return data;
 * }
 * ```
 */
export interface PurseApi {
  /**
   * Reads.
   *
   * @returns every answer of the service: a status of 400 or more does not throw.
   * @throws PurseInvalidArgumentError for bad arguments; nothing was sent.
   * @throws PurseConfigurationError when the code for `purse.api` cannot be loaded; nothing was sent.
   * @throws PurseConnectionError, PurseTimeoutError, PurseAbortError, PurseTokenError or PurseUnreadableResponseError when
   * there is no answer.
   * @throws PurseApiError for a redirect (3xx), which is not followed.
   */
  GET<Path extends ApiPath<"get">>(
    path: Path,
    ...init: ApiArguments<paths[Path]["get"]>
  ): Promise<ApiAnswer<paths[Path]["get"]>>;
  /**
   * May move money.
   *
   * @returns every answer of the service that leaves no doubt. `response.idempotencyKey` is the key that was sent.
   * @throws as GET, and PurseOutcomeUnknownError when it may have taken effect: the answer was lost, cannot be read, or is
   * a redirect, 408, 425 or 5xx. `resolve()` and `inspect()` do not work here: read the resource, and repeat the call under
   * the same key (the error's `idempotencyKey`, in `params.header["x-idempotency-key"]`) where the API honours it. Never
   * use a new one. Listing eligible solutions changes nothing, and fails as a GET does.
   */
  POST<Path extends ApiPath<"post">>(
    path: Path,
    ...init: ApiArguments<paths[Path]["post"]>
  ): Promise<ApiAnswer<paths[Path]["post"]>>;
}

/** Optional where the operation needs nothing. */
export type ApiArguments<Operation> =
  ApiInit<Operation> extends { params: object } | { body: object }
    ? [init: ApiInit<Operation>]
    : [init?: ApiInit<Operation>];

export function createApi(caller: Caller): PurseApi {
  const tools = {
    caller,
    refuse: refuseArgument,
    keyHeader: idempotencyKeyHeader,
    checkHeaders,
    copyMembers,
    readMembers,
  };
  // Loaded on first use: most programs never use it.
  const send =
    (method: "GET" | "POST") =>
    async (path: string, init: unknown = {}): Promise<unknown> => {
      const given = copyInit(init);
      const { callApi } = await import("../call/raw-api.js").catch(() => notLoaded("purse.api"));
      return callApi(tools, method, path, given);
    };
  return { GET: send("GET"), POST: send("POST") } as PurseApi; // The answers' types are the spec's, and not checked.
}

/** Copied before the first await: the caller may change its objects afterwards, for the next call. */
function copyInit(init: unknown): Record<string, unknown> {
  const { params, body, headers, ...rest } = copyMembers(init, "init");
  return { ...rest, ...copyData({ params, body, headers }, "init") };
}
