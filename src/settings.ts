import { createAccessToken, environments } from "../generated/operations.js";
import type { TokenStore } from "./auth/token-store.js";
import {
  checkRetries,
  checkUrl,
  failOption as fail,
  isProductionHost,
  readDurationMs,
  checkFetch,
  strayEdge,
} from "./checks/options.js";
import { hasControlCharacter, isVisibleAscii } from "./checks/values.js";
import { PurseConfigurationError } from "./errors/configuration-error.js";
import { PurseInvalidArgumentError } from "./errors/invalid-argument-error.js";
import type { PurseHooks, PurseLogger } from "./hooks.js";
import { copyData } from "./call/request-body.js";
import type { Limits, Settings } from "./call/settings.js";
import { readMembers } from "./checks/members.js";
import { purseOptionNames, type PurseOptions } from "./options.js";

const defaults: Limits = { timeoutMs: 30_000, deadlineMs: 90_000, maxRetries: 2 };

/**
 * Checks a client's options and fills in the rest from the environment and the defaults.
 *
 * @throws PurseConfigurationError naming the option, what is wrong with it and what to do.
 */
export function readSettings(given: unknown): Settings {
  refuseBrowsers();
  // The types are not relied on: each member is checked below.
  const options: PurseOptions = readMembers(given, "options", purseOptionNames, fail);
  const { maxRetries = defaults.maxRetries } = options;
  // Options outrank variables: an explicit client's secrets must not go where the environment points.
  const isGiven = options.environment !== undefined || options.baseUrl !== undefined;
  const { baseUrl, isProduction } = readBaseUrl(options, isGiven);
  const allowHttp = options.allowInsecureHttp === true;
  if (allowHttp && isProduction) fail("allowInsecureHttp", "cannot be used with production.");
  const base = checkUrl(baseUrl.text, baseUrl.origin, allowHttp);
  if (base.search !== "" || base.hash !== "") fail(baseUrl.origin, "must not have a query or a fragment.");
  const baseText = `${base.origin}${base.pathname.replace(/\/+$/, "")}`;
  const tokenUrl = readText(options, "tokenUrl", isGiven ? undefined : "PURSE_TOKEN_URL") ?? {
    text: `${baseText}${createAccessToken.path}`,
    origin: "tokenUrl",
  };
  if (allowHttp && isProductionHost(tokenUrl.text))
    fail("allowInsecureHttp", "cannot be used with production.");
  return {
    baseUrl: baseText,
    tokenUrl: checkUrl(tokenUrl.text, tokenUrl.origin, allowHttp).href,
    clientId: readClientId(options),
    clientSecret: readSecret(options),
    clientAuthentication: readClientAuthentication(options),
    apiKey: readApiKey(options),
    entityId: readText(options, "entityId", "PURSE_ENTITY_ID")?.text,
    standard: readWebhook(options.webhook),
    tokenStore: readTokenStore(options.tokenStore),
    fetch: checkFetch(options.fetch),
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

function readBaseUrl(options: PurseOptions, isGiven: boolean): { baseUrl: Text; isProduction: boolean } {
  const environment = readText(options, "environment", isGiven ? undefined : "PURSE_ENVIRONMENT");
  const baseUrl = readText(options, "baseUrl", isGiven ? undefined : "PURSE_BASE_URL");
  if (environment !== undefined && baseUrl !== undefined)
    fail(environment.origin, `and ${baseUrl.origin} exclude each other; give one of them.`);
  if (baseUrl !== undefined) return { baseUrl, isProduction: isProductionHost(baseUrl.text) };
  if (environment === undefined) {
    return fail(
      "environment",
      'or baseUrl is needed, for example environment: "sandbox" (or set PURSE_ENVIRONMENT or PURSE_BASE_URL).',
    );
  }
  const { text, origin } = environment;
  const known: Readonly<Record<string, string>> = environments;
  const url = Object.hasOwn(known, text) ? known[text] : undefined;
  if (url === undefined) {
    const names = Object.keys(known).join(", ");
    // A longer text may be a secret in the wrong place.
    const shown = text.length > 31 ? `a text of ${String(text.length)} characters` : JSON.stringify(text);
    const source = origin === "environment" ? "option" : "environment variable";
    return fail(origin, `must be one of ${names}. The ${source} is ${shown}.`);
  }
  return { baseUrl: { text: url, origin }, isProduction: url === environments.production };
}

function readSecret(options: PurseOptions): Settings["clientSecret"] {
  const { clientSecret } = options;
  if (typeof clientSecret === "function") return clientSecret;
  const { text } = requiredText(options, "clientSecret", "PURSE_CLIENT_SECRET");
  return () => text;
}

/** As a session's own is checked, but before the first shopper meets it. */
function readWebhook(given: unknown): Settings["standard"] {
  if (given === undefined) return {};
  try {
    const members = readMembers(given, "webhook", ["url", "event_types", "headers"]);
    const webhook = copyData(members, "webhook");
    const { url } = webhook;
    // Purse calls it: over http, too, from a simulator.
    checkUrl(typeof url === "string" ? url : "", "webhook.url", true);
    return { webhook };
  } catch (error) {
    throw error instanceof PurseInvalidArgumentError ? new PurseConfigurationError(error.message) : error;
  }
}

function readClientId(options: PurseOptions): string {
  const { text, origin } = requiredText(options, "clientId", "PURSE_CLIENT_ID");
  if (!text.includes(":") || options.clientAuthentication === "body") return text;
  return fail(
    origin,
    'must not contain a colon, which ends it in a Basic header; use clientAuthentication "body".',
  );
}

function readApiKey(options: PurseOptions): string | undefined {
  const key = readText(options, "apiKey", "PURSE_API_KEY");
  if (key !== undefined && !isVisibleAscii(key.text))
    fail(key.origin, "must be visible ASCII without blanks.");
  return key?.text;
}

function readClientAuthentication(options: PurseOptions): Settings["clientAuthentication"] {
  const style: unknown = options.clientAuthentication ?? "basic";
  return style === "basic" || style === "body"
    ? style
    : fail("clientAuthentication", 'must be "basic" or "body".');
}

function readTokenStore(store: unknown): Settings["tokenStore"] {
  if (store !== undefined) checkMethods(store, "tokenStore", "every", ["get", "set", "delete"]);
  return store as TokenStore | undefined; // Checked.
}

function readHooks(given: unknown): Settings["hooks"] {
  const list: readonly unknown[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const names = ["onCallStart", "onAttemptEnd", "onRetry", "onTokenRequest", "onCallEnd"];
  for (const hooks of list) {
    checkMethods(hooks, "hooks", "some", names);
    // A misspelt hook would never be called.
    for (const name in hooks as object)
      if (/^on([A-Z_]|call)/.test(name) && !names.includes(name)) fail(`hooks.${name}`, "is not known.");
  }
  return [...list] as PurseHooks[]; // Each was checked.
}

function readLogger(logger: unknown): Settings["logger"] {
  if (logger !== undefined) checkMethods(logger, "logger", "some", ["debug", "info", "warn", "error"]);
  return logger as PurseLogger | undefined; // Checked.
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

/** A text, and the option or variable it comes from, for messages. */
interface Text {
  readonly text: string;
  readonly origin: string;
}

function requiredText(options: PurseOptions, option: keyof PurseOptions, variableName: string): Text {
  const missing = `is missing; give it or set ${variableName}.`;
  return readText(options, option, variableName) ?? fail(option, missing);
}

/** An option or, if it is left out, a variable. An empty variable counts as unset. */
function readText(
  options: PurseOptions,
  option: keyof PurseOptions,
  variableName: string | undefined,
): Text | undefined {
  const given: unknown = options[option];
  const isVariable = given === undefined && variableName !== undefined;
  const origin = isVariable ? variableName : option;
  const text = isVariable ? variable(variableName) : given;
  if (text === undefined) return undefined;
  if (typeof text !== "string") return fail(origin, "must be a string.");
  if (text === "") return isVariable ? undefined : fail(origin, "must not be empty.");
  if (hasControlCharacter(text))
    fail(origin, "must not contain control characters; a line break at its end, perhaps?");
  const stray = strayEdge(text);
  if (stray !== undefined) fail(origin, `${stray}; give it without.`);
  return { text, origin };
}

/** An environment variable, if the runtime has them and allows reading them. */
function variable(name: string): string | undefined {
  try {
    const host = globalThis as { process?: { env?: Record<string, string | undefined> } };
    return host.process?.env?.[name];
  } catch {
    return undefined;
  }
}
