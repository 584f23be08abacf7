import { listCurrencies, toDecimalString } from "../money/index.js";
import { escapeJson } from "./characters.js";

/** An amount with its currency code, because symbols are ambiguous. */
export function amountText(minorUnits: unknown, currency: unknown): string {
  if (typeof minorUnits !== "number") return "?";
  const isExact = Number.isSafeInteger(minorUnits) && minorUnits >= 0;
  if (typeof currency === "string" && isExact && listCurrencies().includes(currency)) {
    return `${toDecimalString(minorUnits, currency)} ${currency}`;
  }
  return `${String(minorUnits)} minor units of ${typeof currency === "string" ? currency : "?"}`;
}

/** Rows with aligned columns. */
export function table(rows: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => oneLine(`${name.padEnd(width)}  ${value}`)).join("\n");
}

/** Puts external text on one line, so that it cannot pass for a line of our own. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\t\n]+/g, " ");
}

/** A result as JSON. Header values of webhooks are hidden: the service echoes them, and one of them is a secret. */
export function toJson(value: unknown): string {
  const withoutHeaderValues = (name: string, member: unknown): unknown =>
    name === "headers" && Array.isArray(member) ? (member as unknown[]).map(hideValues) : member;
  return escapeJson(JSON.stringify(value, withoutHeaderValues, 2));
}

function hideValues(header: unknown): unknown {
  return typeof header === "object" && header !== null ? { ...header, values: ["[hidden]"] } : header;
}

/** A command to paste into a shell. `--no-install` keeps npx from fetching an unrelated package of that name. */
export function commandLine(
  words: readonly string[],
  options: readonly (readonly [string, string])[],
): string {
  const written = options.map(([name, value]) => {
    return value.startsWith("-") ? `--${name}=${quote(value)}` : `--${name} ${quote(value)}`;
  });
  return ["npx --no-install purse", ...words.map(quote), ...written].join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
