import type { OperationEntry } from "../../../generated/operations.js";
import type { Link } from "../../../generated/schema.js";

/** Public addresses have it in front; the service itself, in links and problems, leaves it out. */
const gatewayPrefix = "/payment";

export const hostedPageRoute = "/entities/:entity/sessions/:session";
export const widgetPath = "/widget.js";
export const widgetSessionRoute = "/widget/entities/:entity/sessions/:session";
export const paymentLinkRoute = "/links/:id";

/** The path of an operation as the router wants it: `:id` for `{id}`. */
export function toRoute(operation: OperationEntry): string {
  return operation.path.replaceAll(/\{(\w+)\}/g, ":$1");
}

export function toLink(operation: OperationEntry, id: string): Link {
  return {
    href: toServiceHref(operation.path.replace("{id}", encodeURIComponent(id))),
    method: operation.method,
  };
}

/** A path as the service writes it about itself, and in a form that every URI parser accepts. */
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
