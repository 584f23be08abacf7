/** Elements whose contents are no text of the page. */
const unread = new Set(["script", "style", "template", "noscript", "svg", "head"]);
/** Elements that stand within a line; all others begin a new one. */
const inline = new Set(
  [
    "a",
    "abbr",
    "b",
    "bdi",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "kbd",
    "label",
    "mark",
    "q",
    "s",
    "samp",
  ].concat(["small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]),
);
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  hellip: "…",
  ldquo: "“",
  lsquo: "‘",
  lt: "<",
  mdash: "—",
  nbsp: " ",
  ndash: "–",
  quot: '"',
  rdquo: "”",
  rsquo: "’",
};

export function isHtml(text: string): boolean {
  return /^\uFEFF?\s*<[a-z!]/i.test(text);
}

/** The text of a saved page, one line a block; lines within `<pre>` stay as they are. */
export function textOfHtml(html: string): string {
  let text = "";
  let at = 0;
  let depthOfPre = 0;
  const add = (raw: string): void => {
    const decoded = decodeEntities(raw);
    text += depthOfPre > 0 ? decoded : decoded.replaceAll(/\s+/g, " ");
  };
  while (at < html.length) {
    const tag = readTag(html, at);
    if (tag === undefined) {
      const next = html.indexOf("<", at + 1);
      const end = next < 0 ? html.length : next;
      add(html.slice(at, end));
      at = end;
      continue;
    }
    at = tag.end;
    if (tag.name === "pre") depthOfPre += tag.isClosing ? (depthOfPre > 0 ? -1 : 0) : 1;
    if (!inline.has(tag.name) && tag.name !== "") text += "\n";
    if (unread.has(tag.name) && !tag.isClosing && !tag.isEmpty) at = endOfElement(html, tag.name, at);
  }
  return text;
}

interface Tag {
  /** Empty for comments and declarations. */
  readonly name: string;
  readonly isClosing: boolean;
  readonly isEmpty: boolean;
  /** Where the text after the tag begins. */
  readonly end: number;
}

function readTag(html: string, at: number): Tag | undefined {
  if (html.startsWith("<!--", at)) return nameless(html, html.indexOf("-->", at), 3);
  if (html.startsWith("<!", at) || html.startsWith("<?", at)) return nameless(html, html.indexOf(">", at), 1);
  const head = /^<(\/?)([a-z][a-z0-9-]*)/i.exec(html.slice(at, at + 64));
  if (head === null) return undefined;
  const end = endOfTag(html, at);
  const [, slash, name = ""] = head;
  return { name: name.toLowerCase(), isClosing: slash === "/", isEmpty: html[end - 2] === "/", end };
}

function nameless(html: string, close: number, length: number): Tag {
  return { name: "", isClosing: false, isEmpty: true, end: close < 0 ? html.length : close + length };
}

/** A `>` between the quotes of an attribute does not end a tag. */
function endOfTag(html: string, from: number): number {
  let quote = "";
  for (let at = from; at < html.length; at += 1) {
    const character = html.charAt(at);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at + 1;
  }
  return html.length;
}

function endOfElement(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}\\s*>`, "gi");
  closing.lastIndex = from;
  return closing.exec(html) === null ? html.length : closing.lastIndex;
}

function decodeEntities(text: string): string {
  return text
    .replaceAll(/&(#x[0-9a-f]+|#[0-9]+|[a-z]+);/gi, (whole, name: string) => {
      if (!name.startsWith("#")) return entities[name] ?? whole;
      const isHex = name[1] === "x" || name[1] === "X";
      const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replaceAll("\u00a0", " ");
}
