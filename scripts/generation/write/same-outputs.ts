import type { Change } from "../compare/change.js";
import type { Outputs } from "./outputs.js";

/** What is to be said of generated files that differ although the comparison found nothing. */
export function sameButForWords(committed: Outputs, outputs: Outputs): Change[] {
  const differing = [...outputs].filter(([name, text]) => committed.get(name) !== text);
  return differing.map(([name, text]): Change => {
    const heading = `generated/${name}`;
    const [were, are] = [linesOf(committed.get(name) ?? ""), linesOf(text)];
    // Texts and orders of the description are in the validators' code, which the comparison of structures vouches for.
    const isCode = name.endsWith(".js");
    if (isCode || were.join("\n") === are.join("\n")) {
      return { word: "compatible", heading, text: "only descriptions, or the order of things, differ" };
    }
    const line =
      are.find((candidate) => !were.includes(candidate)) ??
      were.find((candidate) => !are.includes(candidate)) ??
      "";
    return {
      word: "review",
      heading,
      text: `differs, and no change was recognised; for example: ${line.trim()}`,
    };
  });
}

function linesOf(text: string): string[] {
  const lines = text.replaceAll(/\/\*\*.*?\*\//gs, "").split("\n");
  // The values of a union or a list may come in any order.
  return lines
    .filter((line) => line.trim() !== "")
    .map((line) =>
      line
        .split(/[|,;\s]+/)
        .sort()
        .join(" "),
    )
    .sort();
}
