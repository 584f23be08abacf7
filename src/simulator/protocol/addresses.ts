import type { OperationEntry } from "../../../generated/operations.js";
import type { Link } from "../../../generated/schema.js";

/** Prefix of public addresses; the service leaves it out of links and problems. */
const gatewayPrefix = "/payment";

export const hostedPageRoute = "/entities/:entity/sessions/:session";
export const widgetPath = "/widget.js";
export const widgetSessionRoute = "/widget/entities/:entity/sessions/:session";
export const paymentLinkRoute = "/links/:id";

/** The operation's path in the router's syntax: `:id` for `{id}`. */
export function toRoute(operation: OperationEntry): string {
  return operation.path.replaceAll(/\{(\w+)\}/g, ":$1");
}

export function toLink(operation: OperationEntry, id: string): Link {
  return {
    href: toServiceHref(operation.path.replace("{id}", encodeURIComponent(id))),
    method: operation.method,
  };
}

/** The path as the service reports it, escaped so that every URI parser accepts it. */
export function toServiceHref(path: string): string {
  const href = path.startsWith(`${gatewayPrefix}/`) ? path.slice(gatewayPrefix.length) : path;
  return href
    .replaceAll(/%(?![\da-f]{2})/gi, "%25")
    .replaceAll(/[^\w\-.~!$&'()*+,;=:@%/]/g, (character) => encodeURIComponent(character));
}

export function toHostedPagePath(entityId: string, sessionId: string): string {
  return hostedPageRoute
    .replace(":entity", encodeURIComponent(entityId))
    .replace(":session", encodeURIComponent(sessionId));
}

export function toPaymentLinkPath(id: string): string {
  return paymentLinkRoute.replace(":id", encodeURIComponent(id));
}
