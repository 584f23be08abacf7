import { createAccessToken, environments } from "../generated/operations.js";
import type { TokenStore } from "./auth/token-store.js";
import {
  checkRetries,
  checkUrl,
  failOption as fail,
  isProductionHost,
  readDurationMs,
  readFetch,
} from "./http/option-checks.js";
import { hasControlCharacter } from "./http/path.js";
import type { PurseHooks, PurseLogger } from "./http/hooks.js";
import type { CallDefaults, Settings } from "./http/settings.js";
import type { PurseOptions } from "./options.js";

const defaults: CallDefaults = { timeoutMs: 30_000, deadlineMs: 90_000, maxRetries: 2 };

/**
 * Checks a client's options and fills in the rest from the environment and the defaults.
 *
 * @throws PurseConfigurationError naming the option, what is wrong with it and what to do.
 */
export function readSettings(given: unknown): Settings {
  refuseBrowsers();
  if (typeof given !== "object" || given === null) fail("options", "must be an object.");
  const options: PurseOptions = given; // Each member is checked below, whatever its declared type.
  const { maxRetries = defaults.maxRetries } = options;
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
    hooks: readHooks(options.hooks),
    logger: readLogger(options.logger),
    limits: {
      timeoutMs: readDurationMs(options.timeoutMs, "timeoutMs", defaults.timeoutMs),
      deadlineMs: readDurationMs(options.deadlineMs, "deadlineMs", defaults.deadlineMs),
      maxRetries: checkRetries(maxRetries, "maxRetries", fail),
    },
  };
}

function refuseBrowsers(): void {
  if (!("window" in globalThis && "document" in globalThis)) return;
  const advice =
    'In a test, put "@vitest-environment node" or "@jest-environment node" at the top of the file.';
  fail("Purse", `must run on a server: it holds a client secret, which a page would give away. ${advice}`);
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
  if (store !== undefined) checkMethods(store, "tokenStore", "every", ["get", "set", "delete"]);
  return store as TokenStore | undefined; // Has what it takes.
}

function readHooks(given: unknown): Settings["hooks"] {
  const list: readonly unknown[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const names = ["onCallStart", "onAttemptEnd", "onRetry", "onTokenRequest", "onCallEnd"];
  for (const hooks of list) checkMethods(hooks, "hooks", "some", names);
  return [...list] as PurseHooks[]; // Each was looked at.
}

function readLogger(logger: unknown): Settings["logger"] {
  if (logger !== undefined) checkMethods(logger, "logger", "some", ["debug", "info", "warn", "error"]);
  return logger as PurseLogger | undefined; // Looked at.
}

function checkMethods(
  value: unknown,
  option: string,
  many: "every" | "some",
  names: readonly string[],
): void {
  const isMethod = (name: string): boolean => typeof Reflect.get(value as object, name) === "function";
  if (typeof value === "object" && value !== null && names[many](isMethod)) return;
  fail(option, `must have ${many === "every" ? "" : "some of "}the methods ${names.join(", ")}.`);
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
