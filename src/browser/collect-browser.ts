import type { Browser } from "../../generated/schema.js";

/** What browsers accept when they open a page. Scripts cannot read the header; the vendor's sample application sends this. */
const acceptHeader = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/**
 * Collects what card issuers ask to know about the shopper's browser: the `browser` member of `payments.create`. Call it
 * in the browser when the shopper pays, not while a page is rendered on a server, and send the result to your server with
 * the card's token. The shopper's IP address is not in it: your server sees that, for `customer.ip_address`.
 *
 * Never throws. What a browser does not have, or keeps to itself, is left out.
 *
 * Source: that `browser` is required is documented; its members and the sign of `utc_time_zone` are those of the API page's
 * sample and of the vendor's sample application. One guide names `getTimezoneOffset` itself, with the opposite sign.
 *
 * @returns `utc_time_zone` in minutes, positive east of Greenwich: 60 for Paris in winter, the opposite sign of JavaScript's
 * `getTimezoneOffset`. `referrer` is the page's address without query and fragment.
 *
 * @example
 * ```ts
 * import { collectBrowser } from "purse-payments/browser";
 *
 * export async function pay(cardToken: string): Promise<Response> {
 *   const body = JSON.stringify({ cardToken, browser: collectBrowser() });
 *   return fetch("/pay", { method: "POST", headers: { "content-type": "application/json" }, body });
 * }
 * ```
 */
export function collectBrowser(): Browser {
  const found = Object.entries(readers).map(([name, read]) => [name, attempt(read)]);
  // Each member is as its reader gives it.
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== "")) as Browser;
}

const readers: { readonly [Name in keyof Required<Browser>]: () => Browser[Name] | undefined } = {
  user_agent: () => navigator.userAgent,
  referrer: () => (location.protocol.startsWith("http") ? location.origin + location.pathname : undefined),
  accept_header: () => acceptHeader,
  accept_language: () => navigator.languages.join(","),
  color_depth: () => whole(screen.colorDepth),
  // Some browsers have removed it; the others always say false.
  java_enabled: () => (navigator as Partial<Navigator>).javaEnabled?.() ?? false,
  javascript_enabled: () => true,
  locale: () => navigator.language,
  screen_height: () => whole(screen.height),
  screen_width: () => whole(screen.width),
  // A subtraction, because minus zero would be minus zero.
  utc_time_zone: () => finite(0 - new Date().getTimezoneOffset()),
};

/** Privacy extensions remove members, or make them throw. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function whole(pixels: number): number | undefined {
  return pixels >= 0 ? finite(Math.round(pixels)) : undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
