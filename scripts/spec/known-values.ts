/**
 * How an open list of values is written and how it is worked with.
 *
 * In openapi/ it is `anyOf` of the known values (an `enum`) and of any string: renderers show that, other generators
 * understand it and validators accept every string. Within the scripts it is one schema with `x-extensible-enum`, as
 * vendors write open lists, too.
 */

type Node = Record<string, unknown>;

const openList = "x-extensible-enum";
/** What the branch of the known values may say of each value. */
const ofEachValue = ["x-enum-provenance", "x-enumDescriptions"];

/** A copy in which `anyOf: [known values, any string]` is `x-extensible-enum`. */
export function foldOpenLists<T>(document: T): T {
  // Nothing but keywords of schemas changes, none of which the type of the document names.
  return mapObjects(document, fold) as T;
}

/** The reverse, for descriptions that are written out. */
export function unfoldOpenLists<T>(document: T): T {
  return mapObjects(document, unfold) as T; // As above.
}

function mapObjects(node: unknown, change: (node: Node) => Node): unknown {
  if (Array.isArray(node)) return node.map((item) => mapObjects(item, change));
  if (!isNode(node)) return node;
  const members = Object.entries(node).map(([name, value]) => [
    name,
    // Examples hold data, in which these words mean nothing.
    name === "examples" || name === "example" || name === "default" ? value : mapObjects(value, change),
  ]);
  return change(Object.fromEntries(members) as Node); // Entries of an object give an object.
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fold(node: Node): Node {
  const branches: unknown = node["anyOf"];
  if (!Array.isArray(branches) || branches.length !== 2) return node;
  const known = branches.find((branch): branch is Node => isNode(branch) && isListOfTexts(branch["enum"]));
  const other = branches.find((branch): branch is Node => isNode(branch) && isAnyString(branch));
  if (known === undefined || other === undefined) return node;
  const rest = Object.fromEntries(Object.entries(node).filter(([name]) => name !== "anyOf"));
  const said = Object.fromEntries(Object.entries(known).filter(([name]) => ofEachValue.includes(name)));
  return { ...rest, type: rest["type"] ?? "string", [openList]: known["enum"], ...said };
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}

/** A string of which nothing else is asked. */
function isAnyString(branch: Node): boolean {
  const annotations = ["type", "title", "description"];
  return branch["type"] === "string" && Object.keys(branch).every((name) => annotations.includes(name));
}

function unfold(node: Node): Node {
  const { [openList]: values, ...rest } = node;
  // Where null is a value as well, the reverse would refuse it.
  if (!isListOfTexts(values) || rest["type"] !== "string") return node;
  const said = Object.entries(rest).filter(([name]) => ofEachValue.includes(name));
  const outer = Object.entries(rest).filter(([name]) => !ofEachValue.includes(name));
  return {
    ...Object.fromEntries(outer),
    anyOf: [
      { title: "Known value", type: "string", enum: values, ...Object.fromEntries(said) },
      { title: "Any other value", type: "string" },
    ],
  };
}
