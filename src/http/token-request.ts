import { apiKeyHeader, createAccessToken } from "../../generated/operations.js";
import { readGrant, type AccessTokenGrant } from "../auth/access-token.js";
import { buildTokenRequest } from "../auth/credentials.js";
import { isControlFlow } from "../errors/control-flow.js";
import { PurseTokenError } from "../errors/token-error.js";
import { exchange, passOnSteering, type ExchangeResult } from "./exchange.js";
import { refusalOfTransport, refusedByTransport } from "./failure.js";
import { interruptible, type CallLimits } from "./interruption.js";
import { hasControlCharacter } from "./path.js";
import type { Settings, Surroundings } from "./settings.js";
import { fetchUntil } from "./stop.js";

/**
 * Asks the token endpoint, within a time of its own: the request serves every caller that waits for a token, so no
 * single caller's signal or deadline may end it.
 */
export async function requestGrant(settings: Settings, { clock }: Surroundings): Promise<AccessTokenGrant> {
  const { clientId, clientAuthentication, tokenUrl, apiKey, limits } = settings;
  const callLimits = { clock, endsAtMs: clock.monotonicMs() + limits.timeoutMs, signal: undefined };
  const clientSecret = await fetchSecret(settings, callLimits);
  const form = createAccessToken.constantMembers;
  const request = buildTokenRequest({ clientId, clientAuthentication, clientSecret, form });
  const headers = {
    ...request.headers,
    accept: "application/json",
    ...(apiKey === undefined ? {} : { [apiKeyHeader]: apiKey }),
  };
  const init = { method: createAccessToken.method, headers, body: request.body, redirect: "manual" as const };
  const result = await exchange(
    (stop) => fetchUntil(stop, settings.fetch, tokenUrl, init),
    callLimits,
    limits.timeoutMs,
  );
  return readAnswer(result, tokenUrl);
}

async function fetchSecret(settings: Settings, limits: CallLimits): Promise<string> {
  let secret: unknown;
  try {
    secret = await interruptible(limits, undefined, async () => settings.clientSecret());
  } catch (error) {
    if (isControlFlow(error)) throw error;
    const message =
      "The clientSecret function failed or took too long, so no access token could be asked for.";
    throw new PurseTokenError("unavailable", message);
  }
  if (typeof secret === "string" && secret !== "" && !hasControlCharacter(secret)) return secret;
  throw new PurseTokenError(
    "unavailable",
    "The clientSecret function must return a non-empty string without control characters (a line break at its end?).",
  );
}

function readAnswer(result: ExchangeResult, tokenUrl: string): AccessTokenGrant {
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
  const facts = { status };
  if (status === 400 || status === 401 || status === 403) {
    const message = `No access token: ${place} refuses the credentials (status ${String(status)}). Check client id and secret.`;
    throw new PurseTokenError("credentials_refused", message, facts);
  }
  if (status < 200 || status >= 300) {
    throw new PurseTokenError(
      "unavailable",
      `No access token: ${place} answered with status ${String(status)}.`,
      facts,
    );
  }
  const grant = body.kind === "object" ? readGrant(body.value) : `body is not a JSON object (${body.reason})`;
  if (typeof grant === "object") return grant;
  throw new PurseTokenError(
    "unusable_answer",
    `No access token: the answer of ${place} cannot be used: ${grant}.`,
    facts,
  );
}
