/** A JSON object found in the page. */
export interface PageExample {
  /** Line of its first character, from 1. */
  readonly line: number;
  readonly value: Record<string, unknown>;
}

export interface BrokenExample {
  readonly line: number;
  /** The line, from the brace on. */
  readonly text: string;
  readonly why: string;
}

export interface FoundExamples {
  readonly examples: PageExample[];
  readonly broken: BrokenExample[];
  /** The page's other lines, with the numbers they have in it. */
  readonly prose: { readonly line: number; readonly text: string }[];
}

const neverEnds = "it never ends";

/** Finds the objects, on one line or spread over several; the rest of the page is prose. */
export function findExamples(text: string): FoundExamples {
  const lines = text.split(/\r\n|\r|\n/);
  const found: FoundExamples = { examples: [], broken: [], prose: [] };
  // After an object that never ends, what is inside it must not be taken for examples of their own.
  let deepestIndent: number | undefined;
  let at = 0;
  while (at < lines.length) {
    const line = at + 1;
    const current = lines[at] ?? "";
    const start = startOfObject(lines, at, deepestIndent);
    if (start === undefined) {
      found.prose.push({ line, text: current });
      at += 1;
      continue;
    }
    const end = endOfObject(lines, at, start);
    const read = end === undefined ? neverEnds : parse(textBetween(lines, at, start, end));
    if (end === undefined || typeof read === "string") {
      found.broken.push({
        line,
        text: current.slice(start),
        why: typeof read === "string" ? read : neverEnds,
      });
      deepestIndent = indentOf(current);
      at += 1;
      continue;
    }
    deepestIndent = undefined;
    found.examples.push({ line, value: read });
    found.prose.push({ line, text: current.slice(0, start) });
    // Several objects may share a line: what follows this one is read as a line again.
    const rest = (lines[end.line] ?? "").slice(end.column);
    lines[end.line] = rest;
    at = rest.trim() === "" ? end.line + 1 : end.line;
  }
  return found;
}

/** The column of a `{` that a member's name follows, as none does in `/payments/{id}`. */
function startOfObject(lines: readonly string[], at: number, deepestIndent?: number): number | undefined {
  const line = lines[at] ?? "";
  for (let column = line.indexOf("{"); column >= 0; column = line.indexOf("{", column + 1)) {
    const following = [line.slice(column + 1), ...lines.slice(at + 1, at + 4)].join(" ").trimStart();
    const isAllowed = deepestIndent === undefined || (column === indentOf(line) && column <= deepestIndent);
    if (following.startsWith('"') && isAllowed) return column;
  }
  return undefined;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function endOfObject(lines: readonly string[], from: number, start: number): Position | undefined {
  let depth = 0;
  for (let line = from; line < lines.length; line += 1) {
    const text = lines[line] ?? "";
    let inString = false;
    for (let column = line === from ? start : 0; column < text.length; column += 1) {
      const character = text[column];
      if (inString && character === "\\") column += 1;
      else if (character === '"') inString = !inString;
      else if (!inString && character === "{") depth += 1;
      else if (!inString && character === "}") depth -= 1;
      if (depth === 0) return { line, column: column + 1 };
    }
    if (inString) return undefined;
  }
  return undefined;
}

function textBetween(lines: readonly string[], from: number, start: number, end: Position): string {
  const whole = lines.slice(from, end.line + 1);
  whole[whole.length - 1] = (whole.at(-1) ?? "").slice(0, end.column);
  whole[0] = (whole[0] ?? "").slice(start);
  return whole.join("\n");
}

/** The object, or why it is none. */
function parse(text: string): Record<string, unknown> | string {
  try {
    // The text begins with a brace, so what comes out of it is an object.
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
