import { redirectionParameter } from "../../generated/redirection.js";
import { isControlFlow } from "../errors/control-flow.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";

/**
 * Anything a web framework hands out for the address the shopper came back on, or the bare token. Objects are told by
 * their members: frameworks have URLs, parameters and requests of their own.
 */
export type RedirectionInput =
  | string
  | URL
  | URLSearchParams
  | Request
  | { readonly url: string | Pick<URL, "href"> }
  | Pick<URL, "href">
  | { readonly searchParams: Pick<URLSearchParams, "getAll"> }
  | Pick<URLSearchParams, "getAll">;

const longestInput = 16_384;

/** Finds the one token in an address. More than one would leave it to chance which is checked and which is read. */
export function findToken(input: RedirectionInput): string {
  try {
    return tokenIn(input);
  } catch (error) {
    // Foreign objects may throw when they are looked at, and Next's do so to end static generation.
    if (error instanceof PurseRedirectionError || isControlFlow(error)) throw error;
    throw unusable();
  }
}

function tokenIn(input: unknown): string {
  const address = addressOf(input);
  if (address !== undefined) {
    refuseLongInput(address);
    if (isBareToken(address)) return address;
    return onlyParameter(new URLSearchParams(queryOf(address)));
  }
  const search = memberOf(input, "searchParams") ?? input;
  if (typeof memberOf(search, "getAll") !== "function") throw unusable();
  refuseLongInput(String(search)); // The query, where the object has it.
  return onlyParameter(search as URLSearchParams); // What its method answers is checked.
}

/** An address as text: that of a request (`url`) or of a URL (`href`). */
function addressOf(input: unknown): string | undefined {
  if (typeof input === "string") return input;
  const url = memberOf(input, "url");
  const address = typeof url === "string" ? url : (memberOf(url, "href") ?? memberOf(input, "href"));
  return typeof address === "string" ? address : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function unusable(): PurseRedirectionError {
  const message =
    "Give a URL, a query string, URLSearchParams, a request or the token; not a query that a framework has parsed.";
  return new PurseRedirectionError("token_malformed", message);
}

function refuseLongInput(input: string): void {
  if (input.length <= longestInput) return;
  throw new PurseRedirectionError(
    "token_malformed",
    `The address is longer than ${String(longestInput)} characters.`,
  );
}

function isBareToken(input: string): boolean {
  return /^[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/.test(input);
}

/** The query of an absolute URL, of a path (`req.url`), or a query alone, with a question mark before it or without. */
function queryOf(input: string): string {
  const [address = ""] = input.split("#", 1); // First: a question mark after it belongs to the fragment.
  // A query alone begins with a parameter's name. In an address one of these comes before any equals sign of the query.
  if (/^[^/:?=]*=/.test(address)) return address;
  const start = address.indexOf("?");
  return start === -1 ? "" : address.slice(start + 1);
}

function onlyParameter(search: Pick<URLSearchParams, "getAll">): string {
  const found: unknown = search.getAll(redirectionParameter);
  if (!Array.isArray(found)) throw unusable();
  const tokens: readonly unknown[] = found;
  if (tokens.length > 1) {
    throw new PurseRedirectionError(
      "parameter_repeated",
      `The address has ${redirectionParameter} more than once.`,
    );
  }
  const [token] = tokens;
  if (token === undefined || token === "") {
    throw new PurseRedirectionError(
      "parameter_missing",
      `The address has no ${redirectionParameter} parameter.`,
    );
  }
  if (typeof token !== "string") throw unusable();
  refuseLongInput(token);
  return token;
}
