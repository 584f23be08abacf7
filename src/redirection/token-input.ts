import { redirectionParameter } from "../../generated/redirection.js";
import { PurseRedirectionError } from "../errors/redirection-error.js";

/** Anything a web framework hands out for the address the shopper came back on, or the bare token. */
export type RedirectionInput = string | URL | URLSearchParams | Request;

const longestInput = 16_384;

/** Finds the one token in an address. More than one would leave it to chance which is checked and which is read. */
export function findToken(input: RedirectionInput): string {
  if (typeof input === "string") {
    refuseLongInput(input);
    return isBareToken(input) ? input : onlyParameter(searchOf(input));
  }
  if (input instanceof URLSearchParams) return onlyParameter(input);
  if (input instanceof URL) return onlyParameter(input.searchParams);
  const other: unknown = input; // Whatever the declared type says.
  if (typeof other === "object" && other !== null && "url" in other && typeof other.url === "string")
    return findToken(other.url);
  throw new PurseRedirectionError(
    "token_malformed",
    "Give a URL, a query string, URLSearchParams, a Request or the token.",
  );
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

/** Reads the query of an absolute URL, a path with a query (`req.url`), or a query alone. */
function searchOf(input: string): URLSearchParams {
  const [address = ""] = input.split("#", 1); // First: a question mark after it belongs to the fragment.
  const start = address.indexOf("?");
  return new URLSearchParams(start === -1 ? "" : address.slice(start + 1));
}

function onlyParameter(search: URLSearchParams): string {
  const [token, ...others] = search.getAll(redirectionParameter);
  if (others.length > 0) {
    throw new PurseRedirectionError(
      "parameter_repeated",
      `The address has ${redirectionParameter} more than once.`,
    );
  }
  if (token === undefined || token === "") {
    throw new PurseRedirectionError(
      "parameter_missing",
      `The address has no ${redirectionParameter} parameter.`,
    );
  }
  refuseLongInput(token);
  return token;
}
