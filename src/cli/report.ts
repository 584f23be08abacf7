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
 * Reports what went wrong and what to do about it, without a stack trace, and returns the exit code. Programs that asked
 * for JSON get it on standard output as well.
 *
 * @param help the command whose help to refer to, for example `purse payment get --help`.
 */
export async function reportError(
  terminal: Terminal,
  error: unknown,
  { isJson, help }: { isJson: boolean; help: string },
): Promise<ExitCode> {
  if (isJson) terminal.print(errorJson(errorMembers(error)));
  if (error instanceof UsageError) {
    const more = error.help === undefined ? ` See ${help}.` : `\n\n${error.help}`;
    await terminal.tell(`purse: ${error.message}${more}`);
    return exitCodes.usage;
  }
  if (!isPurseError(error)) {
    // Messages of other errors may quote secrets.
    await terminal.tell(
      `purse: unexpected fault (${nameOf(error)}). Please report it with the command you ran.`,
    );
    return exitCodes.failed;
  }
  for (const line of describeError(error)) await terminal.tell(line);
  if (error.code === "configuration" && !Object.keys(process.env).some((name) => name.startsWith("PURSE_")))
    await terminal.tell(
      "  To try without credentials, run npx --no-install purse-simulator and set the variables that it prints.",
    );
  return exitCodeOf(error);
}

/** An error for programs, as every command prints it with --json. */
export function errorJson(members: ErrorMembers): string {
  return toJson({ error: members });
}

/** Ctrl-C ended the command before it had anything to say. */
export const interrupted: ErrorMembers = { code: "aborted", message: "Interrupted." };

/** What may be shown of an error, in snake_case. The service's own words are left out, as from logs. */
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

/** The error in lines: message, the service's words, what to do. */
export function describeError(error: AnyPurseError): string[] {
  const { code, message, problem, requestId } = error;
  const details = error instanceof PurseApiError ? serviceWords(error) : [];
  return [
    // The message contains the service's title.
    oneLine(`purse: ${code}: ${message}`),
    ...(problem?.title === undefined ? [] : [`  the service says: ${bounded(problem.title)}`]),
    ...details.map((detail) => `  ${bounded(detail)}`),
    ...(requestId === undefined ? [] : [`  request id: ${requestId}`]),
    `  ${remedyFor(error)}${seenByDoctor.includes(error.code) ? " purse doctor checks this." : ""}`,
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
  if (error.code === "api" && temporaryStatuses.includes(error.status ?? 0)) return exitCodes.unknown;
  return exitCodeByError[error.code] ?? exitCodes.failed;
}

const needsCorrection: readonly TokenFailureReason[] = ["credentials_refused", "request_refused"];

/** Request Timeout and Too Early. */
const temporaryStatuses: readonly number[] = [408, 425];

const exitCodeByError: Readonly<Partial<Record<AnyPurseError["code"], ExitCode>>> = {
  authentication: exitCodes.configuration,
  configuration: exitCodes.configuration,
  permission: exitCodes.configuration,
  invalid_argument: exitCodes.usage,
  // The earlier call with the key may have moved money.
  idempotency_conflict: exitCodes.unknown,
  outcome_unknown: exitCodes.unknown,
  // No answer, or none that decides anything: a later one may.
  connection: exitCodes.unknown,
  rate_limit: exitCodes.unknown,
  server: exitCodes.unknown,
  timeout: exitCodes.unknown,
  token: exitCodes.unknown,
  unreadable_response: exitCodes.unknown,
};

/** What to do, without reference to the doctor, which uses it too. */
export function remedyFor(error: AnyPurseError): string {
  if (error.code === "token" && error.reason === "credentials_refused")
    return "Check PURSE_CLIENT_ID and PURSE_CLIENT_SECRET, and that they belong to this environment.";
  if (error.code === "token" && error.reason === "request_refused")
    return "Check PURSE_TOKEN_URL, and whether requests from this machine get past firewalls and gateways.";
  if (error.code === "redirection" && error.reason === "keys_unavailable")
    return "Check the network and PURSE_BASE_URL, then try again.";
  return remedies[error.code];
}

/** Errors whose cause `purse doctor` can show. */
const seenByDoctor: readonly AnyPurseError["code"][] = [
  "authentication",
  "connection",
  "token",
  "unreadable_response",
];

const remedies: Readonly<Record<AnyPurseError["code"], string>> = {
  aborted: "Nothing was sent that changes anything.",
  api: "The API does not document this status; ask Purse and give the request id.",
  authentication: "Check PURSE_CLIENT_ID, PURSE_CLIENT_SECRET and PURSE_API_KEY.",
  bad_request: "The service refuses this request. Correct it; sending it again will not help.",
  checkout: "Look at the session or the payment again.",
  configuration: "Set or correct the variable that the message names.",
  conflict: "The payment's state does not allow this. Look at it with purse payment get.",
  connection: "Check the network (DNS, proxy, firewall) and PURSE_BASE_URL, then try again.",
  idempotency_conflict:
    "The key was used for another call. Look with purse payment get before you use a new one.",
  invalid_argument: "Nothing was sent. Correct the argument.",
  not_found: "Check the id, and that it belongs to this environment and these credentials.",
  outcome_unknown: "Do not treat it as failed.",
  permission: "The credentials do not allow this. Check PURSE_ENTITY_ID and PURSE_API_KEY.",
  rate_limit: "Wait a little, then try again.",
  redirection: "Treat the visit as unpaid.",
  server: "The service failed. Try again later.",
  timeout: "Try again, with a longer --deadline if needed.",
  token: "Check the network (DNS, proxy, firewall) and PURSE_TOKEN_URL or PURSE_BASE_URL, then try again.",
  unreadable_response: "Something other than Purse may have answered. Check PURSE_BASE_URL.",
  webhook: "The delivery was not accepted.",
};

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
