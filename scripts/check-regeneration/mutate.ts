import { isObject, pointer, type Json, type JsonObject } from "../generation/read/json.js";

/** A source of numbers from 0 to 1; the same seed gives the same ones. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Spot {
  holder: JsonObject | Json[];
  name: string | number;
  place: string;
}

/** Changes one thing somewhere in a description, and says what. */
export function mutate(document: JsonObject, random: () => number): string {
  const spots = spotsOf(document);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const spot = pick(spots);
  if (spot === undefined) throw new Error("the description is empty");
  const { holder, name, place } = spot;
  const value = Array.isArray(holder) ? holder[Number(name)] : holder[String(name)];
  const [what, result] = pick(changesOf(value ?? null)) ?? ["null", null];
  if (result === undefined && Array.isArray(holder)) holder.splice(Number(name), 1);
  else if (result === undefined) Reflect.deleteProperty(holder, name);
  else Reflect.set(holder, name, result);
  return `${place}: ${what}`;
}

/** Everything but examples, which change nothing. */
function spotsOf(node: Json, place = ""): Spot[] {
  if (!Array.isArray(node) && !isObject(node)) return [];
  const entries: [string | number, Json][] = Array.isArray(node) ? [...node.entries()] : Object.entries(node);
  return entries
    .filter(([name]) => name !== "examples" && name !== "example" && name !== "info")
    .flatMap(([name, value]) => {
      const there = place + pointer(name);
      return [{ holder: node, name, place: there }, ...spotsOf(value, there)];
    });
}

function changesOf(value: Json): [string, Json | undefined][] {
  const removed: [string, undefined] = ["removed", undefined];
  if (typeof value === "boolean") return [removed, ["turned", !value]];
  if (typeof value === "number") return [removed, ["one more", value + 1], ["half", value / 2]];
  if (typeof value === "string")
    return [removed, ["other text", `${value}x`], ["a type", "integer"], ["empty", ""]];
  if (Array.isArray(value))
    return [removed, ["one more", [...value, "added"]], ["turned round", [...value].reverse()]];
  if (!isObject(value)) return [removed];
  return [
    removed,
    ["maxLength", { ...value, maxLength: 3 }],
    ["not", { ...value, not: { const: 1 } }],
    ["required", { ...value, required: ["added"] }],
    ["null", { ...value, type: ["object", "null"] }],
    ["members", { ...value, properties: { added: { type: "string" } } }],
    ["a word of no meaning", { ...value, added: { type: "string" } }],
    ["in other order", Object.fromEntries(Object.entries(value).reverse())],
  ];
}
