import type { Spec } from "./document.js";
import { isRecord, itemsOf, membersOf, step, valueAt } from "./json.js";
import type { Statement, StatementKind } from "./statement.js";

/**
 * What is attached to an operation or to a schema has a provenance of its own, in a map beside it. Without one, an answer
 * that ten operations refer to would pass for documented in all ten.
 */
interface Attachment {
  readonly keyword: string;
  readonly kind: StatementKind;
  /** What there is to be labelled. */
  readonly listed: (spec: Spec, node: Record<string, unknown>) => string[];
}

/** `enum` and `const` are left out: closed lists are part of what their property states. */
const constraintWords = [
  ...["format", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "default"],
];

const attachments: readonly Attachment[] = [
  { keyword: "x-response-provenance", kind: "response", listed: (_spec, node) => keysOf(node["responses"]) },
  { keyword: "x-parameter-provenance", kind: "parameter", listed: sharedParameters },
  {
    keyword: "x-required-provenance",
    kind: "required member",
    listed: (_spec, node) => itemsOf(node["required"]).map(String),
  },
  { keyword: "x-constraint-provenance", kind: "constraint", listed: constraintsOf },
  {
    keyword: "x-enum-provenance",
    kind: "enum value",
    listed: (_spec, node) => itemsOf(node["x-extensible-enum"]).map(String),
  },
];
const pathKeyword = "x-path-provenance";

export function attachedStatements(spec: Spec, pointer: string, node: unknown): Statement[] {
  if (!isRecord(node)) return [];
  const path: Statement[] = pointer.startsWith("/paths/")
    ? [{ kind: "path", pointer: step(pointer, pathKeyword), provenance: node[pathKeyword], isAttached: true }]
    : [];
  const others = attachments.flatMap(({ keyword, kind, listed }) => {
    const labels = new Map(membersOf(node[keyword]));
    return listed(spec, node).map((name): Statement => {
      const place = step(step(pointer, keyword), name);
      return { kind, pointer: place, provenance: labels.get(name), isAttached: true };
    });
  });
  return [...path, ...others];
}

/** Labels of what is not there. */
export function findUnattached(spec: Spec, pointer: string, node: unknown): string[] {
  if (!isRecord(node)) return [];
  return attachments.flatMap(({ keyword, kind, listed }) => {
    const names = listed(spec, node);
    return keysOf(node[keyword])
      .filter((name) => !names.includes(name))
      .map((name) => `${step(step(pointer, keyword), name)}: there is no such ${kind}`);
  });
}

function keysOf(node: unknown): string[] {
  return membersOf(node).map(([name]) => name);
}

/** By name. Those written into the operation have labels of their own. */
function sharedParameters(spec: Spec, node: Record<string, unknown>): string[] {
  return itemsOf(node["parameters"]).flatMap((parameter) => {
    const reference = isRecord(parameter) ? parameter["$ref"] : undefined;
    if (typeof reference !== "string") return [];
    return [String(valueAt(spec, `${reference.slice(1)}/name`))];
  });
}

function constraintsOf(_spec: Spec, node: Record<string, unknown>): string[] {
  // Beside `in` and `name` these words belong to a parameter, whose schema has its own.
  const own = constraintWords.filter((word) => node[word] !== undefined);
  return node["additionalProperties"] === false ? [...own, "additionalProperties"] : own;
}
