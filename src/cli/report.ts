import type { AnyPurseError } from "../errors/union.js";
import { PurseApiError } from "../errors/api-error.js";
import { isPurseError } from "../errors/union.js";
import type { TokenFailureReason } from "../errors/token-error.js";
import { UsageError } from "./arguments.js";
import { exitCodes, type ExitCode } from "./exit-codes.js";
import { oneLine, toJson } from "./presentation.js";
import type { Terminal } from "./terminal.js";

export type ErrorMembers = Readonly<Record<string, unknown>>;

/**
 * Says what went wrong and what to do about it, without a stack trace, and gives the exit code. Programs that asked for
 * JSON get it on standard output as well.
 */
export async function reportError(terminal: Terminal, error: unknown, isJson: boolean): Promise<ExitCode> {
  if (isJson) terminal.print(errorJson(errorMembers(error)));
  if (error instanceof UsageError) {
    await terminal.tell(`purse: ${error.message} See --help.`);
    return exitCodes.usage;
  }
  if (!isPurseError(error)) {
    // Foreign messages may quote what must not be printed.
    await terminal.tell(
      `purse: unexpected fault (${nameOf(error)}). Please report it with the command you ran.`,
    );
    return exitCodes.failed;
  }
  for (const line of describeError(error)) await terminal.tell(line);
  return exitCodeOf(error);
}

/** An error for programs, as every command prints it with --json. */
export function errorJson(members: ErrorMembers): string {
  return toJson({ error: members });
}

/** Ctrl-C ended the command before it had anything to say. */
export const interrupted: ErrorMembers = { code: "aborted", message: "Interrupted." };

/** What may be shown of an error; what the service said in words is left out, as from logs. Named as the API names members. */
export function errorMembers(error: unknown): ErrorMembers {
  if (error instanceof UsageError) return { code: "usage", message: error.message };
  if (!isPurseError(error)) return { code: "unexpected", message: `Unexpected fault (${nameOf(error)}).` };
  const members = Object.entries(error.toJSON()).filter(([name]) => name !== "name");
  return Object.fromEntries(
    members.map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/** The error in lines: message, what the service said, what to do. */
export function describeError(error: AnyPurseError): string[] {
  const { code, message, problem, requestId } = error;
  const details = error instanceof PurseApiError ? serviceWords(error) : [];
  return [
    // The message has the service's title in it.
    oneLine(`purse: ${code}: ${message}`),
    ...(problem?.title === undefined ? [] : [`  the service says: ${bounded(problem.title)}`]),
    ...details.map((detail) => `  ${bounded(detail)}`),
    ...(requestId === undefined ? [] : [`  request id: ${requestId}`]),
    `  ${remedyFor(error)}`,
  ];
}

function serviceWords({ detail, problems }: PurseApiError): string[] {
  const members = problems.map(({ pointer, detail: what }) => `${pointer ?? "?"}: ${what ?? ""}`);
  return [...(detail === undefined ? [] : [detail]), ...members.slice(0, 10)];
}

function bounded(text: string): string {
  return oneLine(text.length > 300 ? `${text.slice(0, 300)}...` : text);
}

export function exitCodeOf(error: AnyPurseError): ExitCode {
  if (error.code === "token" && needsCorrection.includes(error.reason)) return exitCodes.configuration;
  if (error.code === "redirection" && error.reason === "keys_unavailable") return exitCodes.unknown;
  return exitCodeByError[error.code] ?? exitCodes.failed;
}

const needsCorrection: readonly TokenFailureReason[] = ["credentials_refused", "request_refused"];

const exitCodeByError: Readonly<Partial<Record<AnyPurseError["code"], ExitCode>>> = {
  authentication: exitCodes.configuration,
  configuration: exitCodes.configuration,
  // Whatever the key was used for first may have moved money.
  idempotency_conflict: exitCodes.unknown,
  invalid_argument: exitCodes.usage,
  outcome_unknown: exitCodes.unknown,
  permission: exitCodes.configuration,
};

function remedyFor(error: AnyPurseError): string {
  if (error.code === "token" && error.reason === "credentials_refused")
    return "Check PURSE_CLIENT_ID and PURSE_CLIENT_SECRET, and that they belong to this environment.";
  if (error.code === "token" && error.reason === "request_refused")
    return "Check PURSE_TOKEN_URL, and whether requests from this machine get past firewalls and gateways.";
  if (error.code === "redirection" && error.reason === "keys_unavailable")
    return "Check the network and PURSE_BASE_URL with purse doctor, then ask again.";
  return remedies[error.code];
}

const remedies: Readonly<Record<AnyPurseError["code"], string>> = {
  aborted: "Nothing was sent.",
  api: "The status has no meaning of its own here; ask Purse with the request id.",
  authentication: "Check the credentials and PURSE_API_KEY with purse doctor.",
  bad_request: "The service refuses this as it stands. Correct it; sending it again will not help.",
  checkout: "Look at the session or the payment again.",
  configuration: "Set the variable, then look with purse doctor.",
  conflict: "The payment's state does not allow this. Look at it with purse payment get.",
  connection: "Check the network and PURSE_BASE_URL with purse doctor, then try again.",
  idempotency_conflict:
    "The key was used for something else. Look with purse payment get before you use another one.",
  invalid_argument: "Nothing was sent. Correct the argument.",
  not_found: "Check the id, and that it belongs to this environment and these credentials.",
  outcome_unknown: "Do not take it for failed.",
  permission: "The credentials may not do this. Check PURSE_ENTITY_ID and PURSE_API_KEY.",
  rate_limit: "Wait a little, then try again.",
  redirection: "Take the visit for unpaid.",
  server: "The service has a fault. Try again later.",
  timeout: "Try again, with a longer --deadline if need be.",
  token: "The token endpoint did not help. Check PURSE_TOKEN_URL and the network with purse doctor.",
  unreadable_response:
    "Something other than Purse may have answered. Check PURSE_BASE_URL with purse doctor.",
  webhook: "The delivery was not accepted.",
};

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
