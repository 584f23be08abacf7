import type { Spec } from "../spec/document.js";
import { listBodies, type Body } from "../spec/operations.js";
import { componentOf, type NamedSchema } from "../spec/schemas.js";

/** An example that the spec took from the vendor's page. */
export interface DocumentedExample {
  /** Its name under `components/examples`, or where it is used when it stands there. */
  readonly name: string;
  readonly value: unknown;
  readonly body: Body;
}

/** A schema in one direction, with the bodies it describes: what an example can be an example of. */
export interface Candidate {
  readonly schema: NamedSchema;
  readonly direction: Body["direction"];
  readonly bodies: readonly Body[];
  readonly documented: readonly DocumentedExample[];
}

/** Examples under this key are the vendor's; those under other keys were made up. */
const documentedKey = "documented";

export function listCandidates(spec: Spec): Candidate[] {
  const groups = new Map<string, Body[]>();
  for (const body of listBodies(spec)) {
    const key = `${body.direction} ${body.schema}`;
    groups.set(key, [...(groups.get(key) ?? []), body]);
  }
  return [...groups.values()].flatMap((bodies) => {
    const [first] = bodies;
    if (first === undefined) return [];
    const schema = componentOf(spec, first.schema);
    return [{ schema, direction: first.direction, bodies, documented: documentedIn(bodies) }];
  });
}

/** An example that several operations share counts once. */
function documentedIn(bodies: readonly Body[]): DocumentedExample[] {
  const found = new Map<string, DocumentedExample>();
  for (const body of bodies) {
    for (const { key, pointer, value } of body.examples) {
      if (key !== documentedKey || found.has(pointer)) continue;
      const isShared = pointer.startsWith("/components/examples/");
      const name = isShared ? pointer.slice(pointer.lastIndexOf("/") + 1) : nameOf(body);
      found.set(pointer, { name, value, body });
    }
  }
  return [...found.values()];
}

export function nameOf({ operationId, direction, status }: Body): string {
  return `${operationId} ${direction}${status === "" ? "" : ` ${status}`}`;
}
