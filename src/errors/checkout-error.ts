import { PurseError } from "./purse-error.js";

/** Why a shopper cannot be sent on. */
export type CheckoutRefusal =
  "not_hosted" | "session_over" | "session_submitted" | "link_missing" | "address_unusable";

/**
 * There is no address to send the shopper to. Nothing was sent, and no money has moved by it; `reason` says why:
 *
 * - `not_hosted`: the session is for the widget in a page of yours. Open it with `integration_mode: "HOSTED_PAGE"`.
 * - `session_over`: it was aborted or has expired. Open another one.
 * - `session_submitted`: the shopper has submitted it already. Read its payment before you open another one.
 * - `link_missing`: the session is for the hosted page, but the service has sent no link to it.
 * - `address_unusable`: the address is not an absolute one of `https:` or `http:`.
 */
export class PurseCheckoutError extends PurseError {
  override get name(): "PurseCheckoutError" {
    return "PurseCheckoutError";
  }
  readonly code = "checkout";
  /** Why there is no address. */
  readonly reason: CheckoutRefusal;

  constructor(reason: CheckoutRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}
