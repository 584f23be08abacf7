import { STATUS_CODES } from "node:http";
import { listOperations, type PlacedOperation, type Spec } from "../spec/document.js";
import { membersOf, valueAt } from "../spec/json.js";
import { operationsFromElsewhere } from "./elsewhere.js";

/** The words that begin the title of an operation, by the verb that begins its operation id. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  get: ["get", "retrieve", "read", "list", "fetch"],
  create: ["create", "open", "make"],
};
/** What an operation that the spec does not have may begin with. */
const otherVerbs = "abort add authorize cancel capture confirm delete patch refund register remove replace"
  .concat(" revoke search send update void")
  .split(" ");
const fillers = new Set([
  "a",
  "an",
  "the",
  "new",
  "by",
  "for",
  "from",
  "id",
  "ids",
  "of",
  "on",
  "to",
  "with",
]);
/** Titles are short; longer lines are explanations. */
const mostWords = 10;

export interface OperationTitle {
  readonly operationId: string;
  /** By the page itself. */
  readonly isDocumented: boolean;
  /** Any of these sets of words makes a line a title; `first` has to begin it. */
  readonly signs: readonly { readonly first: readonly string[]; readonly words: readonly string[] }[];
  /** Further words that the title may have. */
  readonly vocabulary: ReadonlySet<string>;
}

export function listTitles(spec: Spec): OperationTitle[] {
  return listOperations(spec).map((placed) => {
    const { operationId } = placed.operation;
    const node = valueAt(spec.paths[placed.path], `/${placed.method.toLowerCase()}`);
    const [verb = "", ...others] = wordsOf(operationId.replaceAll(/[A-Z]/g, " $&"));
    const texts = ["/summary", "/description"].map((pointer) => valueAt(node, pointer));
    return {
      operationId,
      isDocumented:
        valueAt(node, "/x-provenance") === "documented" && !operationsFromElsewhere.includes(operationId),
      signs: [{ first: verbs[verb] ?? [verb], words: others }, ...grantSigns(spec, placed)],
      vocabulary: new Set(texts.flatMap((text) => (typeof text === "string" ? wordsOf(text) : []))),
    };
  });
}

/** The operation that hands out tokens is often named after the grant: its words are those of the security scheme. */
function grantSigns(spec: Spec, { path }: PlacedOperation): OperationTitle["signs"] {
  return membersOf(spec.components?.["securitySchemes"]).flatMap(([, scheme]) =>
    membersOf(valueAt(scheme, "/flows")).flatMap(([flow, details]) => {
      if (!String(valueAt(details, "/tokenUrl")).endsWith(path)) return [];
      return [{ first: [], words: ["oauth2", ...wordsOf(flow.replaceAll(/[A-Z]/g, " $&"))] }];
    }),
  );
}

/** The operation that a line is the title of; `unknown` when it reads like one of an operation we do not have. */
export function titleOf(text: string, titles: readonly OperationTitle[]): string | undefined {
  const words = wordsOf(text);
  if (!isShort(text, words)) return undefined;
  const ranked = titles
    .map(({ operationId, signs, vocabulary }) => ({
      operationId,
      extra: fewestExtraWords(words, signs, vocabulary),
    }))
    .filter(({ extra }) => extra !== undefined)
    .sort((left, right) => (left.extra ?? 0) - (right.extra ?? 0));
  return ranked[0]?.operationId;
}

function fewestExtraWords(
  words: readonly string[],
  signs: OperationTitle["signs"],
  vocabulary: ReadonlySet<string>,
): number | undefined {
  const counts = signs.flatMap((sign) => {
    const begins = sign.first.length === 0 || sign.first.includes(words[0] ?? "");
    if (!begins || !sign.words.every((word) => words.includes(word))) return [];
    const extra = words.slice(sign.first.length === 0 ? 0 : 1).filter((word) => !sign.words.includes(word));
    // A grant's words are sign enough; after a verb, a word we never use may name another resource.
    return sign.first.length === 0 || extra.every((word) => vocabulary.has(word)) ? [extra.length] : [];
  });
  return counts.length === 0 ? undefined : Math.min(...counts);
}

/** Whether a line that is no known title reads like the title of an operation. */
export function looksLikeTitle(text: string): boolean {
  const words = wordsOf(text);
  // The first word itself: "A list of …" names a thing, "List …" an action.
  const first = /[a-z0-9]+/i.exec(text)?.[0].toLowerCase() ?? "";
  const isVerb = otherVerbs.includes(first) || Object.values(verbs).some((list) => list.includes(first));
  return isVerb && isShort(text, words);
}

/** A few words that are no sentence; `capture_delay` is one word, although it has two. */
function isShort(text: string, words: readonly string[]): boolean {
  const isPhrase = words.length > 1 && words.length <= mostWords && text.trim().includes(" ");
  return isPhrase && !/[.:;!?,]\s*$/.test(text);
}

/** Words in lower case and in the singular, without fillers. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && !fillers.has(word))
    .map((word) => (word.length > 3 && !word.endsWith("ss") ? word.replace(/s$/, "") : word));
}

/** The status code that a line names as the title of a response does: by its number or by its usual phrase. */
export function statusOf(text: string): string | undefined {
  const line = text.trim().toLowerCase();
  const numbered = /^([1-5]\d\d)(?: |$)/.exec(line)?.[1];
  if (numbered !== undefined) return STATUS_CODES[numbered] === undefined ? undefined : numbered;
  if (line.endsWith(".") || line.split(/\s+/).length > mostWords) return undefined;
  return phrases.find(([, phrase]) => isTitle(line, phrase))?.[0];
}

/** Longer phrases first: "Proxy Authentication Required" is no "Authentication Required". */
const phrases = Object.entries(STATUS_CODES)
  .filter(([status]) => status === "200" || Number(status) >= 400)
  .map(([status, phrase = ""]) => [status, phrase.toLowerCase()] as const)
  .sort(([, left], [, right]) => right.length - left.length);

function isTitle(line: string, phrase: string): boolean {
  return (
    line === phrase ||
    line.startsWith(`${phrase} - `) ||
    (phrase.includes(" ") && line.endsWith(` ${phrase}`))
  );
}
