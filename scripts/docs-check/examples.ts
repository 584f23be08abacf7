import type { Ajv2020 } from "ajv/dist/2020.js";
import type { Spec } from "../spec/document.js";
import { leavesOf, sameJson, step } from "../spec/json.js";
import { shortJson, type Difference, type Place } from "./difference.js";
import { nameOf } from "./documented.js";
import { errorsOf, type Match } from "./matching.js";
import { repair, type listRepairs } from "./repairs.js";
import type { ValueList } from "./values.js";
import { walk, type Site } from "./walk.js";

export interface ExaminedExample {
  readonly differences: readonly Difference[];
  readonly repairs: number;
  readonly members: number;
  /** Values shown, by the schema that lists values there. */
  readonly shown: readonly { readonly list: ValueList; readonly value: string }[];
}

interface Fault extends Difference {
  readonly pointer: string;
}

/** Compares an example of the page with its schema and with its counterpart in the spec. */
export function examineExample(
  spec: Spec,
  ajv: Ajv2020,
  lists: readonly ValueList[],
  repairs: ReturnType<typeof listRepairs>,
  match: Match,
): ExaminedExample {
  const { example, candidate, documented } = match;
  const { value, applied } = repair(example.value, documented?.name ?? "", repairs);
  const sites = walk(spec, candidate.schema, value);
  const placeOf = (pointer: string): Place => ({
    line: example.line,
    at: `${nameOf(match.body)} ${pointer}`.trim(),
  });
  const faults = [
    ...undeclaredMembers(sites, placeOf),
    ...brokenRules(ajv, match, value, sites, placeOf),
    ...unknownValues(sites, lists, placeOf),
  ];
  const shown = sites.flatMap((site) =>
    listsAt(site, lists).map((list) => ({ list, value: String(site.value) })),
  );
  return {
    differences: [...faults.map(withoutPointer), ...changes(match, value, faults)],
    repairs: applied,
    members: sites.filter(({ pointer }) => pointer !== "" && !/\/\d+$/.test(pointer)).length,
    shown,
  };
}

function withoutPointer({ kind, subject, detail, places }: Fault): Difference {
  return { kind, subject, detail, places };
}

function undeclaredMembers(sites: readonly Site[], placeOf: (pointer: string) => Place): Fault[] {
  return sites
    .filter(({ isDeclared }) => !isDeclared)
    .map(({ pointer, name, value }) => ({
      kind: "undeclared-member",
      subject: name,
      detail: shortJson(value),
      places: [placeOf(pointer)],
      pointer,
    }));
}

function listsAt({ parts, value }: Site, lists: readonly ValueList[]): ValueList[] {
  if (typeof value !== "string") return [];
  return lists.filter(({ schema }) => parts.some((part) => part.schema === schema));
}

function unknownValues(
  sites: readonly Site[],
  lists: readonly ValueList[],
  placeOf: (pointer: string) => Place,
): Fault[] {
  return sites.flatMap((site) =>
    listsAt(site, lists)
      .filter(({ values }) => !values.some(({ value }) => value === site.value))
      .map(({ name }) => ({
        kind: "unknown-value",
        subject: `${name} ${shortJson(site.value)}`,
        detail: `at ${site.name}`,
        places: [placeOf(site.pointer)],
        pointer: site.pointer,
      })),
  );
}

/** Members and values have been looked at already, so what Ajv says of them is left out. */
const saidOtherwise = ["additionalProperties", "enum", "const"];

function brokenRules(
  ajv: Ajv2020,
  { candidate }: Match,
  value: unknown,
  sites: readonly Site[],
  placeOf: (pointer: string) => Place,
): Fault[] {
  const errors = errorsOf(ajv, candidate, value).filter(({ keyword }) => !saidOtherwise.includes(keyword));
  return errors.map(({ keyword, instancePath, params, message = "" }): Fault => {
    const site = sites.find(({ pointer }) => pointer === instancePath);
    const subject = site?.name ?? candidate.schema.name;
    if (keyword === "type") {
      const detail = `${shortJson(site?.value)} ${message.replace("must be", "is not")}`;
      return { kind: "type-change", subject, detail, places: [placeOf(instancePath)], pointer: instancePath };
    }
    const missing: unknown = keyword === "required" ? params["missingProperty"] : undefined;
    if (typeof missing === "string") {
      const pointer = step(instancePath, missing);
      const detail = "required, but not in the example";
      return {
        kind: "broken-rule",
        subject: `${site?.parts.at(-1)?.name ?? subject}.${missing}`,
        detail,
        places: [placeOf(pointer)],
        pointer,
      };
    }
    const detail = `${shortJson(site?.value)} ${message}`;
    return { kind: "broken-rule", subject, detail, places: [placeOf(instancePath)], pointer: instancePath };
  });
}

/** What changed in an example although the schema allows it both ways. */
function changes(
  { example, body, documented }: Match,
  value: unknown,
  faults: readonly Fault[],
): Difference[] {
  if (documented === undefined) {
    const subject = nameOf(body);
    return [
      { kind: "new-example", subject, detail: shortJson(example.value), places: [{ line: example.line }] },
    ];
  }
  const [ours, theirs] = [leavesOf(documented.value), leavesOf(value)];
  const pointers = [...new Set([...theirs.keys(), ...ours.keys()])];
  return pointers
    .filter((pointer) => !sameJson(ours.get(pointer), theirs.get(pointer)) || !theirs.has(pointer))
    .filter(
      (pointer) =>
        !faults.some((fault) => pointer === fault.pointer || pointer.startsWith(`${fault.pointer}/`)),
    )
    .map((pointer) => ({
      kind: "changed-example",
      subject: `${documented.name} ${pointer}`,
      detail: `${inWords(theirs, pointer)} in the page, ${inWords(ours, pointer)} in the spec`,
      places: [{ line: example.line }],
    }));
}

function inWords(leaves: ReadonlyMap<string, unknown>, pointer: string): string {
  return leaves.has(pointer) ? shortJson(leaves.get(pointer)) : "absent";
}
