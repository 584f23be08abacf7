import { isRecord, itemsOf, membersOf } from "./json.js";

type Node = Record<string, unknown>;

/**
 * The description for people who read it rendered: what stands in `x-` extensions, which a renderer does not show, is told
 * in the texts. A member says where it comes from, an operation and a schema what is known of their parts.
 */
export function withSourcesTold(document: unknown): unknown {
  const titles = new Map(
    membersOf(isRecord(document) ? document["x-sources"] : undefined).map(([key, source]) => [
      key,
      isRecord(source) ? String(source["title"]) : key,
    ]),
  );
  return tell(document, titles);
}

function tell(node: unknown, titles: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((item) => tell(item, titles));
  if (!isRecord(node)) return node;
  const told = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      // Examples hold data; what is in them is no statement.
      name === "examples" || name === "example" ? value : tell(value, titles),
    ]),
  );
  const sentences = [...partsOf(node), ...sourceOf(node, titles)];
  if (sentences.length > 0)
    told["description"] = [textOf(node["description"]), ...sentences]
      .filter((text) => text !== "")
      .join("\n\n");
  const labels = new Map(membersOf(node["x-enum-provenance"]));
  if (labels.size > 0) {
    const meanings = new Map(membersOf(node["x-enumDescriptions"]));
    told["x-enumDescriptions"] = Object.fromEntries(
      [...labels].map(([value, label]) => [
        value,
        `${textOf(meanings.get(value))} (${String(label)})`.trim(),
      ]),
    );
  }
  return told;
}

function sourceOf(node: Node, titles: ReadonlyMap<string, string>): string[] {
  const { "x-provenance": label, "x-source": source } = node;
  if (typeof label !== "string" || typeof source !== "string") return [];
  return [`Source: ${label} (${titles.get(source) ?? source}).`];
}

const parts: readonly (readonly [keyword: string, title: string])[] = [
  ["x-parameter-provenance", "Parameters"],
  ["x-response-provenance", "Answers"],
  ["x-required-provenance", "Required"],
  ["x-constraint-provenance", "Constraints"],
];

function partsOf(node: Node): string[] {
  const path = textOf(node["x-path-provenance"]);
  const lists = parts.flatMap(([keyword, title]) => {
    const labels = membersOf(node[keyword]).map(([name, label]) => `\`${name}\` ${String(label)}`);
    return labels.length === 0 ? [] : [`${title}: ${labels.join(", ")}.`];
  });
  return [[...(path === "" ? [] : [`Path: ${path}.`]), ...lists].join(" ")].filter((text) => text !== "");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

/** The sources as a list, for the introduction. */
export function sourceList(document: unknown): string {
  const sources = membersOf(isRecord(document) ? document["x-sources"] : undefined);
  const lines = sources.map(([key, source]) => {
    const { title, url } = isRecord(source) ? source : {};
    return `- \`${key}\`: ${typeof url === "string" ? `[${String(title)}](${url})` : String(title)}`;
  });
  const repairs = itemsOf(isRecord(document) ? document["x-example-repairs"] : undefined).length;
  return [
    `## Sources`,
    "",
    ...lines,
    "",
    `${String(repairs)} changes to documented examples are declared.`,
  ].join("\n");
}
