/** The headers of an answer as undici hands them over: names in lower case. */
export type ParsedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** As much of `Headers` as the client reads, for a fraction of the price. */
export class AnswerHeaders implements Iterable<[string, string]> {
  readonly #parsed: ParsedHeaders;

  constructor(parsed: ParsedHeaders) {
    this.#parsed = parsed;
  }

  get(name: string): string | null {
    const key = name.toLowerCase();
    const value = Object.hasOwn(this.#parsed, key) ? this.#parsed[key] : undefined;
    return value === undefined ? null : toText(value);
  }

  *[Symbol.iterator](): Generator<[string, string], undefined> {
    for (const [name, value] of Object.entries(this.#parsed))
      if (value !== undefined) yield [name, toText(value)];
    return undefined;
  }
}

/** Undici decodes UTF-8, `Headers` takes bytes only: what is beyond them is written as its bytes, as `fetch` does. */
function toText(value: string | readonly string[]): string {
  const text = typeof value === "string" ? value : value.join(", ");
  return /[^\0-\xff]/.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}
