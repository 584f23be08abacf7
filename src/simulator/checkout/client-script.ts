/**
 * Turns a function into a script for browsers. Only its source is sent, so it may use nothing but browser globals and its
 * parameter, which must be JSON.
 */
export function toScript<T>(run: (parameter: T) => void, parameter: T): string {
  return wrap(`(${run.toString()})(${toLiteral(parameter)});`);
}

/** Like {@link toScript}, but `run` also receives other functions by name. */
export function toScriptOfParts<T, P extends object>(
  run: (parameter: T, parts: P) => void,
  parameter: T,
  parts: P,
): string {
  const texts = Object.entries(parts).map(([name, part]) => `${name}: ${String(part)}`);
  return wrap(`(${run.toString()})(${toLiteral(parameter)}, { ${texts.join(",\n")} });`);
}

function wrap(script: string): string {
  // Some compilers call this helper to preserve function names.
  const helper = "const __name = (target) => target;";
  return `(() => { "use strict"; ${helper}\n${script} })();\n`;
}

function toLiteral(value: unknown): string {
  // HTML parsers see the script first.
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
