import { createAccessToken, environments } from "../generated/operations.js";
import type { TokenStore } from "./auth/token-store.js";
import {
  checkUrl,
  failOption as fail,
  isProductionHost,
  readDurationMs,
  readFetch,
} from "./http/option-checks.js";
import { hasControlCharacter } from "./http/path.js";
import type { CallDefaults, Settings } from "./http/settings.js";
import type { PurseOptions } from "./options.js";

const defaults: CallDefaults = { timeoutMs: 30_000, deadlineMs: 90_000, maxRetries: 2 };
const mostRetries = 10;

/**
 * Checks a client's options and fills in the rest from the environment and the defaults.
 *
 * @throws PurseConfigurationError naming the option, what is wrong with it and what to do.
 */
export function readSettings(given: unknown): Settings {
  refuseBrowsers();
  if (typeof given !== "object" || given === null) fail("options", "must be an object.");
  const options: PurseOptions = given; // Each member is checked below, whatever its declared type.
  const { baseUrl, isProduction } = readBaseUrl(options);
  const allowHttp = options.allowInsecureHttp === true;
  if (allowHttp && isProduction) fail("allowInsecureHttp", "cannot be used with production.");
  const base = checkUrl(baseUrl, "baseUrl", allowHttp);
  if (base.search !== "" || base.hash !== "") fail("baseUrl", "must not have a query or a fragment.");
  const baseText = `${base.origin}${base.pathname.replace(/\/+$/, "")}`;
  // A base URL in the options is a whole place of its own: secrets must not go where the environment points.
  const tokenVariable = options.baseUrl === undefined ? "PURSE_TOKEN_URL" : undefined;
  const tokenUrl =
    optionalText(options.tokenUrl, "tokenUrl", tokenVariable) ?? `${baseText}${createAccessToken.path}`;
  if (allowHttp && isProductionHost(tokenUrl)) fail("allowInsecureHttp", "cannot be used with production.");
  return {
    baseUrl: baseText,
    tokenUrl: checkUrl(tokenUrl, "tokenUrl", allowHttp).href,
    clientId: readClientId(options),
    clientSecret: readSecret(options),
    clientAuthentication: readClientAuthentication(options),
    apiKey: checkHeaderText(optionalText(options.apiKey, "apiKey", "PURSE_API_KEY"), "apiKey"),
    entityId: optionalText(options.entityId, "entityId", "PURSE_ENTITY_ID"),
    tokenStore: readTokenStore(options.tokenStore),
    fetch: readFetch(options.fetch),
    limits: {
      timeoutMs: readDurationMs(options.timeoutMs, "timeoutMs", defaults.timeoutMs),
      deadlineMs: readDurationMs(options.deadlineMs, "deadlineMs", defaults.deadlineMs),
      maxRetries: readRetries(options.maxRetries),
    },
  };
}

function refuseBrowsers(): void {
  if (!("window" in globalThis && "document" in globalThis)) return;
  fail("Purse", "must run on a server: it holds a client secret, which a page would give away.");
}

function readBaseUrl(options: PurseOptions): { baseUrl: string; isProduction: boolean } {
  // An option that is given outranks both variables, so that a test's address beats a shell's environment.
  const isGiven = options.environment !== undefined || options.baseUrl !== undefined;
  const environment = isGiven ? options.environment : variable("PURSE_ENVIRONMENT");
  const baseUrl = isGiven ? options.baseUrl : variable("PURSE_BASE_URL");
  if (environment === undefined && baseUrl === undefined) {
    fail(
      "environment",
      'or baseUrl is needed, for example environment: "sandbox" (or set PURSE_ENVIRONMENT or PURSE_BASE_URL).',
    );
  }
  if (environment !== undefined && baseUrl !== undefined) {
    fail(
      "environment",
      "and baseUrl exclude each other; give one (PURSE_ENVIRONMENT and PURSE_BASE_URL count too).",
    );
  }
  if (baseUrl !== undefined) {
    if (typeof baseUrl !== "string" || baseUrl === "") fail("baseUrl", "must be a non-empty string.");
    return { baseUrl, isProduction: isProductionHost(baseUrl) };
  }
  const known: Readonly<Record<string, string>> = environments;
  const url =
    typeof environment === "string" && Object.hasOwn(known, environment) ? known[environment] : undefined;
  if (url === undefined) fail("environment", `must be one of ${Object.keys(known).join(", ")}.`);
  return { baseUrl: url, isProduction: url === environments.production };
}

function readSecret(options: PurseOptions): Settings["clientSecret"] {
  const { clientSecret } = options;
  if (typeof clientSecret === "function") return clientSecret;
  const secret = requiredText(clientSecret, "clientSecret", "PURSE_CLIENT_SECRET");
  return () => secret;
}

function readClientId(options: PurseOptions): string {
  const clientId = requiredText(options.clientId, "clientId", "PURSE_CLIENT_ID");
  if (!clientId.includes(":") || options.clientAuthentication === "body") return clientId;
  return fail(
    "clientId",
    'must not contain a colon, which ends it in a Basic header; use clientAuthentication "body".',
  );
}

function readClientAuthentication(options: PurseOptions): Settings["clientAuthentication"] {
  const style: unknown = options.clientAuthentication ?? "basic";
  return style === "basic" || style === "body"
    ? style
    : fail("clientAuthentication", 'must be "basic" or "body".');
}

function readTokenStore(store: unknown): Settings["tokenStore"] {
  if (store === undefined) return undefined;
  return isTokenStore(store) ? store : fail("tokenStore", "must have the methods get, set and delete.");
}

function isTokenStore(value: unknown): value is TokenStore {
  if (typeof value !== "object" || value === null) return false;
  const methods = ["get", "set", "delete"].map((name): unknown => Reflect.get(value, name));
  return methods.every((method) => typeof method === "function");
}

function readRetries(value: unknown): number {
  if (value === undefined) return defaults.maxRetries;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= mostRetries)
    return value;
  return fail("maxRetries", `must be a whole number from 0 to ${String(mostRetries)}.`);
}

function requiredText(value: unknown, option: string, variableName: string): string {
  return (
    optionalText(value, option, variableName) ?? fail(option, `is missing; give it or set ${variableName}.`)
  );
}

function optionalText(value: unknown, option: string, variableName: string | undefined): string | undefined {
  const text = value === undefined && variableName !== undefined ? variable(variableName) : value;
  if (text === undefined) return undefined;
  if (typeof text !== "string") fail(option, "must be a string.");
  if (text === "")
    fail(option, `must not be empty (nor may ${String(variableName)}, if it comes from there).`);
  if (hasControlCharacter(text))
    fail(option, "must not contain control characters; a line break at its end, perhaps?");
  return text;
}

function checkHeaderText(text: string | undefined, option: string): string | undefined {
  if (text !== undefined && !/^[\x21-\x7e]+$/.test(text))
    fail(option, "must be visible ASCII without blanks.");
  return text;
}

/** Environment variables, where the runtime has them and lets them be read. */
function variable(name: string): string | undefined {
  try {
    const host = globalThis as { process?: { env?: Record<string, string | undefined> } };
    return host.process?.env?.[name];
  } catch {
    return undefined;
  }
}
