import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";

/**
 * The shop has one address. Cookies belong to a host, and shoppers come back from the payment page to the base URL's: under
 * another name of the same machine, such as `localhost`, their orders would not be found. So pages lead to the base URL before
 * a cart is begun, and forms are refused, as their cookies would not go along.
 */
export function onOwnHost(baseUrl: string): MiddlewareHandler {
  const own = new URL(baseUrl);
  return async (c, next) => {
    if (hostOf(c, own.protocol) === own.host) {
      await next();
      return;
    }
    if (c.req.method !== "GET" && c.req.method !== "HEAD") throw new HTTPException(421);
    const { pathname, search } = new URL(c.req.url);
    c.header("cache-control", "no-store");
    return c.redirect(`${own.origin}${pathname}${search}`, 302);
  };
}

/** The host that the browser asked for; behind a proxy that changes it, the one that the proxy was asked for. */
function hostOf(c: Context, protocol: string): string | undefined {
  const forwarded = c.req.header("x-forwarded-host")?.split(",")[0]?.trim();
  const host = forwarded ?? c.req.header("host") ?? new URL(c.req.url).host;
  const address = `${protocol}//${host}`;
  return URL.canParse(address) ? new URL(address).host : undefined;
}
