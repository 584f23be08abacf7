import { redirectionParameter } from "../../generated/redirection.js";
import { isControlFlow } from "../errors/control-flow.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";

/**
 * The URL, query or request with which the shopper returned, or the token itself. Objects are recognised by their members,
 * because frameworks have their own URL, parameter and request classes.
 */
export type RedirectionInput =
  | string
  | URL
  | URLSearchParams
  | Request
  | {
      /** The address of a request, as text or as a URL. */
      readonly url: string | Pick<URL, "href">;
    }
  | Pick<URL, "href">
  | {
      /** The query of an address. */
      readonly searchParams: Pick<URLSearchParams, "getAll">;
    }
  | Pick<URLSearchParams, "getAll">;

const maxInputLength = 16_384;

/** Finds the token. A repeated parameter is refused, because it would be unclear which one counts. */
export function findToken(input: RedirectionInput): string {
  try {
    return tokenIn(input);
  } catch (error) {
    // Getters of foreign objects may throw; in Next.js they do so to stop static generation.
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
  refuseLongInput(String(search)); // `URLSearchParams` converts to its query.
  return onlyParameter(search as URLSearchParams); // The result of `getAll` is checked.
}

/** The address as a string: `url` of a request or `href` of a URL. */
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
    "Pass a URL, a query string, URLSearchParams, a request or the token, but not a query parsed by a framework.";
  return new PurseRedirectionError("token_malformed", message);
}

function refuseLongInput(input: string): void {
  if (input.length <= maxInputLength) return;
  throw new PurseRedirectionError(
    "token_malformed",
    `The address is longer than ${String(maxInputLength)} characters.`,
  );
}

function isBareToken(input: string): boolean {
  return /^[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/.test(input);
}

/** The query of an absolute URL or a path (`req.url`), or the input itself if it is a query, with or without `?`. */
function queryOf(input: string): string {
  const [address = ""] = input.split("#", 1); // First, because a `?` after `#` belongs to the fragment.
  // A query starts with a parameter name. In a URL or path, one of these characters comes before the first equals sign.
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
