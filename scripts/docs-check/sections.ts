import type { ProseLine } from "./page.js";
import { statusOf } from "./titles.js";

/** What the page says between the title of an operation and the next title. */
export interface Section {
  readonly operationId: string;
  readonly line: number;
  readonly lines: readonly ProseLine[];
  /** Line of the first title, by status code. */
  readonly statuses: ReadonlyMap<string, number>;
  readonly path: ShownPath | undefined;
}

/** `POST /v2/payments`: a method and a path, as the page shows them. */
export interface ShownPath {
  readonly line: number;
  readonly method: string;
  readonly path: string;
}

const methodAndPath = /^(get|put|post|delete|patch)\s*(\/[\w{}~.:/-]+)$/i;
const method = /^(get|put|post|delete|patch)$/i;

export function sectionOf(operationId: string, line: number, lines: readonly ProseLine[]): Section {
  const statuses = new Map<string, number>();
  for (const { line: at, text } of lines) {
    const status = statusOf(text);
    if (status !== undefined && !statuses.has(status)) statuses.set(status, at);
  }
  return { operationId, line, lines, statuses, path: pathIn(lines) };
}

/** On one line, or the method on a line of its own before it. */
function pathIn(lines: readonly ProseLine[]): ShownPath | undefined {
  const told = lines.filter(({ text }) => text.trim() !== "");
  for (const [index, { line, text }] of told.entries()) {
    const before = told[index - 1]?.text.trim() ?? "";
    const whole = method.test(before) ? `${before} ${text.trim()}` : text.trim();
    const [, verb, path] = methodAndPath.exec(whole) ?? [];
    if (verb !== undefined && path !== undefined) return { line, method: verb.toUpperCase(), path };
  }
  return undefined;
}

/** Whether a line is the method, or the method with its path, that a section is read for. */
export function isMethodOrPath(text: string): boolean {
  return methodAndPath.test(text.trim()) || method.test(text.trim());
}
