/** A hidden field of a form. */
export interface FormField {
  /** Name of the parameter. */
  readonly name: string;
  /** Its value, not escaped. */
  readonly value: string;
}

/**
 * The parameters of a redirection as fields: JSON or a query string, as the vendor's sample application reads them.
 * Objects in them become `key[sub]`, to any depth.
 *
 * @returns undefined when there are none.
 */
export function toFormFields(parameters: unknown): FormField[] | undefined {
  if (isObject(parameters)) return flatten(parameters); // As it should be told, but without its quotes.
  if (typeof parameters !== "string" || parameters === "") return undefined;
  const parsed = parseJson(parameters);
  if (isObject(parsed)) return flatten(parsed);
  return [...new URLSearchParams(parameters)].map(([name, value]) => ({ name, value }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A query string.
  }
}

function flatten(parameters: object, prefix?: string): FormField[] {
  return Object.entries(parameters).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix === undefined ? key : `${prefix}[${key}]`;
    if (isObject(value)) return flatten(value, name);
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return [{ name, value: value === null ? "" : text }];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
