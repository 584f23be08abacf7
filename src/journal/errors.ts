import { isPurseError } from "../errors/union.js";
import type { AnyPurseError } from "../errors/union.js";

/** What a failed call says of the movement that it asked for. */
export interface Failure {
  /**
   * `refused`: the service's own word. `not_done`: this attempt provably changed nothing. `unknown`: it may have taken
   * effect. `key_used`: the service says that the key was used, and what could be read does not show for what.
   */
  readonly kind: "refused" | "not_done" | "unknown" | "key_used";
  readonly reason: string;
  readonly operationId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

const refusals: readonly string[] = ["bad_request", "permission", "not_found", "conflict", "api"];
const longestReason = 300;

export function failureOf(error: unknown): Failure {
  if (!isPurseError(error)) {
    // Not an error of the client, so nothing is known of how far it got.
    return { kind: "unknown", reason: error instanceof Error ? error.name : "unexpected error" };
  }
  const { retryAfterMs } = error;
  const reason = reasonOf(error);
  if (error.code === "idempotency_conflict") return { kind: "key_used", reason, retryAfterMs };
  if (error.code === "outcome_unknown") {
    const isAnswered = error.reason === "recovery_failed" || error.reason === "still_in_progress";
    const kind = isAnswered ? "key_used" : "unknown";
    return { kind, reason, operationId: error.resourceId, retryAfterMs };
  }
  return {
    kind: refusals.includes(error.code) && isOwnWord(error) ? "refused" : "not_done",
    reason,
    retryAfterMs,
  };
}

/** Gateways answer with pages of their own; the service explains itself in a problem document. */
function isOwnWord(error: AnyPurseError): boolean {
  const { detail, problems } = error as { detail?: string; problems?: readonly unknown[] }; // Not every error has them.
  return error.problem !== undefined || detail !== undefined || (problems ?? []).length > 0;
}

/** Safe to keep: an error's message holds no secret and nothing of the request. */
function reasonOf(error: AnyPurseError): string {
  // The message of an unknown outcome says how to go on, which here is the journal's part.
  if (error.code === "outcome_unknown") return `${error.code}: ${error.reason}`;
  return `${error.code}: ${error.message}`.slice(0, longestReason);
}
