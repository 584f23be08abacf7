/**
 * A function of this room as a script for browsers. It may use nothing but what browsers have and its own parameter, which has to
 * be JSON: only its text travels.
 */
export function toScript<T>(run: (parameter: T) => void, parameter: T): string {
  return wrap(`(${run.toString()})(${toLiteral(parameter)});`);
}

/** As {@link toScript}, of several functions: `run` is handed the others by name. */
export function toScriptOfParts<T, P extends object>(
  run: (parameter: T, parts: P) => void,
  parameter: T,
  parts: P,
): string {
  const texts = Object.entries(parts).map(([name, part]) => `${name}: ${String(part)}`);
  return wrap(`(${run.toString()})(${toLiteral(parameter)}, { ${texts.join(",\n")} });`);
}

function wrap(script: string): string {
  // Some compilers wrap functions in this helper to keep their names.
  const helper = "const __name = (target) => target;";
  return `(() => { "use strict"; ${helper}\n${script} })();\n`;
}

function toLiteral(value: unknown): string {
  // A script is read as HTML before it is read as JavaScript.
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
