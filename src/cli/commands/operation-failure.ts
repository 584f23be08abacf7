import { PurseOutcomeUnknownError } from "../../errors/outcome-unknown-error.js";
import { isPurseError } from "../../errors/union.js";
import type { CommandContext } from "../command.js";
import { exitCodes, type ExitCode } from "../exit-codes.js";
import { commandLine } from "../presentation.js";
import { describeError, errorJson, errorMembers, exitCodeOf, nameOf, type ErrorMembers } from "../report.js";

export type Kind = "capture" | "refund" | "void";

/** One run of the command. */
export interface Attempt {
  readonly kind: Kind;
  readonly paymentId: string;
  readonly key: string;
  /** Then an earlier run may have moved money under it. */
  readonly isKeyGiven: boolean;
  /** The command that runs it again under the same key. */
  readonly again: string;
}

/** @param wasSent whether the operation itself was sent, or only the requests before it. */
export async function reportFailure(
  context: CommandContext,
  attempt: Attempt,
  error: unknown,
  wasSent: boolean,
): Promise<ExitCode> {
  const { terminal } = context;
  const members = errorMembers(error);
  if (isPurseError(error) && error.code !== "outcome_unknown") {
    for (const line of describeError(error)) await terminal.tell(line);
    if (error.code !== "idempotency_conflict")
      return reportRefusal(context, attempt, members, exitCodeOf(error));
    printJson(context, { ...members, outcome: "unknown" });
    await terminal.tell(`  An earlier call with this key may have moved money: ${lookAt(attempt.paymentId)}`);
    return exitCodes.unknown;
  }
  if (!wasSent) {
    await terminal.tell(`purse: unexpected fault (${nameOf(error)}) before anything was sent.`);
    return reportRefusal(context, attempt, members, exitCodes.failed);
  }
  const reason = error instanceof PurseOutcomeUnknownError ? error.reason : nameOf(error);
  printJson(context, { ...members, code: "outcome_unknown", reason, ...unknownOutcome(attempt) });
  await terminal.tell(
    `purse: outcome_unknown: THE OUTCOME IS NOT KNOWN (${reason}). The ${attempt.kind} may have been done.\n` +
      "  Do not run it under a new key. This asks again, and never does it twice:\n" +
      `  ${attempt.again}`,
  );
  return exitCodes.unknown;
}

/**
 * For a run that moved nothing. An earlier run with the same key may have.
 *
 * @param code the exit code if there was no earlier run.
 */
export async function reportRefusal(
  context: CommandContext,
  attempt: Attempt,
  members: ErrorMembers,
  code: ExitCode,
): Promise<ExitCode> {
  const isFinal = code !== exitCodes.unknown;
  if (attempt.isKeyGiven && (code === exitCodes.failed || !isFinal)) {
    printJson(context, { ...members, ...unknownOutcome(attempt) });
    await context.terminal.tell(
      `The ${attempt.kind} is not known yet: this run moved nothing, but an earlier one with this key may have.\n` +
        `  Ask again: ${attempt.again}\n` +
        `  or look:   ${lookAt(attempt.paymentId)}`,
    );
    return exitCodes.unknown;
  }
  printJson(context, isFinal ? members : { ...members, ask_again: attempt.again });
  if (!isFinal) await context.terminal.tell(`No money moved. Run it again: ${attempt.again}`);
  return code;
}

export function lookAt(paymentId: string): string {
  return commandLine(["payment", "get", paymentId], []);
}

function unknownOutcome({ key, again }: Attempt): ErrorMembers {
  return { outcome: "unknown", idempotency_key: key, ask_again: again };
}

function printJson({ args, terminal }: CommandContext, members: ErrorMembers): void {
  if (args.has("json")) terminal.print(errorJson(members));
}
