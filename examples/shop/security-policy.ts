/**
 * Everything from the shop itself. The page with the payment widget also runs and asks what the widget's origin serves;
 * the widget brings styles of its own.
 */
export function contentSecurityPolicy(widgetUrl?: string): string {
  const widget = widgetUrl === undefined ? "" : ` ${new URL(widgetUrl).origin}`;
  return [
    "default-src 'none'",
    `script-src 'self'${widget}`,
    `style-src 'self'${widget === "" ? "" : " 'unsafe-inline'"}`,
    `img-src 'self' data:${widget}`,
    `connect-src 'self'${widget}`,
    `frame-src 'self'${widget}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
