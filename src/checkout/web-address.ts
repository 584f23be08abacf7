import { PurseCheckoutError } from "../errors/checkout-error.js";

/**
 * The address as a browser writes it: safe in a `Location` header.
 *
 * @param what names the address in the error; the address itself may carry a token.
 * @throws PurseCheckoutError unless it is an absolute address of `https:` or `http:`. A script or a path of the shop's own
 * would be run or opened there.
 */
export function checkWebAddress(address: unknown, what: string): string {
  if (typeof address === "string" && URL.canParse(address)) {
    const { protocol, username, href } = new URL(address);
    if (["https:", "http:"].includes(protocol) && username === "") return href;
  }
  throw new PurseCheckoutError("address_unusable", `${what} must be an absolute https: or http: address.`);
}
