import type { Connection } from "../server/listen.js";

/**
 * Why a request may not control the simulator, if it may not. The host has already been checked. Web pages of other
 * origins can neither read anything (no CORS headers are sent) nor change anything (changes are accepted only from
 * scripts of this origin and from clients other than browsers).
 */
export function findObjection(
  request: Request,
  { isLoopback }: Connection,
): { status: 403 | 415; detail: string } | undefined {
  if (!isLoopback) return forbid("The simulator can be controlled only from the computer it runs on.");
  const site = request.headers.get("sec-fetch-site");
  if (!["same-origin", "none", null].includes(site) && !isNavigation(request)) {
    return forbid("Pages of other sites cannot control the simulator.");
  }
  if (![new URL(request.url).origin, null].includes(request.headers.get("origin"))) {
    return forbid("Pages of other origins cannot control the simulator.");
  }
  if (request.method === "POST" || request.method === "PUT") return checkContentType(request);
  return undefined;
}

/** Following a link from another site changes nothing. */
function isNavigation(request: Request): boolean {
  return request.method === "GET" && request.headers.get("sec-fetch-mode") === "navigate";
}

/** Requires a content type that HTML forms cannot send. */
function checkContentType(request: Request): { status: 415; detail: string } | undefined {
  const mediaType = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (mediaType === "application/json") return undefined;
  return { status: 415, detail: "Send the body as JSON, with the content type application/json." };
}

function forbid(detail: string): { status: 403; detail: string } {
  return { status: 403, detail };
}
