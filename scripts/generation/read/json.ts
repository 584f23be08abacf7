/** What a YAML or JSON file can hold once aliases are written out. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member if it is an object of the file's own, else an empty object: `constructor` is not inherited. */
export function objectAt(node: Json | undefined, name: string): JsonObject {
  const value = memberOf(node, name);
  return isObject(value) ? value : {};
}

export function objectsAt(node: Json | undefined, name: string): JsonObject[] {
  const value = memberOf(node, name);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function stringsAt(node: Json | undefined, name: string): string[] {
  const value = memberOf(node, name);
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

export function stringAt(node: Json | undefined, name: string): string | undefined {
  const value = memberOf(node, name);
  return typeof value === "string" ? value : undefined;
}

export function memberOf(node: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(node)) return /^\d+$/.test(name) ? node[Number(name)] : undefined;
  return isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

/** Members of an object whose values are objects. */
export function objectEntries(node: JsonObject): [string, JsonObject][] {
  return Object.entries(node).flatMap(([name, value]) =>
    isObject(value) ? [[name, value] satisfies [string, JsonObject]] : [],
  );
}

export function clone<T extends Json>(value: T): T {
  return structuredClone(value);
}

/** Gives `node` the members of `content` and no others, so that every holder sees the change. */
export function overwrite(node: JsonObject, content: JsonObject): void {
  const copy = { ...content };
  for (const name of Object.keys(node)) Reflect.deleteProperty(node, name);
  Object.assign(node, copy);
}

export function without(node: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));
}

export function pointer(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

export function stepsOf(localReference: string): string[] {
  return localReference
    .replace(/^#\/?/, "")
    .split("/")
    .map((step) => decode(step).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** What a reference of the form `#/…` names; undefined when it leads nowhere. */
export function lookUp(document: Json, localReference: string): Json | undefined {
  let target: Json | undefined = document;
  for (const step of stepsOf(localReference)) target = memberOf(target, step);
  return target;
}

/** Follows references to the object itself. Circles were refused when the file was read. */
export function resolveNode(document: Json, node: JsonObject): JsonObject {
  let current = node;
  for (let reference = stringAt(current, "$ref"); reference !== undefined;) {
    const target = lookUp(document, reference);
    if (!isObject(target) || target === current) return {};
    current = target;
    reference = stringAt(current, "$ref");
  }
  return current;
}

/** Key order does not count, so that equal schemas have equal texts. */
export function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_name, member: Json) =>
    isObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : Number(a > b))))
      : member,
  );
}
