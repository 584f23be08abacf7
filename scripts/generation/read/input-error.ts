/** Something wrong with the input file. Its message is for the maintainer; a stack would only hide it. */
export class InputError extends Error {
  readonly place: string | undefined;
  readonly remedy: string;

  /** @param place a JSON pointer or `line:column`. */
  constructor(problem: string, place: string | undefined, remedy: string) {
    super(problem);
    this.name = "InputError";
    this.place = place;
    this.remedy = remedy;
  }

  describe(file: string): string {
    const place = this.place === undefined ? "" : ` (${printable(this.place)})`;
    return `${file}: ${printable(this.message)}${place}; ${this.remedy}`;
  }
}

/** One line without control characters: names come from the file and must not steer the terminal. */
export function printable(text: string, longest = 300): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}
