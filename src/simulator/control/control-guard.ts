import type { Connection } from "../server/listen.js";

/**
 * Why a request may not control the simulator; undefined when it may. Its host was checked before. Web pages of other
 * origins can neither read (no CORS headers are ever sent) nor change anything: what changes something is asked for by a
 * script of this origin, or by no page at all.
 */
export function findObjection(
  request: Request,
  { isLoopback }: Connection,
): { status: 403 | 415; detail: string } | undefined {
  if (!isLoopback) return forbid("The simulator is controlled from the computer that it runs on only.");
  const site = request.headers.get("sec-fetch-site");
  if (!["same-origin", "none", null].includes(site) && !isNavigation(request)) {
    return forbid("Pages of other sites do not control the simulator.");
  }
  if (![new URL(request.url).origin, null].includes(request.headers.get("origin"))) {
    return forbid("Pages of other origins do not control the simulator.");
  }
  if (request.method === "POST" || request.method === "PUT") return checkContentType(request);
  return undefined;
}

/** Following a link from elsewhere shows a page and changes nothing. */
function isNavigation(request: Request): boolean {
  return request.method === "GET" && request.headers.get("sec-fetch-mode") === "navigate";
}

/** A content type that forms cannot send. */
function checkContentType(request: Request): { status: 415; detail: string } | undefined {
  const mediaType = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (mediaType === "application/json") return undefined;
  return { status: 415, detail: "Send the body as JSON, with the content type application/json." };
}

function forbid(detail: string): { status: 403; detail: string } {
  return { status: 403, detail };
}
