import type { Say } from "../compare/change.js";
import { facadeEnvironments, type Environment } from "../read/facade-facts.js";
import { InputError } from "../read/input-error.js";
import {
  objectAt,
  objectEntries,
  objectsAt,
  overwrite,
  pointer,
  stringAt,
  without,
  type JsonObject,
} from "../read/json.js";
import { operationsOf } from "../read/openapi-walk.js";

interface Address {
  origin: string | undefined;
  basePath: string;
}

/** Servers become bare origins and their path goes in front of the paths, so that every file reads alike. */
export function normaliseServers(document: JsonObject, base: JsonObject, notes: string[], keep: Say): void {
  const root = objectsAt(document, "servers");
  const environments = facadeEnvironments(base);
  const hosts = new Set([
    ...root.map((server) => addressOf(server, "/servers").origin),
    ...environments.map(({ url }) => url),
  ]);
  const paths: JsonObject = {};
  for (const [path, item] of objectEntries(objectAt(document, "paths"))) {
    const servers = serversOf(item, pointer("paths", path), hosts) ?? root;
    const full = basePathOf(servers, pointer("paths", path)) + path;
    if (paths[full] !== undefined) {
      throw new InputError(`${full} is described twice`, pointer("paths", path), "keep one of them");
    }
    paths[full] = without(item, "servers");
    for (const { operation } of operationsOf({ paths: { item } })) {
      overwrite(operation, without(operation, "servers"));
    }
  }
  const prefix = basePathOf(root, "/servers");
  if (prefix !== "") notes.push(`paths begin with ${prefix}, which stood in the servers' addresses`);
  document["paths"] = paths;
  document["servers"] = namedServers(root, environments, keep);
}

/**
 * Of a path and its operations. They may add a base path; another host is refused, because the client has one for all
 * operations and money would go elsewhere than the file says.
 */
function serversOf(
  item: JsonObject,
  place: string,
  hosts: ReadonlySet<string | undefined>,
): JsonObject[] | undefined {
  const lists = [item, ...operationsOf({ paths: { item } }).map(({ operation }) => operation)]
    .map((holder) => objectsAt(holder, "servers"))
    .filter((servers) => servers.length > 0);
  for (const server of lists.flat()) {
    const { origin } = addressOf(server, place);
    if (origin === undefined || hosts.has(origin)) continue;
    const problem = `the server ${JSON.stringify(origin)} is for this path only, and the client has one host for all`;
    throw new InputError(problem, `${place}/servers`, "take it out, or extend src/ first");
  }
  basePathOf(lists.flat(), `${place}/servers`);
  return lists[0];
}

function basePathOf(servers: readonly JsonObject[], place: string): string {
  const bases = [...new Set(servers.map((server) => addressOf(server, place).basePath))];
  if (bases.length > 1) {
    throw new InputError(
      `the servers have different paths: ${bases.map((base) => base || "/").join(", ")}`,
      place,
      "keep the servers of one",
    );
  }
  return bases[0] ?? "";
}

function addressOf(server: JsonObject, place: string): Address {
  const variables = objectAt(server, "variables");
  const url = (stringAt(server, "url") ?? "").replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
    return stringAt(objectAt(variables, name), "default") ?? whole;
  });
  // The base gives a relative address something to stand on; its origin is told from a real one below.
  const parsed = URL.canParse(url, "relative://server") ? new URL(url, "relative://server") : undefined;
  const basePath = parsed?.pathname.replace(/\/+$/, "") ?? "";
  if (
    parsed === undefined ||
    !/^(?:\/[\w.~-]+)*$/.test(basePath) ||
    parsed.search !== "" ||
    parsed.hash !== ""
  ) {
    throw new InputError(`${JSON.stringify(url)} is no server's address`, place, "correct it");
  }
  return { origin: parsed.protocol === "relative:" ? undefined : parsed.origin, basePath };
}

/** The facade knows two environments. Those the file does not name are kept, others are left aside. */
function namedServers(
  servers: readonly JsonObject[],
  environments: readonly Environment[],
  keep: Say,
): JsonObject[] {
  const candidates = servers.map((server) => ({
    server,
    name: stringAt(server, "x-environment"),
    origin: addressOf(server, "/servers").origin,
    words: `${stringAt(server, "url") ?? ""} ${stringAt(server, "description") ?? ""}`,
  }));
  const used = new Set<unknown>();
  const named = environments.map(({ name, url, words, server: ours }) => {
    const found =
      candidates.find((server) => server.name === name) ??
      candidates.find((server) => server.origin === url) ??
      candidates.find((server) => server.name === undefined && words?.test(server.words) === true);
    const origin = found?.origin;
    if (found === undefined || origin === undefined) {
      keep("review", `server of ${name}: ${url} is kept`);
      return ours;
    }
    used.add(found);
    // Client secrets go there.
    if (!/^https:\/\/[a-z0-9.-]+(?::\d+)?$/.test(origin)) {
      throw new InputError(`${JSON.stringify(origin)} is not an https origin`, "/servers", "correct it");
    }
    return { ...ours, ...without(found.server, "url", "variables"), url: origin, "x-environment": name };
  });
  const spare = candidates.filter((candidate) => candidate.origin !== undefined && !used.has(candidate));
  for (const { server } of spare) {
    keep("compatible", `an environment for the server ${stringAt(server, "url") ?? ""}: it is left aside`);
  }
  return named;
}
