import {
  isObject,
  objectAt,
  objectEntries,
  resolveNode,
  stringAt,
  type Json,
  type JsonObject,
} from "../read/json.js";
import type { Placed } from "../read/openapi-walk.js";
import { responseLike, responsesOf } from "../read/operation-parts.js";
import { breakingIf, sayTo, type Direction, type Say } from "./change.js";
import { compareParameters, compareRemaining, type Report } from "./compare-parameters.js";
import type { Comparison, Pair } from "./compare-schemas.js";
import { compareWays } from "./compare-security.js";

/** What differs between two descriptions of one operation. */
export function compareOperations(
  comparison: Comparison,
  documents: Pair,
  before: Placed,
  after: Placed,
  report: Report,
): void {
  const say = sayTo(report.changes, report.heading);
  // `purse.api` is called by the path, and another method is another promise about repeating the call.
  if (before.path !== after.path) say("breaking", `path ${before.path} → ${after.path}`);
  if (before.method !== after.method) {
    say("breaking", `method ${before.method.toUpperCase()} → ${after.method.toUpperCase()}`);
  }
  const operations = { before: before.operation, after: after.operation };
  const [was, is] = [operations.before["deprecated"] === true, operations.after["deprecated"] === true];
  if (was !== is) say("compatible", is ? "deprecated" : "no longer deprecated");
  compareWays(operations, say);
  compareParameters(comparison, documents, operations, report);
  compareRequests(comparison, documents, operations, report);
  compareAnswers(comparison, documents, operations, report);
  compareRemaining(
    operations.before,
    operations.after,
    ["deprecated", "security", "parameters", "requestBody", "responses", "servers"],
    say,
  );
}

function compareRequests(comparison: Comparison, documents: Pair, operations: Pair, report: Report): void {
  const say = sayTo(report.changes, report.heading, "request: ");
  const [before, after] = [
    bodyHolder(documents.before, operations.before),
    bodyHolder(documents.after, operations.after),
  ];
  if (before === undefined && after === undefined) return;
  if (before === undefined || after === undefined) {
    say("breaking", before === undefined ? "has a body now" : "has no body any more");
    return;
  }
  const [was, is] = [before["required"] === true, after["required"] === true];
  if (was !== is) say(breakingIf(is), is ? "the body is required now" : "the body is no longer required");
  compareRemaining(before, after, ["required", "content"], say);
  compareContents(comparison, { before, after }, "request", "request", report);
}

function bodyHolder(document: JsonObject, operation: JsonObject): JsonObject | undefined {
  const body = operation["requestBody"];
  return isObject(body) ? resolveNode(document, body) : undefined;
}

/** All media types of two bodies, whichever is listed first. */
export function compareContents(
  comparison: Comparison,
  holders: Pair,
  direction: Direction,
  label: string,
  report: Report,
): void {
  const say = sayTo(report.changes, report.heading, `${label}: `);
  const [before, after] = [contentOf(holders.before), contentOf(holders.after)];
  const isRequest = direction === "request";
  const walk = (ours: JsonObject, theirs: JsonObject): void => {
    compareRemaining(ours, theirs, ["schema"], say);
    const place = { heading: report.heading, path: label };
    report.steps.push(comparison.walk(ours["schema"] ?? {}, theirs["schema"] ?? {}, direction, place));
  };
  const unmatched = new Set(after.keys());
  for (const [mediaType, media] of before) {
    const other = after.get(mediaType);
    if (other !== undefined) {
      unmatched.delete(mediaType);
      walk(media, other);
      continue;
    }
    // JSON under another content type is read.
    const like = isJson(mediaType)
      ? [...unmatched].find((candidate) => isJson(candidate) && !before.has(candidate))
      : undefined;
    if (like === undefined)
      say(isRequest || isJson(mediaType) ? "breaking" : "compatible", lost(mediaType, after));
    else {
      unmatched.delete(like);
      say(breakingIf(isRequest), `media type ${mediaType} → ${like}`);
      walk(media, after.get(like) ?? {});
    }
  }
  for (const mediaType of unmatched) {
    const isFirst = before.size === 0;
    say(
      isRequest || isFirst ? "compatible" : "review",
      isFirst ? "has a body now" : `media type ${mediaType} added`,
    );
  }
}

function lost(mediaType: string, after: ReadonlyMap<string, JsonObject>): string {
  return after.size === 0 ? "has no body any more" : `no longer ${mediaType}`;
}

function contentOf(holder: JsonObject): Map<string, JsonObject> {
  const entries = objectEntries(objectAt(holder, "content"));
  return new Map(
    entries.map(([mediaType, media]) => [mediaType.toLowerCase().replace(/\s*;\s*charset=.*$/, ""), media]),
  );
}

function isJson(mediaType: string): boolean {
  return /[/+]json\b/.test(mediaType);
}

function compareAnswers(comparison: Comparison, documents: Pair, operations: Pair, report: Report): void {
  const say = sayTo(report.changes, report.heading);
  const matched = new Set<string>();
  for (const [status, response] of responsesOf(operations.before)) {
    const like = responseLike(operations.after, status);
    if (like === undefined) {
      // The recovery of a repeated capture, refund or void begins with a 409.
      say(breakingIf(status.startsWith("2") || status === "409"), `answer ${status}: removed`);
      continue;
    }
    if (like[0] !== status) say("compatible", `answer ${status}: now ${like[0]}`);
    matched.add(like[0]);
    const [before, after] = [resolveNode(documents.before, response), resolveNode(documents.after, like[1])];
    const label = `answer ${status}`;
    compareHeaders(comparison, documents, { before, after }, label, report);
    compareRemaining(
      before,
      after,
      ["content", "headers"],
      sayTo(report.changes, report.heading, `${label}: `),
    );
    compareContents(comparison, { before, after }, "answer", label, report);
  }
  for (const [status] of responsesOf(operations.after)) {
    // Another good answer is one that callers have not met.
    if (!matched.has(status)) say(status.startsWith("2") ? "review" : "compatible", `answer ${status}: new`);
  }
}

function compareHeaders(
  comparison: Comparison,
  documents: Pair,
  holders: Pair,
  label: string,
  report: Report,
): void {
  const say: Say = sayTo(report.changes, report.heading, `${label}: header `);
  const headers = (document: JsonObject, holder: JsonObject): Map<string, JsonObject> =>
    new Map(
      objectEntries(objectAt(holder, "headers")).map(([name, header]) => [
        name.toLowerCase(),
        resolveNode(document, header),
      ]),
    );
  const [before, after] = [
    headers(documents.before, holders.before),
    headers(documents.after, holders.after),
  ];
  for (const [name, header] of before) {
    const other = after.get(name);
    if (other === undefined) {
      say("review", `${name}: removed`);
      continue;
    }
    const [ours, theirs]: Json[] = [header["schema"] ?? {}, other["schema"] ?? {}];
    compareRemaining(header, other, ["schema", "deprecated"], (word, text) => {
      say(word, `${name}: ${text}`);
    });
    const place = { heading: report.heading, path: `${label}: header ${name}` };
    report.steps.push(comparison.walk(ours ?? {}, theirs ?? {}, "answer", place));
  }
  for (const name of after.keys()) if (!before.has(name)) say("compatible", `${name}: new`);
}

export function headingOf({ path, method, operation }: Placed): string {
  return `${stringAt(operation, "operationId") ?? ""} (${method.toUpperCase()} ${path})`;
}
