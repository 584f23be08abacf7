/**
 * The addresses that Purse publishes as the sources of its webhooks.
 *
 * Extra, and no proof: an address says nothing behind a proxy that does not keep it, a list in a package ages, and
 * others on the vendor's network may share its addresses. Check the secret in any case.
 *
 * Source: documented on the vendor's conventions page; `sandbox` is what it calls pre-production.
 */
export const webhookSourceAddresses: {
  /** Of production. */
  readonly production: readonly string[];
  /** Of the sandbox. */
  readonly sandbox: readonly string[];
} = {
  production: ["34.22.174.22", "34.89.137.175", "34.155.54.71"],
  sandbox: ["35.195.66.77", "34.141.13.87"],
};

/**
 * Whether an address is one of the vendor's, also when it is written as IPv6 (`::ffff:34.22.174.22`), as a server that
 * listens on both does.
 *
 * @param address of the peer, as the socket or a proxy you trust gives it; never directly from a header, which any client
 * can send.
 *
 * @example
 * ```ts
 * import { isWebhookSourceAddress } from "purse-payments/webhooks";
 *
 * export function isWorthALook(socket: { remoteAddress?: string }): boolean {
 *   return isWebhookSourceAddress(socket.remoteAddress ?? "", "production");
 * }
 * ```
 */
export function isWebhookSourceAddress(
  address: string,
  environment: keyof typeof webhookSourceAddresses,
): boolean {
  return webhookSourceAddresses[environment].includes(address.replace(/^::ffff:/i, ""));
}
