import type { Ajv2020 } from "ajv/dist/2020.js";
import type { Spec } from "../spec/document.js";
import { schemaId } from "../spec/validator.js";
import { itemsOf, leavesOf, sameJson } from "../spec/json.js";
import type { Body } from "../spec/operations.js";
import type { Candidate, DocumentedExample } from "./documented.js";
import type { PlacedExample } from "./page.js";
import { walk } from "./walk.js";

/** What an example of the page was found to be. */
export interface Match {
  readonly example: PlacedExample;
  readonly candidate: Candidate;
  readonly body: Body;
  /** Its counterpart in the spec. */
  readonly documented: DocumentedExample | undefined;
}

/** Below this share of declared members an example is none of ours. */
const leastFit = 0.5;
/** Below this share of common members two examples are not the same one, changed. */
const leastLikeness = 0.5;
/** A body of the operation whose title stands before the example is preferred where the rest is near equal. */
const preferenceOfOrder = 0.25;

/** The matches, and the examples that fit no schema of the spec. */
export function matchExamples(
  spec: Spec,
  ajv: Ajv2020,
  candidates: readonly Candidate[],
  examples: readonly PlacedExample[],
): { matches: Match[]; unplaced: PlacedExample[] } {
  const chosen = examples.map((example) => ({
    example,
    candidate: bestCandidate(spec, ajv, candidates, example),
  }));
  const counterparts = pairUp(chosen);
  const matches: Match[] = [];
  const unplaced: PlacedExample[] = [];
  for (const { example, candidate } of chosen) {
    const documented = counterparts.get(example);
    const body = candidate === undefined ? undefined : bodyFor(candidate, example, documented);
    if (candidate === undefined || body === undefined) unplaced.push(example);
    else matches.push({ example, candidate, body, documented });
  }
  return { matches, unplaced };
}

function bestCandidate(
  spec: Spec,
  ajv: Ajv2020,
  candidates: readonly Candidate[],
  example: PlacedExample,
): Candidate | undefined {
  let best: { candidate: Candidate; score: number } | undefined;
  for (const candidate of candidates) {
    const score = scoreOf(spec, ajv, candidate, example);
    if (score !== undefined && (best === undefined || score > best.score)) best = { candidate, score };
  }
  return best?.candidate;
}

/** Shares between 0 and 1: of declared members, missing ones, faulty ones and of those an example of ours has too. */
function scoreOf(spec: Spec, ajv: Ajv2020, candidate: Candidate, example: PlacedExample): number | undefined {
  const sites = walk(spec, candidate.schema, example.value);
  const fit = sites.filter(({ isDeclared }) => isDeclared).length / sites.length;
  const likeness = Math.max(
    0,
    ...candidate.documented.map(({ value }) => shapeLikeness(value, example.value)),
  );
  const topLevel = sites.filter(({ pointer }) => pointer.lastIndexOf("/") === 0);
  const topFit = topLevel.filter(({ isDeclared }) => isDeclared).length / Math.max(topLevel.length, 1);
  if (Math.min(fit, topFit) < leastFit) return undefined;
  const errors = errorsOf(ajv, candidate, example.value);
  const required = itemsOf(candidate.schema.schema.required).length;
  const missing = errors.filter(
    ({ keyword, instancePath }) => keyword === "required" && instancePath === "",
  ).length;
  const faulty = errors.filter(({ keyword }) => ["type", "const", "enum"].includes(keyword));
  const faultyPlaces = new Set(faulty.map(({ instancePath }) => instancePath)).size;
  const isNext = candidate.bodies.some(({ operationId }) => operationId === example.after);
  return (
    fit +
    topFit +
    likeness -
    missing / Math.max(required, 1) -
    faultyPlaces / sites.length +
    (isNext ? preferenceOfOrder : 0)
  );
}

export function errorsOf(ajv: Ajv2020, candidate: Candidate, value: unknown) {
  const validate = ajv.getSchema(schemaId(`#/components/schemas/${candidate.schema.name}`));
  if (validate === undefined) throw new Error(`no validator for ${candidate.schema.name}`);
  void validate(value);
  return validate.errors ?? [];
}

/** Gives each example of the page the likest of the spec's that no other is more like. */
function pairUp(
  chosen: readonly { example: PlacedExample; candidate: Candidate | undefined }[],
): Map<PlacedExample, DocumentedExample> {
  const pairs = chosen.flatMap(({ example, candidate }) =>
    (candidate?.documented ?? [])
      .filter(({ value }) => shapeLikeness(value, example.value) >= leastLikeness)
      .map((documented) => ({ example, documented, likeness: likenessOf(documented, example) })),
  );
  pairs.sort((left, right) => right.likeness - left.likeness);
  const counterparts = new Map<PlacedExample, DocumentedExample>();
  const taken = new Set<DocumentedExample>();
  for (const { example, documented } of pairs) {
    if (counterparts.has(example) || taken.has(documented)) continue;
    counterparts.set(example, documented);
    taken.add(documented);
  }
  return counterparts;
}

function likenessOf({ value, body }: DocumentedExample, example: PlacedExample): number {
  const [ours, theirs] = [leavesOf(value), leavesOf(example.value)];
  const equal = [...ours].filter(
    ([pointer, leaf]) => theirs.has(pointer) && sameJson(theirs.get(pointer), leaf),
  );
  const all = new Set([...ours.keys(), ...theirs.keys()]).size;
  return equal.length / all + (body.operationId === example.after ? preferenceOfOrder : 0);
}

function shapeLikeness(left: unknown, right: unknown): number {
  const [ours, theirs] = [shapeOf(left), shapeOf(right)];
  const common = [...ours].filter((pointer) => theirs.has(pointer)).length;
  return common / new Set([...ours, ...theirs]).size;
}

/** The pointers of an example's leaves, the items of a list being alike. */
function shapeOf(value: unknown): Set<string> {
  return new Set([...leavesOf(value).keys()].map((pointer) => pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*")));
}

function bodyFor(
  { bodies }: Candidate,
  example: PlacedExample,
  documented: DocumentedExample | undefined,
): Body | undefined {
  return bodies.find(({ operationId }) => operationId === example.after) ?? documented?.body ?? bodies[0];
}
