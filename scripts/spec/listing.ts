import { resolve, type Spec } from "./document.js";
import { isRecord, itemsOf, membersOf, valueAt } from "./json.js";
import { listStatements } from "./provenance.js";
import type { Statement } from "./statement.js";

/**
 * Every statement of the spec on a line of its own: its label, its kind, where it is, and what it says apart from prose.
 * Kept in openapi/statements.txt, so that a statement that disappears or changes is a line of a review and a failing
 * test, whether an example of the spec shows it or not.
 */
export function listingOf(spec: Spec): string {
  const lines = listStatements(spec).map((statement) => {
    const said = saidBy(spec, statement);
    return `${String(statement.provenance).padEnd(10)} ${statement.kind} ${statement.pointer}${said === "" ? "" : ` ${said}`}`;
  });
  return `${lines.join("\n")}\n`;
}

/** Lines that only one of two listings has, marked with `-` and `+`. */
export function differencesOf(kept: string, current: string): string[] {
  const [before, after] = [kept, current].map((text) => text.split("\n").filter((line) => line !== ""));
  const [known, now] = [new Set(before), new Set(after)];
  return [
    ...(before ?? []).filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...(after ?? []).filter((line) => !known.has(line)).map((line) => `+ ${line}`),
  ];
}

/** Words whose values are told; what is inside has lines of its own. */
const words = ["$ref", "type", "const", "enum", "contentMediaType", "url", "scheme", "in", "name"];

function saidBy(spec: Spec, { kind, pointer }: Statement): string {
  const place = pointer.slice(0, pointer.lastIndexOf("/"));
  const name = pointer.slice(pointer.lastIndexOf("/") + 1);
  const holder = valueAt(spec, place.slice(0, place.lastIndexOf("/")));
  switch (kind) {
    case "operation":
      return operationFacts(valueAt(spec, pointer));
    case "path":
    case "required member":
    case "enum value":
      return "";
    case "constraint":
      return JSON.stringify(valueAt(holder, `/${name}`));
    case "parameter":
      return pointer.includes("x-parameter-provenance") ? "" : nodeFacts(valueAt(spec, pointer));
    case "response":
      return bodyFacts(resolve(spec, valueAt(holder, `/responses/${name}`) as { $ref?: string })); // By OpenAPI.
    case "request body":
    case "shared response":
      return bodyFacts(valueAt(spec, pointer));
    case "shared parameter": {
      const node = valueAt(spec, pointer);
      return `${nodeFacts(node)} ${nodeFacts(valueAt(node, "/schema"))}`;
    }
    case "property":
    case "schema":
    case "response header":
    case "security scheme":
    case "server":
      return nodeFacts(valueAt(spec, pointer));
  }
}

function operationFacts(node: unknown): string {
  const alternatives = itemsOf(valueAt(node, "/security")).map((each) =>
    membersOf(each).map(([name]) => name),
  );
  const key = valueAt(node, "/x-purse-idempotency");
  return [
    valueAt(node, "/operationId"),
    JSON.stringify(alternatives),
    key === undefined ? "" : JSON.stringify(key),
  ]
    .join(" ")
    .trim();
}

function bodyFacts(node: unknown): string {
  const required = valueAt(node, "/required") === true ? ["required"] : [];
  const media = membersOf(valueAt(node, "/content")).map(
    ([type, content]) => `${type} ${nodeFacts(valueAt(content, "/schema"))}`,
  );
  return [...required, ...media].join(" ");
}

function nodeFacts(node: unknown): string {
  if (!isRecord(node)) return "";
  const own = words.flatMap((word) =>
    node[word] === undefined ? [] : [`${word}=${JSON.stringify(node[word])}`],
  );
  const items = isRecord(node["items"]) ? [`items(${nodeFacts(node["items"])})`] : [];
  const combined = ["allOf", "anyOf", "oneOf"].flatMap((word) =>
    node[word] === undefined ? [] : [`${word}(${itemsOf(node[word]).map(nodeFacts).join(" | ")})`],
  );
  const others = node["additionalProperties"];
  const open = isRecord(others) ? [`others(${nodeFacts(others)})`] : [];
  return [...own, ...items, ...combined, ...open].join(" ").replaceAll("#/components/schemas/", "");
}
