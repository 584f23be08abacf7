/**
 * Characters that control a terminal, reorder a line or are invisible: control and format characters (including marks of
 * writing direction), and line ends other than the usual one.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const allUnprintable = new RegExp(`(?!\\n)${unprintable.source}`, "gu");

export function hasUnprintable(text: string): boolean {
  return unprintable.test(text);
}

/** Replaces them by U+FFFD, so that external text can neither control the terminal nor pass for other text. Keeps line ends. */
export function toPrintable(text: string): string {
  return text.replaceAll(allUnprintable, "\ufffd");
}

/** Escapes them in JSON, whose line ends are between values: exact for programs, and harmless on a terminal. */
export function escapeJson(json: string): string {
  return json.replaceAll(allUnprintable, (character) =>
    [...Array(character.length).keys()].map((index) => toEscape(character.charCodeAt(index))).join(""),
  );
}

function toEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
