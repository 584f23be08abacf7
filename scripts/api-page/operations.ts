import { requestSchema, resolve, type PlacedOperation, type Schema, type Spec } from "../spec/document.js";
import { isRecord, membersOf, valueAt } from "../spec/json.js";
import { methodOf } from "./methods.js";

/** One operation as the page tells it. */
export interface DescribedOperation extends PlacedOperation {
  readonly operationId: string;
  readonly node: Record<string, unknown>;
  /** `payments.capture` */
  readonly sdkMethod: string;
  /** `id, params, options?` */
  readonly sdkArguments: readonly string[];
  readonly request: Schema | undefined;
  readonly responses: readonly DescribedResponse[];
}

export interface DescribedResponse {
  readonly status: string;
  readonly node: Record<string, unknown>;
  readonly mediaType: string;
  readonly schema: Schema;
  /** The first of its examples. */
  readonly example: unknown;
}

/** @throws Error when an operation has no method in the table, or the table has one that the spec does not know. */
export function describeOperations(spec: Spec, placed: readonly PlacedOperation[]): DescribedOperation[] {
  const ids = placed.map(({ operation }) => operation.operationId);
  const strays = Object.keys(methodOf).filter((id) => !ids.includes(id));
  if (strays.length > 0)
    throw new Error(`methods.ts names operations that the spec lacks: ${strays.join(", ")}`);
  return placed.map((entry) => {
    const { operationId } = entry.operation;
    const sdkMethod = methodOf[operationId];
    if (sdkMethod === undefined)
      throw new Error(`methods.ts does not say which method performs ${operationId}`);
    const node = valueAt(spec.paths[entry.path], `/${entry.method.toLowerCase()}`);
    if (!isRecord(node)) throw new Error(`${operationId} is no object`);
    const request = requestSchema(entry.operation)?.schema;
    const responses = membersOf(node["responses"]).map(([status, response]) =>
      describeResponse(spec, status, response),
    );
    return {
      ...entry,
      operationId,
      node,
      sdkMethod,
      sdkArguments: argumentsOf(spec, entry),
      request,
      responses,
    };
  });
}

/** Bodies that can have one value only are the client's business. */
function argumentsOf(spec: Spec, { path, operation }: PlacedOperation): string[] {
  if (operation.operationId === "createAccessToken") return [];
  const request = requestSchema(operation)?.schema;
  const members = Object.values(request === undefined ? {} : (resolve(spec, request).properties ?? {}));
  const takesParams = members.some((member) => member["const"] === undefined);
  return [...(path.includes("{id}") ? ["id"] : []), ...(takesParams ? ["params"] : []), "options?"];
}

function describeResponse(spec: Spec, status: string, response: unknown): DescribedResponse {
  const node = resolve(spec, response as { $ref?: string }) as Record<string, unknown>; // By OpenAPI.
  const [mediaType = "", media] = membersOf(node["content"])[0] ?? [];
  const schema = valueAt(media, "/schema");
  if (!isRecord(schema)) throw new Error(`the answer ${status} has no schema`);
  return { status, node, mediaType, schema, example: firstExample(spec, valueAt(media, "/examples")) };
}

/** The value of the first example, in either of the two places for one. */
export function firstExample(spec: Spec, examples: unknown): unknown {
  const example = membersOf(examples)[0]?.[1];
  return isRecord(example) ? resolve(spec, example as { $ref?: string; value?: unknown }).value : undefined;
}
