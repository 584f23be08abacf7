import type { Connection } from "./listen.js";

const loopbackHost = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/i;

/**
 * Why a request may not control the simulator; undefined when it may. Web pages of other origins can neither read (no CORS
 * headers are ever sent) nor change anything: what changes something is asked for by a script of this origin, or by no
 * page at all.
 */
export function findObjection(
  request: Request,
  { isLoopback }: Connection,
): { status: 403 | 415; detail: string } | undefined {
  const { origin, hostname } = new URL(request.url);
  if (!isLoopback) return forbid("The simulator is controlled from the computer that it runs on only.");
  // Another name that leads here may belong to a page that wants to pass for this one.
  if (!loopbackHost.test(hostname)) {
    return forbid("Use 127.0.0.1, [::1] or localhost as the host to control the simulator.");
  }
  const site = request.headers.get("sec-fetch-site");
  if (!["same-origin", "none", null].includes(site) && !isNavigation(request)) {
    return forbid("Pages of other sites do not control the simulator.");
  }
  if (![origin, null].includes(request.headers.get("origin"))) {
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
