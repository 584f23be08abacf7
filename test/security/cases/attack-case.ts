import type { RedirectionRefusal } from "../../../src/errors/redirection-error.js";
import type { RedirectionInput } from "../../../src/redirection/token-input.js";

/** What a case hands to a verifier: a token as such, or an address to find it in. */
export type Attack = {
  /** Entries of the key set that the verifier trusts. */
  readonly keys: readonly unknown[];
  /** What an accepted token must give; the good claims, if nothing is said. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly clientSessionId?: string;
} & ({ readonly token: string } | { readonly input: RedirectionInput });

/** One attempt to be taken for genuine, or one odd token that is. Plain data, for any runtime and any test runner. */
export interface AttackCase {
  readonly group: string;
  readonly name: string;
  readonly expected: "accept" | RedirectionRefusal;
  readonly make: () => Promise<Attack>;
}

/** The cases of one group: name, what must come of it, and how to make it. */
export function casesOf(
  group: string,
  rows: readonly (readonly [name: string, expected: AttackCase["expected"], make: AttackCase["make"]])[],
): AttackCase[] {
  return rows.map(([name, expected, make]) => ({ group, name, expected, make }));
}
