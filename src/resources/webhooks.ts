import { notLoaded } from "../call/on-demand.js";
import { copyMembers } from "../checks/members.js";
import type { ReceiveWebhookOptions } from "../webhooks/delivery/options.js";
import type { ReceivedWebhook } from "../webhooks/delivery/receive.js";
import type { Payments } from "./payments.js";

/** What Purse posts to `webhook.url` when a payment changes. */
export interface Webhooks {
  /**
   * Checks one notification and reads the payment that it names. Nothing else in its body is used: it is not signed, and
   * anyone with the secret could write anything into it.
   *
   * It does not know what was received before: the same notification can come twice, later than a newer one, or at the
   * same time as another. `createWebhookHandler` of `purse-payments/webhooks` handles that too, and answers the sender.
   *
   * Source: method, body and trigger are documented; a signature is not.
   *
   * @param request a fetch-style request with its body unread.
   * @param options the accepted secrets, and limits.
   * @throws PurseWebhookError when it must not be handled: `reason` says why, and `status` what to answer.
   * @throws PurseInvalidArgumentError when an option is missing, wrong or not known.
   * @throws PurseConfigurationError when the code for webhooks cannot be loaded. The next call tries again.
   *
   * @example
   * ```ts
   * import { isPurseError, type Purse } from "purse-payments";
   *
   * export async function receive(purse: Purse, request: Request, secret: string): Promise<Response> {
   *   try {
   *     const { payment } = await purse.webhooks.receive(request, { secrets: [secret] });
   *     console.log(payment.order_reference, payment.authorization.status);
   *     return new Response(null, { status: 200 });
   *   } catch (error) {
   *     const isRefusal = isPurseError(error) && error.code === "webhook";
   *     return new Response(null, { status: isRefusal ? error.status : 500 });
   *   }
   * }
   * ```
   */
  receive(request: Request, options: ReceiveWebhookOptions): Promise<ReceivedWebhook>;
}

export function createWebhooks(payments: Payments): Webhooks {
  return {
    // Loaded on first use: most programs receive no webhooks.
    async receive(request, options) {
      // Before the first await: the caller may change them afterwards.
      const { secrets, ...rest } = copyMembers(options, "options");
      const given = { ...rest, secrets: Array.isArray(secrets) ? [...(secrets as unknown[])] : secrets };
      const { receiveWebhook } = await import("../webhooks/delivery/receive.js").catch(() =>
        notLoaded("webhooks.receive"),
      );
      return receiveWebhook(payments, request, given);
    },
  };
}
