/**
 * Characters that act on a terminal, reorder a line or cannot be seen: controls, formats (marks of writing direction among
 * them), and line ends other than the usual one.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const allUnprintable = new RegExp(`(?!\\n)${unprintable.source}`, "gu");

export function hasUnprintable(text: string): boolean {
  return unprintable.test(text);
}

/** Text from elsewhere must neither act on the terminal nor look like text that it is not. Line ends stay. */
export function toPrintable(text: string): string {
  return text.replaceAll(allUnprintable, "\ufffd");
}

/** The same of JSON, whose line ends are between values: exact for programs, and without effect on a terminal. */
export function escapeJson(json: string): string {
  return json.replaceAll(allUnprintable, (character) =>
    [...Array(character.length).keys()].map((index) => toEscape(character.charCodeAt(index))).join(""),
  );
}

function toEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
