import { TokenRequest as validateTokenRequest } from "../../../generated/request-validators.js";
import { apiKeyHeader } from "../../../generated/operations.js";
import type { AccessToken, TokenProblem } from "../../../generated/schema.js";
import type { Context } from "../context.js";
import { Refusal } from "../protocol/problems.js";
import { readBody, type RequestBody } from "../protocol/validation.js";
type Form = Readonly<Record<string, string>>;

interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Answers the token call. Its errors follow RFC 6749 and are not problem documents. */
export async function answerTokenRequest(context: Context, request: Request): Promise<Response> {
  const body = await readBody(request).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  if (body?.mediaType !== "application/x-www-form-urlencoded") {
    return refuse(400, "invalid_request", "the body must be a form of at most 1 MiB");
  }
  const form = parseForm(body);
  if (typeof form === "string")
    return refuse(400, form, "the form does not ask for a client credentials grant");

  const offered = [fromBasic(request), fromForm(form)].filter((credentials) => credentials !== undefined);
  if (offered.length > 1) return refuse(400, "invalid_request", "send the credentials in one place only");
  if (offered[0] === undefined || !isKnown(context, offered[0])) {
    return refuse(401, "invalid_client", "the client id or secret is wrong or missing");
  }
  return answer(200, issueToken(context));
}

/** @throws Refusal when the call has no valid bearer token. */
export function requireToken(context: Context, request: Request): void {
  const { state, clock, settings } = context;
  const token = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) throw new Refusal(401, "An access token is required.");
  const expiresAtMs = state.tokens[token]?.expiresAtMs;
  if (expiresAtMs === undefined || expiresAtMs <= clock.nowMs()) {
    throw new Refusal(401, "The access token is unknown or expired.");
  }
  if (settings.requireApiKey && request.headers.get(apiKeyHeader) !== settings.apiKey) {
    throw new Refusal(401, `The header ${apiKeyHeader} is missing or wrong.`);
  }
}

function issueToken({ state, clock, settings }: Context): AccessToken {
  const nowMs = clock.nowMs();
  for (const [token, { expiresAtMs }] of Object.entries(state.tokens)) {
    if (expiresAtMs <= nowMs) Reflect.deleteProperty(state.tokens, token);
  }
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const token = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  state.tokens[token] = { expiresAtMs: nowMs + settings.tokenLifetimeSeconds * 1000 };
  return { access_token: token, token_type: "Bearer", expires_in: settings.tokenLifetimeSeconds };
}

function parseForm(body: RequestBody): Form | "invalid_request" | "unsupported_grant_type" {
  const entries = [...new URLSearchParams(body.text)];
  const form = Object.fromEntries(entries);
  if (entries.length !== Object.keys(form).length) return "invalid_request";
  const isKnown = Object.entries(form).every(([name, value]) => isKnownMember(name, value));
  if (validateTokenRequest(form)) return isKnown ? form : "invalid_request";
  const isOtherGrant = validateTokenRequest.errors?.some(({ keyword }) => keyword === "const") === true;
  return isOtherGrant ? "unsupported_grant_type" : "invalid_request";
}

/** What the spec leaves open is refused all the same: a misspelling should be noticed here. */
function isKnownMember(name: string, value: string): boolean {
  if (name === "grant_type") return true;
  return ["client_id", "client_secret"].includes(name) && value.length > 0 && value.length <= 100;
}

/** Credentials in the body are OAuth2's own way and not described by the spec, so the form is more than its schema. */
function fromForm(form: Form): Credentials | undefined {
  const { client_id: clientId, client_secret: clientSecret } = form;
  if (clientId === undefined && clientSecret === undefined) return undefined;
  return { clientId: clientId ?? "", clientSecret: clientSecret ?? "" };
}

function fromBasic(request: Request): Credentials | undefined {
  const encoded = /^basic +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const pair = decodeBase64(encoded);
  const colon = pair.indexOf(":");
  return { clientId: pair.slice(0, Math.max(colon, 0)), clientSecret: pair.slice(colon + 1) };
}

function isKnown({ settings }: Context, { clientId, clientSecret }: Credentials): boolean {
  return isSame(clientId, settings.clientId) && isSame(clientSecret, settings.clientSecret);
}

/** RFC 6749 requires both parts to be form-encoded; the vendor's own plugin sends them raw. Both are accepted. */
function isSame(sent: string, expected: string): boolean {
  return (
    sent === expected || new URLSearchParams(`value=${sent.replaceAll("&", "%26")}`).get("value") === expected
  );
}

function decodeBase64(encoded: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)));
  } catch {
    return "";
  }
}

function refuse(status: 400 | 401, error: string, description: string): Response {
  return answer(status, { error, error_description: description });
}

function answer(status: number, body: AccessToken | TokenProblem): Response {
  const response = Response.json(body, { status, headers: { "cache-control": "no-store" } });
  if (status === 401) response.headers.set("www-authenticate", 'Basic realm="purse-simulator"');
  return response;
}
