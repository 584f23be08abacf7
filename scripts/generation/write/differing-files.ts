import { join } from "node:path";
import type { Change } from "../compare/change.js";
import type { Outputs } from "./outputs.js";
import { readOrEmpty } from "./write-files.js";

/** Generated files that are not the committed ones, as changes for when the comparison found none. */
export function differingFiles(folder: string, outputs: Outputs): Change[] {
  return [...outputs].flatMap(([name, text]): Change[] => {
    const committed = readOrEmpty(join(folder, name));
    if (committed === text) return [];
    const heading = `generated/${name}`;
    const [were, are] = [linesOf(committed), linesOf(text)];
    // Texts and orders of the description are in the validators' code, which the comparison of structures vouches for.
    if (name.endsWith(".js") || were.join("\n") === are.join("\n")) {
      return [{ word: "compatible", heading, text: "only descriptions, or the order of things, differ" }];
    }
    const line = are.find((other) => !were.includes(other)) ?? were.find((other) => !are.includes(other));
    const problem = `differs, and no change was recognised; for example: ${line ?? "a line more often"}`;
    return [{ word: "review", heading, text: problem }];
  });
}

/** Without comments, in one order: the values of a union or a list may come in any. */
function linesOf(text: string): string[] {
  const lines = text.replaceAll(/\/\*\*.*?\*\//gs, "").split("\n");
  return lines
    .map((line) =>
      line
        .split(/[|,;\s[\](){}]+/)
        .sort()
        .join(" ")
        .trim(),
    )
    .filter((line) => line !== "")
    .sort();
}
