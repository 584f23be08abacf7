export interface PolicyNeeds {
  /** Origin of the payment page, to which "order and pay" leads. */
  readonly paymentPageOrigin?: string | undefined;
  /** Script of the payment widget, on the page that shows it. */
  readonly widgetUrl?: string | undefined;
  /** Whether the page takes shoppers to their banks by forms of its own. */
  readonly leadsToBanks?: boolean;
}

/**
 * Everything from the shop itself, and forms to the shop alone; browsers count the redirect that answers a form as part of
 * it, so the payment page is named as well. The page with the payment widget also runs and asks what the widget's origin
 * serves; the widget brings styles of its own, and sends forms to the shopper's bank, at an address that the shop does not know.
 */
export function contentSecurityPolicy({
  paymentPageOrigin,
  widgetUrl,
  leadsToBanks = false,
}: PolicyNeeds): string {
  const widget = widgetUrl === undefined ? "" : ` ${new URL(widgetUrl).origin}`;
  const formTargets = new Set([
    "'self'",
    paymentPageOrigin,
    ...(widget === "" ? [] : [widget.trim()]),
    ...(widget === "" && !leadsToBanks ? [] : ["https:"]),
  ]);
  return [
    "default-src 'none'",
    `script-src 'self'${widget}`,
    `style-src 'self'${widget === "" ? "" : " 'unsafe-inline'"}`,
    `img-src 'self' data:${widget}`,
    `connect-src 'self'${widget}`,
    `frame-src 'self'${widget}`,
    `form-action ${[...formTargets].filter((target) => target !== undefined).join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Asks browsers to come over HTTPS only, when the shop does. Other names of its domain are not the shop's to speak for.
 */
export function transportSecurity(baseUrl: string): string | false {
  return baseUrl.startsWith("https:") && "max-age=15552000";
}
