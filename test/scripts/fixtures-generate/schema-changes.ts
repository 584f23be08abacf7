import type { Json } from "../../../scripts/generation/read/json.js";

type Word = "breaking" | "review" | "compatible" | "nothing";

/**
 * What a member's schema was and is, and the words for it: in requests, in answers, and both for the way back.
 * `nothing`: the two say the same.
 */
export interface SchemaChange {
  what: string;
  before: Json;
  after: Json;
  request: Word;
  answer: Word;
  requestBack: Word;
  answerBack: Word;
}

type Words = readonly [request: Word, answer: Word, requestBack: Word, answerBack: Word];

function row(what: string, before: Json, after: Json, words: Words): SchemaChange {
  const [request, answer, requestBack, answerBack] = words;
  return { what, before, after, request, answer, requestBack, answerBack };
}

const same: Words = ["nothing", "nothing", "nothing", "nothing"];
/** A request takes less; answers are not checked for it. */
const tighter: Words = ["breaking", "compatible", "compatible", "compatible"];
/** A request takes less, and what that means for an answer is for a person to say. */
const narrower: Words = ["breaking", "review", "compatible", "review"];
/** More may be sent and more may come. */
const wider: Words = ["compatible", "breaking", "breaking", "compatible"];
const text = { type: "string" };
const whole = { type: "integer" };
const list = (items?: Json): Json => ({ type: "array", ...(items === undefined ? {} : { items }) });
const object = (properties: Record<string, Json>, more: Record<string, Json> = {}): Json => ({
  type: "object",
  properties,
  ...more,
});
const values = (...known: string[]): Json => ({ type: "string", enum: known });
const open = (...known: string[]): Json => ({ type: "string", "x-extensible-enum": known });
const openByChoice = (...known: string[]): Json => ({
  anyOf: [{ type: "string", enum: known }, { type: "string" }],
});
const ab = object({ a: text, b: text });
const cd = object({ c: text, d: text });
const ef = object({ e: text, f: text });

