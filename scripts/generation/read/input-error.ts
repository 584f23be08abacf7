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

  describe(file: string): string[] {
    const place = this.place === undefined ? "" : ` (${printable(this.place)})`;
    return [`${file}: ${printable(this.message)}${place}; ${this.remedy}`];
  }
}

/** All that one look at the file found. */
export class InputErrors extends InputError {
  readonly all: readonly InputError[];

  constructor(all: readonly InputError[]) {
    super(`${String(all.length)} problems`, undefined, "correct them");
    this.all = all;
  }

  override describe(file: string): string[] {
    const lines = this.all.slice(0, mostShown).flatMap((error) => error.describe(file));
    const more = this.all.length - mostShown;
    return more > 0 ? [...lines, `${file}: and ${String(more)} more problems of these kinds`] : lines;
  }
}

const mostShown = 100;

/**
 * Runs every check, also after one has failed.
 *
 * @throws InputError with all that they refused.
 */
export function runAll(checks: Iterable<() => void>): void {
  const found: InputError[] = [];
  for (const check of checks) {
    try {
      check();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      found.push(...(error instanceof InputErrors ? error.all : [error]));
    }
  }
  const [only] = found;
  if (only !== undefined) throw found.length === 1 ? only : new InputErrors(found);
}

/** One line without control characters: names come from the file and must not steer the terminal. */
export function printable(text: string, longest = 300): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}
