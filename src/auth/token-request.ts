import { apiKeyHeader, createAccessToken } from "../../generated/operations.js";
import { readGrant, type AccessTokenGrant } from "./access-token.js";
import { buildTokenRequest, type ClientAuthentication } from "./credentials.js";
import type { Clock } from "../clock.js";
import { isControlFlow } from "../errors/control-flow.js";
import { PurseTokenError, type TokenFailureReason } from "../errors/token-error.js";
import type { UnreadableReason } from "../errors/unreadable-response-error.js";
import type { FetchLike } from "../http/fetch-like.js";
import { exchange, passOnSteering, type ExchangeResult } from "../http/exchange.js";
import { refusalOfTransport, refusedByTransport } from "../http/failure.js";
import { interruptible, startDeadline, type Deadline } from "../http/interruption.js";
import { parseRetryAfterMs } from "../http/retry-after.js";
import { strayEdge } from "../checks/options.js";
import { hasControlCharacter } from "../checks/values.js";
import { faultOfFetch, type AnswerBody } from "../http/response-body.js";

/** What a token request needs of the client's settings. */
export interface TokenRequestSettings {
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: () => string | Promise<string>;
  readonly clientAuthentication: ClientAuthentication;
  readonly apiKey: string | undefined;
  readonly fetch: FetchLike;
  readonly limits: { readonly timeoutMs: number };
}

/**
 * Asks the token endpoint, with a timeout of its own: the request serves every caller that waits for a token, so no
 * single caller's signal or deadline may end it.
 */
export async function requestGrant(settings: TokenRequestSettings, clock: Clock): Promise<AccessTokenGrant> {
  const { clientId, clientAuthentication, baseUrl, tokenUrl, apiKey, limits } = settings;
  const deadline = startDeadline(clock, limits.timeoutMs);
  const clientSecret = await fetchSecret(settings, deadline);
  const form = createAccessToken.constantMembers;
  const request = buildTokenRequest({ clientId, clientAuthentication, clientSecret, form });
  const headers = {
    ...request.headers,
    accept: "application/json",
    // The key is for the API: a token endpoint on another origin must not see it.
    ...(apiKey === undefined || new URL(tokenUrl).origin !== new URL(baseUrl).origin
      ? {}
      : { [apiKeyHeader]: apiKey }),
  };
  const init = { method: createAccessToken.method, headers, body: request.body, redirect: "manual" as const };
  const result = await exchange(settings.fetch, { url: tokenUrl, init }, deadline, limits.timeoutMs);
  // Sent raw in a Basic header. A server that decodes it (RFC 6749, section 2.3.1) would see another value.
  const isRaw = clientAuthentication === "basic" && /[%+]/.test(clientId + clientSecret);
  return readAnswer(result, tokenUrl, clock, isRaw);
}

async function fetchSecret(settings: TokenRequestSettings, deadline: Deadline): Promise<string> {
  let secret: unknown;
  try {
    secret = await interruptible(deadline, undefined, async () => settings.clientSecret());
  } catch (error) {
    if (isControlFlow(error)) throw error;
    const message = "The clientSecret function failed or took too long, so no access token was requested.";
    throw new PurseTokenError("unavailable", message);
  }
  let message =
    "The clientSecret function must return a non-empty string without control characters (a line break at its end?).";
  if (typeof secret === "string" && secret !== "" && !hasControlCharacter(secret)) {
    const stray = strayEdge(secret);
    if (stray === undefined) return secret;
    message = `What the clientSecret function returned ${stray}.`;
  }
  throw new PurseTokenError("unavailable", message);
}

function readAnswer(
  result: ExchangeResult,
  tokenUrl: string,
  clock: Clock,
  isRaw: boolean,
): AccessTokenGrant {
  const where = new URL(tokenUrl);
  const place = `${where.origin}${where.pathname}`;
  passOnSteering(result);
  if (result.kind !== "answer") {
    const how =
      result.kind === "timeout" || result.kind === "interrupted"
        ? "no answer in time"
        : (result.cause.code ?? result.cause.name);
    const cause = "cause" in result ? result.cause : undefined;
    const said = how === refusedByTransport ? `: ${refusalOfTransport}` : ` cannot be reached (${how}).`;
    throw new PurseTokenError("unavailable", `No access token: ${place}${said}`, { cause });
  }
  const { status, body } = result;
  const facts = { status, retryAfterMs: parseRetryAfterMs(result.headers.get("retry-after"), clock) };
  // 408, 425 and 429 are temporary.
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) {
    const [reason, said] = describeRefusal(String(status), body);
    throw new PurseTokenError(
      reason,
      `No access token: ${place} ${said}${isRaw ? adviceOnEncoding : ""}`,
      facts,
    );
  }
  if (status < 200 || status >= 300) {
    throw new PurseTokenError(
      "unavailable",
      `No access token: ${place} answered with status ${String(status)}.`,
      facts,
    );
  }
  const grant = body.kind === "object" ? readGrant(body.value) : faultOf(body.reason);
  if (typeof grant === "object") return grant;
  throw new PurseTokenError(
    "unusable_answer",
    `No access token: the answer of ${place} cannot be used: ${grant}.`,
    facts,
  );
}

function faultOf(reason: UnreadableReason): string {
  return reason === "unsupported_fetch" ? faultOfFetch : `body is not a JSON object (${reason})`;
}

/** The errors of RFC 6749, section 5.2: the only text of a refusal that is repeated in a message. */
const tokenError =
  /^(?:(?:invalid|unauthorized)_client|invalid_(?:request|grant|scope)|unsupported_grant_type)$/;

const adviceOnEncoding =
  ' Client id or secret contain % or +, which some servers decode in a Basic header: try clientAuthentication: "body".';

/** Whether a refusal is about the credentials, and what to do. */
function describeRefusal(status: string, body: AnswerBody): [TokenFailureReason, string] {
  if (body.kind === "unreadable" && body.reason !== "empty") {
    return [
      "request_refused",
      `answered with status ${status} and no JSON (${body.reason}): a firewall, gateway or proxy in between? ` +
        "Check tokenUrl, and whether a client certificate is asked for.",
    ];
  }
  const given = body.kind === "object" ? body.value["error"] : undefined;
  const error = typeof given === "string" && tokenError.test(given) ? given : "";
  const said = error === "" ? `(status ${status})` : `(status ${status}, ${error})`;
  return error.endsWith("_client") || (error === "" && status === "401")
    ? [
        "credentials_refused",
        `refuses the credentials ${said}. Check client id and secret, and that they may use client_credentials.`,
      ]
    : ["request_refused", `refuses the request ${said}. Check tokenUrl and clientAuthentication.`];
}
