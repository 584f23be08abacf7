import { redirectionParameter } from "../../../generated/redirection.js";
import { isPurseError } from "../../../src/errors/union.js";
import type { RedirectionInput } from "../../../src/redirection/token-input.js";
import type { RedirectionVerifier } from "../../../src/redirection/verifier.js";
import type { Attack, AttackCase } from "./attack-case.js";
import { goodClaims } from "./signing.js";

/** What came of a case: accepted, or the reason of the refusal, or what went wrong instead. */
export type Outcome = AttackCase["expected"] | `accepted with other claims: ${string}` | `threw ${string}`;

/** A token is passed as the only parameter, where it arrives exactly as it was made. */
export function inputOf(attack: Attack): RedirectionInput {
  return "token" in attack ? new URLSearchParams({ [redirectionParameter]: attack.token }) : attack.input;
}

/** Runs one attack against one verifier. Never rejects, and needs no test runner. */
export async function outcomeOf(
  attack: Attack,
  verifier: Pick<RedirectionVerifier, "verify">,
): Promise<Outcome> {
  try {
    const { clientSessionId } = attack;
    const options = clientSessionId === undefined ? undefined : { clientSessionId };
    const claims = await verifier.verify(inputOf(attack), options);
    const [got, wanted] = [sorted(claims), sorted(attack.claims ?? goodClaims)];
    return got === wanted ? "accept" : `accepted with other claims: ${got}`;
  } catch (error) {
    if (isPurseError(error) && error.code === "redirection") return error.reason;
    return `threw ${String(error)}`;
  }
}

/** As JSON, with its members in order; what undefined holds falls away, as it does in the token. */
function sorted(claims: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(claims).sort(([a], [b]) => (a < b ? -1 : 1))));
}
