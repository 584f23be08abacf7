/**
 * A function of this room as a script for browsers. It may use nothing but what browsers have and its own parameter, which has to
 * be JSON: only its text travels.
 */
export function toScript<T>(run: (parameter: T) => void, parameter: T): string {
  // Some compilers wrap functions in this helper to keep their names.
  const helper = "const __name = (target) => target;";
  // A script is read as HTML before it is read as JavaScript.
  const json = JSON.stringify(parameter).replaceAll("<", "\\u003c");
  return `(() => { "use strict"; ${helper}\n(${run.toString()})(${json}); })();\n`;
}
