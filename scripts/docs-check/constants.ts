/** A word of the page that has a meaning in the API. */
export interface PageConstant {
  readonly line: number;
  readonly kind: "value" | "boolean" | "header or parameter" | "pointer or path" | "member";
  readonly text: string;
}

interface Line {
  readonly line: number;
  readonly text: string;
}

/** At least two characters. */
const value = /^(?=..)[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const name = /^(x|purse)(-[a-z0-9]+)+$/;
const member = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;
const quotes = /^["'`“”]+|["'`“”]+$/g;

/** The constants of a line of prose: the whole line, or words of it that can be nothing else. */
export function constantsOf({ line, text }: Line): PageConstant[] {
  const whole = text.trim().replaceAll(quotes, "");
  const kind = kindOf(whole);
  if (kind !== undefined) return [{ line, kind, text: whole }];
  const words = text.split(/[\s,;()[\]]+/).map((word) => word.replace(/[.:]+$/, ""));
  return words.flatMap((word, index): PageConstant[] => {
    const bare = word.replaceAll(quotes, "");
    // In prose, a word in capitals is more often an abbreviation than a value.
    const isValue = value.test(bare) && (bare.includes("_") || bare !== word);
    if (isValue) return [{ line, kind: "value", text: bare }];
    if (name.test(bare)) return [{ line, kind: "header or parameter", text: bare }];
    const isDefault = words[index - 1]?.toLowerCase() === "default" && kindOf(bare) === "boolean";
    return isDefault ? [{ line, kind: "boolean", text: bare }] : [];
  });
}

function kindOf(text: string): PageConstant["kind"] | undefined {
  if (text === "true" || text === "false") return "boolean";
  if (value.test(text)) return "value";
  if (name.test(text)) return "header or parameter";
  if (member.test(text)) return "member";
  return /^\/[A-Za-z0-9_~{}/-]+$/.test(text) ? "pointer or path" : undefined;
}
