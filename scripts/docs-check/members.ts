import { listOperations, requestSchema, type Schema, type Spec } from "../spec/document.js";
import { itemsOf, valueAt } from "../spec/json.js";
import { partsOf } from "../spec/schemas.js";
import type { Difference } from "./difference.js";
import type { Page, ProseLine } from "./page.js";
import type { Section } from "./sections.js";

/** A member of a request as the page describes it: its name, and what follows it up to the next one. */
interface ShownMember {
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

interface Member {
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly requiredProvenance: unknown;
}

/** Required members, values, defaults and bounds of each request, where the page describes its members. */
export function memberDifferences(spec: Spec, page: Page): Difference[] {
  return page.sections.flatMap((section) => {
    const members = membersOfRequest(spec, section.operationId);
    const shown = shownMembers(section, members);
    if (shown.length === 0) return [];
    const compared = shown.flatMap((member) => compare(section.operationId, member, members));
    return [...compared, ...goneMembers(section.operationId, shown, members)];
  });
}

function membersOfRequest(spec: Spec, operationId: string): ReadonlyMap<string, Member> {
  const placed = listOperations(spec).find(({ operation }) => operation.operationId === operationId);
  const request = placed === undefined ? undefined : requestSchema(placed.operation);
  if (request === undefined) return new Map();
  const parts = partsOf(spec, { name: operationId, schema: request.schema });
  return new Map(
    parts.flatMap(({ schema: { properties = {}, required = [], ...schema } }) =>
      Object.entries(properties).map(([name, member]): [string, Member] => [
        name,
        {
          schema: Object.assign(
            {},
            ...partsOf(spec, { name, schema: member }).map((part) => part.schema),
            member,
          ) as Schema, // Keywords of one schema.
          isRequired: required.includes(name),
          requiredProvenance: valueAt(schema, `/x-required-provenance/${name}`),
        },
      ]),
    ),
  );
}

const longestBlockLines = 8;
/** Words of a description of a member, by which a line that begins with a name is told from a sentence. */
const facet =
  /\brequired\b|\bdefault\b|\benum\b|[<>]=?\s*\d|\bstring\b|\binteger\b|\bobject\b|\bboolean\b|\barray\b/i;

function shownMembers({ lines }: Section, members: ReadonlyMap<string, Member>): ShownMember[] {
  const shown: ShownMember[] = [];
  for (const [index, { line, text }] of lines.entries()) {
    const name = nameOn(text, members);
    if (name === undefined) continue;
    const following: ProseLine[] = [];
    for (const next of lines.slice(index + 1, index + 1 + longestBlockLines)) {
      if (nameOn(next.text, members) !== undefined) break;
      following.push(next);
    }
    // A line that is more than a name tells all there is.
    const isWhole = text.trim() !== name;
    const block = isWhole ? text : [text, ...following.map((next) => next.text)].join("\n");
    if (facet.test(block)) shown.push({ name, line, text: block.trim().slice(name.length) });
  }
  return shown;
}

function nameOn(text: string, members: ReadonlyMap<string, Member>): string | undefined {
  const [, name, rest = ""] = /^\s*([a-z][a-z0-9_]*)(?:$|[\s:,]+(.*)$)/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const isAlone = rest.trim() === "" || rest.trim() === "required";
  const isKnown = members.has(name);
  // A member that we do not have is told only by what follows its name.
  if (!isKnown && !(name.includes("_") && facet.test(rest))) return undefined;
  return isAlone || facet.test(rest) ? name : undefined;
}

function compare(
  operationId: string,
  { name, line, text }: ShownMember,
  members: ReadonlyMap<string, Member>,
): Difference[] {
  const member = members.get(name);
  const differs = (what: string, theirs: string, ours: string): Difference => ({
    kind: "member-change",
    subject: `${operationId} ${name}: ${what}`,
    detail: `${theirs} in the page, ${ours} in the spec`,
    places: [{ line }],
  });
  if (member === undefined)
    return [{ kind: "undeclared-member", subject: `${operationId} ${name}`, detail: "", places: [{ line }] }];
  const isRequired = /\brequired\b/i.test(text);
  return [
    ...(isRequired === member.isRequired
      ? []
      : [
          differs(
            "required",
            isRequired ? "required" : "optional",
            member.isRequired ? "required" : "optional",
          ),
        ]),
    ...compareFacet(
      "default",
      /\bdefault(?: value)?(?: is|:)?\s*["'`]?([\w.-]+)/i,
      text,
      member.schema["default"],
      differs,
    ),
    ...compareFacet("least value", />=\s*(\d+)(?!\s*char)/, text, boundOf(member.schema, "minimum"), differs),
    ...compareFacet("longest text", /<=\s*(\d+)\s*char/i, text, member.schema["maxLength"], differs),
    ...compareValues(text, member.schema, differs),
  ];
}

type Differs = (what: string, theirs: string, ours: string) => Difference;

/** A page need not tell a default or a bound; one that it tells must be ours. */
function compareFacet(
  what: string,
  pattern: RegExp,
  text: string,
  ours: unknown,
  differs: Differs,
): Difference[] {
  const [, theirs] = pattern.exec(text) ?? [];
  const told = ours === undefined ? "none" : typeof ours === "string" ? ours : JSON.stringify(ours);
  if (theirs === undefined || told === theirs) return [];
  return [differs(what, theirs, told)];
}

function boundOf(schema: Schema, word: string): unknown {
  return schema[word];
}

function compareValues(text: string, schema: Schema, differs: Differs): Difference[] {
  const [, list] = /\benum:?\s*((?:["'`][\w.-]+["'`][,\s]*)+)/i.exec(text) ?? [];
  if (list === undefined) return [];
  const theirs = [...list.matchAll(/[A-Za-z][\w.-]+/g)].map(([value]) => value);
  const closed = [...itemsOf(schema["enum"]), ...("const" in schema ? [schema["const"]] : [])].map(String);
  const ours = [...closed, ...itemsOf(schema["x-extensible-enum"]).map(String)];
  const isSame = theirs.length === ours.length && theirs.every((value) => ours.includes(value));
  return isSame ? [] : [differs("values", theirs.join(", "), ours.join(", "))];
}

function goneMembers(
  operationId: string,
  shown: readonly ShownMember[],
  members: ReadonlyMap<string, Member>,
): Difference[] {
  const names = shown.map(({ name }) => name);
  return [...members]
    .filter(([name, { isRequired, requiredProvenance }]) => {
      return isRequired && requiredProvenance === "documented" && !names.includes(name);
    })
    .map(([name]) => ({
      kind: "member-gone",
      subject: `${operationId} ${name}`,
      detail: "required",
      places: [],
    }));
}
