import type { AuthorizationStatus, PartnerAdditionalData, Payment } from "../../generated/schema.js";
import { refuseArgument } from "../checks/members.js";
import { toFormFields, type FormField } from "./form-fields.js";
import { checkWebAddress } from "./web-address.js";

/**
 * What has to happen next for a payment that was made without a session. Plain data: send it to the page as JSON and
 * hand it to `followStep` of `purse-payments/browser` there.
 */
export type PaymentStep =
  | {
      /** Open `url` in the shopper's browser, in place of your page. */
      readonly kind: "open";
      /** An absolute address of `https:` or `http:`. */
      readonly url: string;
    }
  | {
      /** Post a form of `fields` to `url` from the shopper's browser, in place of your page. */
      readonly kind: "post";
      /** An absolute address of `https:` or `http:`. */
      readonly url: string;
      /** In order; a name may be there more than once. */
      readonly fields: readonly FormField[];
    }
  | {
      /** Submit the form in `html`, which the service made. */
      readonly kind: "form";
      /** Foreign markup: do not put it into a page as it is. */
      readonly html: string;
    }
  | {
      /** Let the card issuer's challenge run in the page (3-D Secure by Purse), then read the payment again. */
      readonly kind: "challenge";
      /** `authentication.challenge_data`, for the vendor's front-end SDK. */
      readonly data: string;
    }
  | {
      /** Nothing for the shopper to do: the webhook tells the outcome. */
      readonly kind: "wait";
      /** `PENDING`, or a status that is new. */
      readonly status: AuthorizationStatus | undefined;
    }
  | {
      /** Authorized. Compare the payment with the order before you ship. */
      readonly kind: "done";
    }
  | {
      /** Not authorized, for good: the shopper may pay by another payment. */
      readonly kind: "refused";
      /** `REFUSED`, `ABORTED` or `ERROR`. */
      readonly status: AuthorizationStatus;
    };

/**
 * Decides how to go on with a payment of the advanced flow: `POST /payments` answers with success when the payment is
 * made, and not only when it is authorized.
 *
 * A payment that is `PENDING` may need the shopper elsewhere. There are five forms of that, and the first that applies is
 * taken, as the vendor's sample application does: the partner's own address with its parameters, posted; the address of the
 * payment with the partner's parameters, posted; the address with a body and the method POST, posted; the address alone,
 * opened; a ready-made form, submitted. An issuer's challenge, which is for the page, goes before them.
 *
 * Source: that a pending payment with a redirection needs the shopper is documented; the five forms and their order are
 * seen in the vendor's sample application, and so is the challenge. That the challenge goes first, and that a share that is
 * settled is not asked for its parameters, is inferred.
 *
 * @param payment as `payments.create`, `payments.retrieve` or the webhook gave it.
 * @returns plain data. Nothing is sent and nothing is opened.
 * @throws PurseCheckoutError `address_unusable` when the shopper has to go to what is no `https:` or `http:` address. The
 * payment is still `PENDING` then: show that it is being checked, and do not ask for another payment.
 * @throws PurseInvalidArgumentError when `payment` is not an object.
 *
 * @example
 * ```ts
 * import type { CreatePaymentParams, Purse } from "purse-payments";
 * import { nextStep, type PaymentStep } from "purse-payments/checkout";
 *
 * export async function pay(purse: Purse, params: CreatePaymentParams): Promise<PaymentStep> {
 *   return nextStep(await purse.payments.create(params));
 * }
 * ```
 */
export function nextStep(
  payment: Pick<Payment, "authorization" | "redirection" | "authentication">,
): PaymentStep {
  // Answers are not validated: any member may be missing.
  const found: unknown = payment;
  if (typeof found !== "object" || found === null) return refuseArgument("payment", "must be a payment.");
  const { authorization, authentication } = found as Partial<Payment>;
  const status = authorization?.status;
  switch (status) {
    case "AUTHORIZED":
      return { kind: "done" };
    case "REFUSED":
    case "ABORTED":
    case "ERROR":
      return { kind: "refused", status };
    case "PENDING": {
      const data = textOf(authentication?.challenge_data);
      if (data !== undefined && (authentication?.status ?? "IN_PROGRESS") === "IN_PROGRESS")
        return { kind: "challenge", data };
      return redirectionStep(found as Payment) ?? { kind: "wait", status };
    }
    case undefined:
    default: // No decision yet that this package knows.
      return { kind: "wait", status };
  }
}

/** Every member that one of the forms may have. */
interface AnyRedirection {
  readonly href?: unknown;
  readonly method?: unknown;
  readonly body?: unknown;
  readonly form?: unknown;
}

function redirectionStep(payment: Payment): PaymentStep | undefined {
  const partner = partnerDataOf(payment);
  const redirection: AnyRedirection = payment.redirection ?? {};
  const partnerUrl = textOf(partner.redirection_url);
  const partnerFields = toFormFields(partner.redirection_json);
  if (partnerUrl !== undefined && partnerFields !== undefined)
    return post(partnerUrl, partnerFields, "redirection_url of the partner's data");
  const href = textOf(redirection.href);
  if (href !== undefined) {
    const what = "redirection.href of the payment";
    const isPost = textOf(redirection.method)?.toUpperCase() === "POST";
    const fields =
      toFormFields(partner.redirect_url_post_params) ?? (isPost ? toFormFields(redirection.body) : undefined);
    return fields === undefined
      ? { kind: "open", url: checkWebAddress(href, what) }
      : post(href, fields, what);
  }
  const html = textOf(redirection.form);
  return html === undefined ? undefined : { kind: "form", html };
}

function post(address: string, fields: readonly FormField[], what: string): PaymentStep {
  return { kind: "post", url: checkWebAddress(address, what), fields };
}

const settled: readonly unknown[] = ["AUTHORIZED", "REFUSED", "ABORTED", "ERROR"];

/** Of the share that waits for the shopper: a gift card beside it may have data, too. */
function partnerDataOf({ authorization }: Payment): Partial<PartnerAdditionalData> {
  const transactions: unknown = authorization.partner_transactions;
  const shares = (
    Array.isArray(transactions) ? transactions : []
  ) as Payment["authorization"]["partner_transactions"];
  const waiting = shares.filter(({ status }) => !settled.includes(status));
  const data = waiting.map(({ partner_additional_data: each }) => each);
  const leadsOn = (value: unknown): boolean => value !== undefined && value !== null && value !== "";
  return data.find((each) => leadsOn(each?.redirection_url) || leadsOn(each?.redirect_url_post_params)) ?? {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
