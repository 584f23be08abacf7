import { isPurseError, Purse } from "../../src/index.js";
import type { Spec } from "../spec/document.js";
import { isRecord, valueAt } from "../spec/json.js";
import { firstExample, type DescribedOperation, type DescribedResponse } from "./operations.js";

const id = "9a14962c-bdcf-49d1-8673-e75dfb48013f";
const tokenPath = "/oauth/token";

/**
 * Calls the method that the table names, against a network that gives the documented answer. What the page says of
 * methods and errors is what the client has just done.
 *
 * @returns the name of the error it ends with, or nothing when it succeeds.
 * @throws Error when there is no such method, or when it performs another operation.
 */
export async function probeMethod(
  spec: Spec,
  operation: DescribedOperation,
  response: DescribedResponse,
): Promise<string | undefined> {
  const requests: string[] = [];
  const purse = new Purse({
    baseUrl: "https://probe.example",
    clientId: "client",
    clientSecret: "secret",
    maxRetries: 0,
    fetch: (url, { method = "GET" }) => {
      const { pathname } = new URL(url);
      const isToken = pathname === tokenPath && operation.path !== tokenPath;
      if (!isToken) requests.push(`${method} ${pathname.replace(id, "{id}")}`);
      if (isToken) return answer(200, { access_token: "token", token_type: "Bearer", expires_in: 3600 });
      // What the client reads on its own after a conflict shows nothing of what was asked for.
      if (requests.length > 1) return answer(200, { id, captures: [], refunds: [], voids: [] });
      return answer(Number(response.status), response.example, response.mediaType);
    },
  });
  const error = await failureOf(methodNamed(purse, operation.sdkMethod), argumentsFor(spec, operation));
  const wanted = `${operation.method} ${operation.path}`;
  if (requests[0] !== wanted) {
    throw new Error(`purse.${operation.sdkMethod} sends ${requests[0] ?? "nothing"}, not ${wanted}`);
  }
  return error;
}

type Method = (...values: unknown[]) => unknown;

function methodNamed(purse: Purse, path: string): Method {
  const [resource = "", name = ""] = path.split(".");
  const owner = valueAt(purse, `/${resource}`);
  const method = isRecord(owner) ? owner[name] : undefined;
  if (typeof method !== "function") throw new Error(`the client has no method ${path}`);
  return method as Method; // A function is all that can be known of it here.
}

function argumentsFor(spec: Spec, { sdkArguments, operation }: DescribedOperation): unknown[] {
  const media = Object.values(operation.requestBody?.content ?? {})[0];
  const body = firstExample(spec, valueAt(media, "/examples"));
  // A key of the caller's: after a conflict over a random one, it would be another call's by chance only.
  const options = { idempotencyKey: "probe" };
  const values: Readonly<Record<string, unknown>> = { id, params: body, "options?": options };
  return sdkArguments.flatMap((name) => (name in values ? [values[name]] : []));
}

function answer(status: number, body: unknown, mediaType = "application/json"): Promise<Response> {
  return Promise.resolve(
    new Response(JSON.stringify(body), { status, headers: { "content-type": mediaType } }),
  );
}

async function failureOf(method: Method, values: readonly unknown[]): Promise<string | undefined> {
  try {
    await method(...values);
    return undefined;
  } catch (error) {
    if (isPurseError(error)) return error.name;
    throw error;
  }
}
