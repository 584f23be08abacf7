import { isDeepStrictEqual } from "node:util";

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of a value that may not be an object at all. */
export function membersOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

export function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** One more step of a JSON Pointer (RFC 6901). */
export function step(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((text) => text.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What a JSON Pointer points to; `undefined` when it points nowhere. */
export function valueAt(root: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>((node, name) => {
    if (Array.isArray(node)) return (node as unknown[])[Number(name)];
    return isRecord(node) && Object.hasOwn(node, name) ? node[name] : undefined;
  }, root);
}

/** A copy in which one value, which must be there, is another one. */
export function replacedAt(root: unknown, pointer: string, value: unknown): unknown {
  const [first, ...others] = stepsOf(pointer);
  if (first === undefined) return value;
  const rest = others.reduce(step, "");
  if (Array.isArray(root))
    return root.map((item, index) =>
      String(index) === first ? replacedAt(item, rest, value) : (item as unknown),
    );
  if (!isRecord(root)) return root;
  return { ...root, [first]: replacedAt(root[first], rest, value) };
}

/** Every scalar and every empty object or array, by its pointer. */
export function leavesOf(
  value: unknown,
  pointer = "",
  found = new Map<string, unknown>(),
): Map<string, unknown> {
  const inner: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item as unknown])
    : membersOf(value);
  if (inner.length === 0) found.set(pointer, value);
  for (const [name, item] of inner) leavesOf(item, step(pointer, name), found);
  return found;
}

/** Equal as JSON: the order of members does not count. */
export const sameJson = isDeepStrictEqual;
