import type { ClientSession } from "../../generated/schema.js";
import { refuseArgument } from "../checks/members.js";
import { PurseCheckoutError } from "../errors/checkout-error.js";
import { checkWebAddress } from "./web-address.js";

/**
 * The address of the payment page to send the shopper to, by an answer with status 303.
 *
 * Source: the link and that it is for `HOSTED_PAGE` sessions are documented; the statuses of a session that is over are
 * documented in part (`ABORTED_BY_MERCHANT`), the others inferred.
 *
 * @param session as `clientSessions.create` or `clientSessions.retrieve` gave it.
 * @returns an absolute address of `https:` (or `http:`, from a simulator).
 * @throws PurseCheckoutError when there is none; `reason` says why. The usual one is `not_hosted`: `integration_mode` is
 * `EMBEDDED` unless `HOSTED_PAGE` is asked for.
 * @throws PurseInvalidArgumentError when `session` is not an object.
 *
 * @example
 * ```ts
 * import type { Purse } from "purse-payments";
 * import { hostedPageUrl } from "purse-payments/checkout";
 *
 * export async function checkout(purse: Purse, reference: string, amount: number): Promise<Response> {
 *   const session = await purse.clientSessions.create({
 *     amount,
 *     currency: "EUR",
 *     integration_mode: "HOSTED_PAGE",
 *     shopper_redirection_url: "https://shop.example/return",
 *     order: { reference, net_amount: amount },
 *   });
 *   return Response.redirect(hostedPageUrl(session), 303);
 * }
 * ```
 */
export function hostedPageUrl(session: Pick<ClientSession, "integration_mode" | "links" | "status">): string {
  // Answers are not validated: any member may be missing.
  const found: unknown = session;
  if (typeof found !== "object" || found === null)
    return refuseArgument("session", "must be a client session.");
  const { integration_mode: mode, links, status } = found as Partial<ClientSession>;
  if (typeof status === "string" && isOver(status))
    fail("session_over", `its status is ${status}. Open another one.`);
  const link: unknown = links?.hosted_page?.href;
  if (link !== undefined) return checkWebAddress(link, "links.hosted_page.href of the session");
  if (status === "SUBMITTED")
    fail(
      "session_submitted",
      "it was submitted already. Read its payment (payment_id) before you open another one.",
    );
  if (mode === "HOSTED_PAGE") fail("link_missing", "the service has sent no link to it.");
  return fail(
    "not_hosted",
    `integration_mode is ${String(mode)}. Open it with integration_mode: "HOSTED_PAGE".`,
  );
}

function isOver(status: string): boolean {
  return status.startsWith("ABORTED") || status === "EXPIRED";
}

function fail(reason: PurseCheckoutError["reason"], why: string): never {
  throw new PurseCheckoutError(reason, `The session has no hosted page: ${why}`);
}