export const schemaChanges: readonly SchemaChange[] = [
  row("a type widens", text, { type: ["string", "integer"] }, wider),
  row("a type may be null", text, { type: ["string", "null"] }, wider),
  row("an integer becomes a number", whole, { type: "number" }, wider),
  row("a type is another", text, whole, ["breaking", "breaking", "breaking", "breaking"]),
  row("a type is said no more", text, {}, wider),
  row("an object becomes a list", ab, list(text), ["breaking", "breaking", "breaking", "breaking"]),
  row("null by a choice", text, { anyOf: [text, { type: "null" }] }, wider),
  row("null by nullable", text, { anyOf: [{ type: "null" }, text] }, wider),

  row("an optional member more", ab, object({ a: text, b: text, c: text }), [
    "compatible",
    "compatible",
    "breaking",
    "breaking",
  ]),
  row("a required member more", ab, object({ a: text, b: text, c: text }, { required: ["c"] }), [
    "breaking",
    "compatible",
    "breaking",
    "breaking",
  ]),
  row("a member required", ab, object({ a: text, b: text }, { required: ["a"] }), [
    "breaking",
    "compatible",
    "compatible",
    "review",
  ]),
  row("required without being a member", ab, object({ a: text, b: text }, { required: ["z"] }), [
    "breaking",
    "compatible",
    "compatible",
    "review",
  ]),
  row(
    "a member renamed",
    object({ merchant_ref: text, b: text }),
    object({ merchant_reference: text, b: text }),
    ["breaking", "breaking", "breaking", "breaking"],
  ),
  row(
    "a member behind a type that may be null",
    ab,
    { ...(ab as object), type: ["object", "null"], required: ["a"] },
    ["breaking", "breaking", "breaking", "review"],
  ),
  row(
    "a required member behind a choice",
    ab,
    { oneOf: [object({ a: text, b: text }, { required: ["a"] }), whole] },
    ["breaking", "breaking", "breaking", "review"],
  ),
  row("a required member in a part", { allOf: [ab] }, { allOf: [ab, { required: ["a"] }] }, [
    "breaking",
    "compatible",
    "compatible",
    "review",
  ]),
  row("a part that narrows", { allOf: [text] }, { allOf: [{ maxLength: 3 }, text] }, tighter),
  row(
    "parts of which the last is the wider",
    { allOf: [{ maxLength: 9 }] },
    { allOf: [{ maxLength: 3 }, { maxLength: 9 }] },
    tighter,
  ),
  row(
    "a member deep inside",
    object({ o: list(object({ a: text })) }),
    object({ o: list(object({ a: whole })) }),
    ["breaking", "breaking", "breaking", "breaking"],
  ),

  row("a closed list gains a value", values("A", "B"), values("A", "B", "C"), [
    "compatible",
    "review",
    "breaking",
    "breaking",
  ]),
  row("a closed list keeps one value", values("A", "B"), values("A"), [
    "breaking",
    "breaking",
    "compatible",
    "review",
  ]),
  row("a closed list becomes a constant", values("A", "B"), { const: "A" }, [
    "breaking",
    "breaking",
    "compatible",
    "review",
  ]),
  row("a list opens", values("A", "B"), open("A", "B"), ["compatible", "nothing", "breaking", "nothing"]),
  row("a list appears", text, values("A", "B"), ["breaking", "compatible", "compatible", "breaking"]),
  row("an open list gains a value", open("A", "B"), open("A", "B", "C"), [
    "compatible",
    "review",
    "breaking",
    "breaking",
  ]),
  row("a constant changes", { const: "A" }, { const: "B" }, ["breaking", "breaking", "breaking", "breaking"]),
  row("a constant appears", text, { type: "string", const: "A" }, [
    "breaking",
    "compatible",
    "compatible",
    "breaking",
  ]),
  row("numbers gain a value", { enum: [1, 2] }, { enum: [1, 2, 3] }, [
    "compatible",
    "review",
    "breaking",
    "breaking",
  ]),
  row("the other form of an open list gains a value", openByChoice("A", "B"), openByChoice("A", "B", "C"), [
    "compatible",
    "review",
    "breaking",
    "breaking",
  ]),
  row("the two forms of an open list", open("A", "B"), openByChoice("A", "B"), same),
  row("values in another order", values("A", "B"), values("B", "A"), same),
  row("a list of one value, and a constant", values("A"), { type: "string", const: "A" }, same),

  row("minLength", text, { type: "string", minLength: 1 }, tighter),
  row("maxLength", { type: "string", maxLength: 36 }, { type: "string", maxLength: 20 }, tighter),
  row("minimum", { type: "integer", minimum: 0 }, { type: "integer", minimum: 1 }, tighter),
  row("maximum", whole, { type: "integer", maximum: 100 }, tighter),
  row("exclusiveMaximum", { type: "number" }, { type: "number", exclusiveMaximum: 100 }, tighter),
  row(
    "a limit that excludes itself",
    { type: "number", minimum: 0 },
    { type: "number", exclusiveMinimum: 0 },
    tighter,
  ),
  row("minItems", list(text), { type: "array", items: text, minItems: 1 }, tighter),
  row("maxItems", list(text), { type: "array", items: text, maxItems: 5 }, tighter),
  row("uniqueItems", list(text), { type: "array", items: text, uniqueItems: true }, tighter),
  row("minProperties", ab, { ...(ab as object), minProperties: 1 }, tighter),
  row("maxProperties", ab, { ...(ab as object), maxProperties: 1 }, tighter),
  row("multipleOf", whole, { type: "integer", multipleOf: 5 }, tighter),
  row("pattern", text, { type: "string", pattern: "^a" }, tighter),
  row("another pattern", { type: "string", pattern: "^a" }, { type: "string", pattern: "^b" }, [
    "breaking",
    "compatible",
    "breaking",
    "compatible",
  ]),
  row("a format", text, { type: "string", format: "uuid" }, tighter),
  row("another format", { type: "string", format: "date" }, { type: "string", format: "date-time" }, [
    "breaking",
    "breaking",
    "breaking",
    "breaking",
  ]),

  row("a default changes", { type: "string", default: "A" }, { type: "string", default: "B" }, [
    "breaking",
    "compatible",
    "breaking",
    "compatible",
  ]),
  row("a default is said", text, { type: "string", default: "A" }, [
    "compatible",
    "compatible",
    "review",
    "compatible",
  ]),
  row("read only", text, { type: "string", readOnly: true }, [
    "breaking",
    "compatible",
    "compatible",
    "compatible",
  ]),
  row("write only", text, { type: "string", writeOnly: true }, [
    "compatible",
    "breaking",
    "compatible",
    "compatible",
  ]),
  row("deprecated", text, { type: "string", deprecated: true }, [
    "compatible",
    "compatible",
    "compatible",
    "compatible",
  ]),

  row("entries get a type", list(), list(text), ["breaking", "review", "compatible", "breaking"]),
  row("entries are of another type", list(text), list(whole), [
    "breaking",
    "breaking",
    "breaking",
    "breaking",
  ]),
  row("other members are refused", ab, { ...(ab as object), additionalProperties: false }, [
    "breaking",
    "compatible",
    "compatible",
    "compatible",
  ]),
  row("other members get a type", { type: "object" }, { type: "object", additionalProperties: text }, [
    "breaking",
    "review",
    "compatible",
    "breaking",
  ]),
  row(
    "members of a type are refused",
    { type: "object", additionalProperties: text },
    { type: "object", additionalProperties: false },
    ["breaking", "breaking", "compatible", "compatible"],
  ),

  row("not", text, { type: "string", not: { const: "x" } }, narrower),
  row("if and then", ab, { ...(ab as object), if: { required: ["a"] }, then: { required: ["b"] } }, narrower),
  row("if and else", ab, { ...(ab as object), if: { required: ["a"] }, else: { required: ["b"] } }, narrower),
  row("dependentRequired", ab, { ...(ab as object), dependentRequired: { a: ["b"] } }, narrower),
  row(
    "more in dependentRequired",
    { ...(ab as object), dependentRequired: { a: ["b"] } },
    { ...(ab as object), dependentRequired: { a: ["b", "c"] } },
    narrower,
  ),
  row("dependentSchemas", ab, { ...(ab as object), dependentSchemas: { a: { required: ["b"] } } }, narrower),
  row("propertyNames", { type: "object" }, { type: "object", propertyNames: { maxLength: 3 } }, narrower),
  row(
    "patternProperties",
    { type: "object" },
    { type: "object", patternProperties: { "^x": whole } },
    narrower,
  ),
  row("contains", list(text), { type: "array", items: text, contains: { const: "x" } }, narrower),
  row("prefixItems", list(), { type: "array", prefixItems: [whole] }, narrower),
  row("unevaluatedProperties", ab, { ...(ab as object), unevaluatedProperties: false }, narrower),
  row("unevaluatedItems", list(), { type: "array", prefixItems: [text], unevaluatedItems: false }, narrower),
  row("a keyword of no known meaning", text, { type: "string", contentEncoding: "base64" }, [
    "review",
    "review",
    "review",
    "review",
  ]),
  row("a keyword that does not exist", text, { type: "string", maxWords: 3 }, [
    "review",
    "review",
    "review",
    "review",
  ]),
  row(
    "another discriminator",
    { oneOf: [ab, cd], discriminator: { propertyName: "a" } },
    { oneOf: [ab, cd], discriminator: { propertyName: "b" } },
    ["review", "review", "review", "review"],
  ),

  row("an alternative more", { oneOf: [ab, cd] }, { oneOf: [ab, cd, ef] }, wider),
  row("one becomes several", ab, { oneOf: [ab, cd] }, wider),
  row("an alternative changes", { oneOf: [ab, cd] }, { oneOf: [ab, object({ c: text, d: whole })] }, [
    "breaking",
    "breaking",
    "breaking",
    "breaking",
  ]),
  row(
    "alternatives where the members were enough",
    ab,
    { ...(ab as object), oneOf: [{ required: ["a"] }, { required: ["b"] }] },
    ["breaking", "review", "compatible", "breaking"],
  ),

  row("alternatives in another order", { oneOf: [ab, cd, whole] }, { oneOf: [whole, cd, ab] }, same),
  row(
    "more than 0, of whole numbers",
    { type: "integer", minimum: 1 },
    { type: "integer", exclusiveMinimum: 0 },
    same,
  ),
  row(
    "less than 10, of whole numbers",
    { type: "integer", maximum: 9 },
    { type: "integer", exclusiveMaximum: 10 },
    same,
  ),
  row("uniqueItems that is false", list(text), { type: "array", items: text, uniqueItems: false }, same),
  row("a pattern that takes everything", text, { type: "string", pattern: ".*" }, same),
  row(
    "a pattern that now takes everything",
    { type: "string", pattern: "^a" },
    { type: "string", pattern: "^.*$" },
    ["compatible", "compatible", "breaking", "compatible"],
  ),
  row("a lone part", text, { allOf: [text] }, same),
  row("parts instead of one", { type: "string", maxLength: 5 }, { allOf: [text, { maxLength: 5 }] }, same),
  row("types by alternatives", { type: ["string", "integer"] }, { oneOf: [text, whole] }, same),
  row("types in another order", { type: ["string", "integer"] }, { type: ["integer", "string"] }, same),
  row("limits of nothing", text, { type: "string", minLength: 0 }, same),
  row(
    "required in another order",
    object({ a: text, b: text }, { required: ["a", "b"] }),
    object({ a: text, b: text }, { required: ["b", "a"] }),
    same,
  ),
  row(
    "null by type, and by a choice",
    { type: ["string", "null"] },
    { anyOf: [text, { type: "null" }] },
    same,
  ),
  row(
    "words for readers",
    text,
    { type: "string", description: "Other words.", title: "T", example: "e" },
    same,
  ),
];
