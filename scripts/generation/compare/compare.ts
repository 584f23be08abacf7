import { breaking, change, compatible, type Change, type ChangesOf } from "./change.js";
import { compareOperations } from "./compare-operations.js";
import { compareSchemas, type Pair } from "./compare-schemas.js";
import { objectsAt, stringAt } from "../read/json.js";
import { operationWithId, requestBodyOf } from "../read/operation-bodies.js";
import { operationsOf, type Placed } from "../read/openapi-walk.js";

/** What differs between two descriptions in the committed one's form, as callers of the SDK see it. */
export function compare(documents: Pair): ChangesOf[] {
  const before = operationsOf(documents.before);
  const after = operationsOf(documents.after);
  const shared = before.map((ours) => {
    const theirs = placedLike(after, ours);
    const changes =
      theirs === undefined ? [breaking("operation removed")] : compareOperations(documents, ours, theirs);
    return { heading: headingOf(ours), changes };
  });
  const added = after
    .filter((theirs) => operationWithId(before, theirs.operation) === undefined)
    .map((theirs) => ({
      heading: headingOf(theirs),
      changes: [compatible("operation added; the facade has no method for it yet")],
    }));
  return [
    { heading: "servers", changes: compareServers(documents) },
    ...shared,
    ...added,
    { heading: "webhooks", changes: compareWebhooks(documents) },
  ].filter(({ changes }) => changes.length > 0);
}

function placedLike(placed: readonly Placed[], ours: Placed): Placed | undefined {
  const id = stringAt(ours.operation, "operationId");
  return placed.find(({ operation }) => stringAt(operation, "operationId") === id);
}

function headingOf({ path, method, operation }: Placed): string {
  return `${stringAt(operation, "operationId") ?? ""} (${method.toUpperCase()} ${path})`;
}

/** Breaking, because callers have let the known hosts through their firewalls, and credentials go there. */
function compareServers({ before, after }: Pair): Change[] {
  const theirs = objectsAt(after, "servers");
  return objectsAt(before, "servers").flatMap((server) => {
    const name = stringAt(server, "x-environment");
    const url = stringAt(server, "url") ?? "";
    const other = theirs.find((candidate) => stringAt(candidate, "x-environment") === name);
    const newUrl = stringAt(other, "url") ?? "";
    return name === undefined || newUrl === url ? [] : [breaking(`${name}: ${url} → ${newUrl}`)];
  });
}

/** What Purse posts is an answer to us. No part of the facade calls or receives it, so a missing one breaks nothing. */
function compareWebhooks(documents: Pair): Change[] {
  const after = operationsOf(documents.after, "webhooks");
  const before = operationsOf(documents.before, "webhooks");
  const changes = before.flatMap((ours) => {
    const theirs = after.find(({ path, method }) => path === ours.path && method === ours.method);
    if (theirs === undefined) return [compatible(`${ours.path}: not described any more`)];
    const ourBody = requestBodyOf(documents.before, ours.operation);
    const theirBody = requestBodyOf(documents.after, theirs.operation);
    if (ourBody === undefined || theirBody === undefined) return [];
    const pair = { before: ourBody.schema, after: theirBody.schema };
    return compareSchemas(documents, pair, "answer").map(({ isBreaking, text }) =>
      change(isBreaking, `${ours.path}: ${text}`),
    );
  });
  const added = after.filter(({ path }) => !before.some((ours) => ours.path === path));
  return [...changes, ...added.map(({ path }) => compatible(`${path}: described now`))];
}
