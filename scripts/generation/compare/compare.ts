import {
  isObject,
  memberOf,
  objectAt,
  objectsAt,
  resolveNode,
  stringAt,
  type JsonObject,
} from "../read/json.js";
import { operationsOf, schemaReference, type Placed } from "../read/openapi-walk.js";
import { operationWithId } from "../read/operation-parts.js";
import { sayTo, type Change } from "./change.js";
import { compareContents, compareOperations, headingOf } from "./compare-operations.js";
import { compareRemaining, type Report } from "./compare-parameters.js";
import { createComparison, type Comparison, type Pair, type Step } from "./compare-schemas.js";
import { compareSchemes } from "./compare-security.js";
import { likeness } from "./similar.js";

/** What differs between two descriptions in the committed one's form, as callers of the SDK see it. */
export function compare(documents: Pair): Change[] {
  const comparison = createComparison(documents);
  const reports: Report[] = [
    compareServers(documents),
    compareSecuritySchemes(documents),
    ...compareAllOperations(comparison, documents),
    ...compareWebhooks(comparison, documents),
  ];
  const reached = new Set(reports.flatMap(({ steps }) => [...reachable(steps)]));
  const outside = compareOutside(comparison, documents, reached);
  return mergeOperations(collect([...reports, outside]));
}

/** The same change of several operations, such as one of a shared answer, once. */
function mergeOperations(changes: readonly Change[]): Change[] {
  const merged = new Map<string, Change[]>();
  for (const change of changes) {
    const isOfOperation = change.heading.endsWith(")");
    const key = [change.word, change.direction, change.text, isOfOperation ? "" : change.heading].join("\n");
    merged.set(key, [...(merged.get(key) ?? []), change]);
  }
  return [...merged.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const names = [first, ...others].map(({ heading }) => heading.replace(/ \(.*/, ""));
    return [others.length === 0 ? first : { ...first, heading: names.join(", ") }];
  });
}

/** Changes of schemas once, with the number of requests and answers that lead to them. */
function collect(reports: readonly Report[]): Change[] {
  const places = new Map<Step, number>();
  for (const { steps } of reports) {
    for (const entry of steps)
      for (const step of reachable([entry])) places.set(step, (places.get(step) ?? 0) + 1);
  }
  const own = reports.flatMap(({ changes }) => changes);
  const inSchemas = [...places].flatMap(([step, count]) =>
    step.changes.map((change) => ({ ...change, places: count })),
  );
  const merged = new Map<string, Change>();
  for (const change of [...own, ...inSchemas]) {
    const key = [change.word, change.direction, change.heading, change.text].join("\n");
    const known = merged.get(key);
    if (known === undefined) merged.set(key, change);
    else known.places = Math.max(known.places ?? 1, change.places ?? 1);
  }
  return [...merged.values()];
}

function reachable(entries: readonly Step[]): Set<Step> {
  const found = new Set(entries);
  for (const step of found) for (const inner of step.inside) found.add(inner);
  return found;
}

function newReport(heading: string): Report {
  return { heading, changes: [], steps: [] };
}

/** What operations of the same id differ in; those that only one side has are told as such. */
export function compareAllOperations(comparison: Comparison, documents: Pair): Report[] {
  const [before, after] = [operationsOf(documents.before), operationsOf(documents.after)];
  const added = after.filter((theirs) => operationWithId(before, theirs.operation) === undefined);
  const shared = before.map((ours) => {
    const report = newReport(headingOf(ours));
    const theirs = operationWithId(after, ours.operation);
    if (theirs === undefined)
      sayTo(report.changes, report.heading)("breaking", `operation removed${hint(ours, added)}`);
    else compareOperations(comparison, documents, ours, theirs, report);
    return report;
  });
  const created = added.map((theirs) => {
    const report = newReport(headingOf(theirs));
    sayTo(report.changes, report.heading)(
      "compatible",
      "operation added; the facade has no method for it yet",
    );
    return report;
  });
  return [...shared, ...created];
}

/** Of the operations that are new, the one that the missing one has most likely become. */
function hint(ours: Placed, added: readonly Placed[]): string {
  const score = (placed: Placed): number =>
    likeness(ours.path, placed.path) + (placed.method === ours.method ? 0.2 : 0);
  const [best] = [...added].sort((a, b) => score(b) - score(a));
  if (best === undefined || score(best) < 0.7) return "";
  return `; ${best.method.toUpperCase()} ${best.path} looks like ${stringAt(ours.operation, "operationId") ?? ""}`;
}

/** Breaking, because callers have let the known hosts through their firewalls, and credentials go there. */
function compareServers({ before, after }: Pair): Report {
  const report = newReport("servers");
  const theirs = objectsAt(after, "servers");
  for (const server of objectsAt(before, "servers")) {
    const name = stringAt(server, "x-environment");
    const other = theirs.find((candidate) => stringAt(candidate, "x-environment") === name);
    const [was, is] = [stringAt(server, "url") ?? "", stringAt(other, "url") ?? "none"];
    if (was !== is) sayTo(report.changes, report.heading)("breaking", `${name ?? "unnamed"}: ${was} → ${is}`);
  }
  return report;
}

function compareSecuritySchemes(documents: Pair): Report {
  const report = newReport("security schemes");
  compareSchemes(documents, report.changes);
  return report;
}

/** What Purse posts is an answer to us. */
function compareWebhooks(comparison: Comparison, documents: Pair): Report[] {
  const [before, after] = [
    operationsOf(documents.before, "webhooks"),
    operationsOf(documents.after, "webhooks"),
  ];
  const like = (list: readonly Placed[], one: Placed): Placed | undefined =>
    list.find(({ path, method }) => path === one.path && method === one.method);
  const shared = before.map((ours) => {
    const report = newReport(`webhook ${ours.path}`);
    const say = sayTo(report.changes, report.heading);
    const theirs = like(after, ours);
    if (theirs === undefined) {
      say("review", "not described any more");
      return report;
    }
    const holders = { before: bodyOf(documents.before, ours), after: bodyOf(documents.after, theirs) };
    compareContents(comparison, holders, "answer", "body", report);
    compareRemaining(
      ours.operation,
      theirs.operation,
      ["requestBody", "security", "parameters", "servers"],
      say,
    );
    return report;
  });
  const added = after
    .filter((theirs) => like(before, theirs) === undefined)
    .map(({ path }) => {
      const report = newReport(`webhook ${path}`);
      sayTo(report.changes, report.heading)("compatible", "described now");
      return report;
    });
  return [...shared, ...added];
}

function bodyOf(document: JsonObject, { operation }: Placed): JsonObject {
  const body = operation["requestBody"];
  return isObject(body) ? resolveNode(document, body) : {};
}

/** Schemas that no operation leads to, such as the claims of a redirection: data that comes to us. */
function compareOutside(comparison: Comparison, documents: Pair, reached: ReadonlySet<Step>): Report {
  const report = newReport("schemas");
  const schemas = objectAt(objectAt(documents.before, "components"), "schemas");
  for (const name of Object.keys(schemas)) {
    const place = { heading: name, path: "" };
    const theirs = memberOf(objectAt(objectAt(documents.after, "components"), "schemas"), name);
    const reference = { $ref: schemaReference(name) };
    if (theirs === undefined) sayTo(report.changes, name)("review", "not described by this name any more");
    else {
      const step = comparison.walk(reference, { ...reference }, "answer", place);
      // What was met in a request only has been compared as that.
      const other = comparison.walk(reference, { ...reference }, "request", place);
      if (!reached.has(step) && !reached.has(other)) report.steps.push(step);
    }
  }
  return report;
}
