/** Fixed, because the keys do not name their algorithm and a token must not choose it. */
export const algorithm = "RS256";

/** Key ids are compared as strings, because the documentation shows both numbers and strings. */
export function keyId(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : undefined;
}
