import type { Schema, Spec } from "../spec/document.js";
import { membersOf } from "../spec/json.js";
import { partsOf } from "../spec/schemas.js";

const marks: Readonly<Record<string, string>> = { documented: "D", example: "E", inferred: "I", guess: "G" };

/** The letter for a provenance. */
export function markOf(node: Record<string, unknown>): string {
  return markFor(node["x-provenance"]);
}

/** The letter for what is attached to a node, such as a status to an operation. */
export function attachedMarkOf(node: Record<string, unknown>, keyword: string, name: string): string {
  return markFor(new Map(membersOf(node[keyword])).get(name));
}

function markFor(word: unknown): string {
  const mark = typeof word === "string" ? marks[word] : undefined;
  if (mark === undefined) throw new Error(`no provenance, or an unknown one: ${JSON.stringify(word)}`);
  return mark;
}

/** What a node says of itself. */
export function textOf(node: Record<string, unknown>): string {
  const description = oneLine(node["description"]);
  if (description === "") throw new Error(`no description: ${JSON.stringify(node)}`);
  return description;
}

function oneLine(text: unknown): string {
  return typeof text === "string" ? text.trim().replaceAll(/\s+/g, " ") : "";
}

/** What the service takes where a member is left out, if the spec says so. */
function defaultOf({ default: value }: Schema): string {
  return value === undefined
    ? ""
    : ` Default: \`${typeof value === "string" ? value : JSON.stringify(value)}\`.`;
}

/** A table of the members of an object; nothing when it has none. */
export function memberTable(spec: Spec, node: Schema): string[] {
  const parts = partsOf(spec, { name: "", schema: node }).map((part) => part.schema);
  const members = parts.flatMap(({ properties = {} }) => Object.entries(properties));
  const required = parts.flatMap((part) => part.required ?? []);
  if (members.length === 0) return [];
  return [
    "| name | type | required | description | source |",
    "| --- | --- | --- | --- | --- |",
    ...members.map(([name, member]) => {
      const cells = [
        `\`${name}\``,
        typeOf(member),
        required.includes(name) ? "yes" : "",
        textOf(member) + defaultOf(member),
        markOf(member),
      ];
      return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    }),
    "",
  ];
}

/** A type in words, with links to the schemas that the page describes. */
export function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return linkTo(nameOf(schema.$ref));
  const values = schema["enum"];
  if (Array.isArray(values)) return values.map((value) => `\`${String(value)}\``).join(" or ");
  if (typeof schema["const"] === "string") return `always \`${schema["const"]}\``;
  if (schema["x-extensible-enum"] !== undefined) return listOf(schema);
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  const variants = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  if (variants.length > 0) return variants.map(typeOf).join(" or ");
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "anything");
  return typeof schema["format"] === "string" ? `${type} (${schema["format"]})` : type;
}

/** The known values of an open list. */
export function listOf(schema: Schema): string {
  const values = (schema["x-extensible-enum"] ?? []).map((value) => `\`${value}\``);
  return `${values.join(", ")} or another string`;
}

export function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

function linkTo(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}
