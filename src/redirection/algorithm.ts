/** The keys do not say what they are for, so the algorithm is fixed here and never read from a token. */
export const algorithm = "RS256";

/** Key ids are compared as text: the documentation shows them once as a number and once as a string. */
export function keyId(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : undefined;
}
