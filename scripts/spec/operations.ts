import { listOperations, type Spec } from "./document.js";
import { isRecord, itemsOf, membersOf, step, valueAt } from "./json.js";

/** A node of the spec and where it is written down, after following references. */
interface SpecNode {
  readonly pointer: string;
  readonly node: Record<string, unknown>;
}

/** What stands at a pointer, or where the `$ref` there leads. */
function nodeAt(spec: Spec, pointer: string): SpecNode {
  const node = valueAt(spec, pointer);
  if (!isRecord(node)) throw new Error(`the spec has no object at ${pointer}`);
  return typeof node["$ref"] === "string" ? nodeAt(spec, node["$ref"].slice(1)) : { pointer, node };
}

/** One body that an operation takes or gives. */
export interface Body {
  readonly operationId: string;
  readonly direction: "request" | "response";
  /** `200`; empty for requests. */
  readonly status: string;
  readonly schema: string;
  readonly examples: readonly { readonly key: string; readonly pointer: string; readonly value: unknown }[];
}

function operationPointer(path: string, method: string): string {
  return step(step("/paths", path), method.toLowerCase());
}

/** The bodies of all operations; those of webhooks, which are no operations of the API, are left out. */
export function listBodies(spec: Spec): Body[] {
  return listOperations(spec).flatMap(({ path, method, operation }) => {
    const pointer = operationPointer(path, method);
    const { operationId } = operation;
    const request = operation.requestBody === undefined ? [] : [step(pointer, "requestBody")];
    const responses = membersOf(valueAt(spec, step(pointer, "responses"))).map(([status]) => status);
    return [
      ...request.flatMap((place) =>
        contentOf(spec, place, { operationId, direction: "request", status: "" }),
      ),
      ...responses.flatMap((status) =>
        contentOf(spec, step(step(pointer, "responses"), status), {
          operationId,
          direction: "response",
          status,
        }),
      ),
    ];
  });
}

function contentOf(
  spec: Spec,
  place: string,
  head: Pick<Body, "operationId" | "direction" | "status">,
): Body[] {
  const { pointer, node } = nodeAt(spec, place);
  return membersOf(node["content"]).flatMap(([mediaType, media]) => {
    const reference = valueAt(media, "/schema/$ref");
    if (typeof reference !== "string") return [];
    const examples = step(step(step(pointer, "content"), mediaType), "examples");
    return [
      {
        ...head,
        schema: reference.slice(reference.lastIndexOf("/") + 1),
        examples: membersOf(valueAt(spec, examples)).map(([key]) => {
          const example = nodeAt(spec, step(examples, key));
          return { key, pointer: example.pointer, value: example.node["value"] };
        }),
      },
    ];
  });
}

export interface ListedResponse {
  readonly operationId: string;
  readonly status: string;
  readonly provenance: unknown;
}

export function listResponses(spec: Spec): ListedResponse[] {
  return listOperations(spec).flatMap(({ path, method, operation: { operationId } }) => {
    const pointer = operationPointer(path, method);
    const labels = new Map(membersOf(valueAt(spec, step(pointer, "x-response-provenance"))));
    return membersOf(valueAt(spec, step(pointer, "responses"))).map(([status]) => ({
      operationId,
      status,
      provenance: labels.get(status),
    }));
  });
}

/** The names of the headers that the spec describes, with their provenance. */
export function headerNames(spec: Spec): { name: string; provenance: unknown }[] {
  const nodes = [
    ...membersOf(spec.components?.parameters),
    ...membersOf(spec.components?.["securitySchemes"]),
    ...listOperations(spec).flatMap(({ operation }) =>
      itemsOf(operation.parameters).map((node) => ["", node] as const),
    ),
  ].map(([, node]) => node);
  return nodes.flatMap((node) => {
    if (!isRecord(node) || node["in"] !== "header" || typeof node["name"] !== "string") return [];
    return [{ name: node["name"], provenance: node["x-provenance"] }];
  });
}
