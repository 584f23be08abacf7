import type { Payment } from "../../generated/schema.js";
import { readMembers, refuseArgument } from "../checks/members.js";

/** What your own records say of the order that a payment should be for: all that is given is compared. */
export type PaymentExpectation = {
  /** What the order costs, in minor units. Of a payment that is split, the whole. */
  readonly amount: number;
  /** In capital letters, as `"EUR"`. */
  readonly currency: string;
  /** Entity that must have taken the payment, where one account has several. */
  readonly entityId?: string;
} & (
  | {
      /** Id of the session that was opened for the order as it is now. */
      readonly clientSessionId: string;
      /** Reference of the order. Compared as well, if it is given. */
      readonly orderReference?: string;
    }
  | {
      /** Id of the session that was opened for the order. Compared as well, if it is given. */
      readonly clientSessionId?: string;
      /** Reference of the order: for payments without a session of yours, such as those of payment links and renewals. */
      readonly orderReference: string;
    }
);

interface Fact {
  /** The member of the payment. */
  readonly name: keyof Payment;
  readonly isRequired?: boolean;
  readonly isValid: (value: unknown) => boolean;
  readonly rule: string;
}

const text = {
  isValid: (value: unknown) => typeof value === "string" && value !== "",
  rule: "must be text that is not empty. Leave the member out to compare without it.",
};

const facts: Readonly<Record<keyof PaymentExpectation, Fact>> = {
  clientSessionId: { name: "client_session_id", ...text },
  orderReference: { name: "order_reference", ...text },
  entityId: { name: "entity_id", ...text },
  amount: {
    name: "amount",
    isRequired: true,
    isValid: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
    rule: "must be a whole number of minor units.",
  },
  currency: {
    name: "currency",
    isRequired: true,
    isValid: (value) => typeof value === "string" && /^[A-Z]{3}$/.test(value),
    rule: "must be a currency's code of three capital letters.",
  },
};

/**
 * Whether a payment is the one that an order asked for: same session or reference, same amount, same currency. Ask it
 * before anything is shipped, in the webhook's handler and on the return page alike. A genuine payment may be another's:
 * a shopper can open a session for little, put more into the cart, and pay the old page.
 *
 * False is no reason to let the shopper pay again: money has come in that fits no order, and a person has to look.
 *
 * True says nothing about whether it is paid: look at `authorization.status` and at `amounts` for that. What is compared
 * is the order as you have stored it, never what a request says.
 *
 * @param payment as it was read from the service.
 * @throws PurseInvalidArgumentError when a member is missing, unknown or of another form. One whose value is undefined is
 * refused as well, and not treated as "any".
 *
 * @example
 * ```ts
 * import type { Payment } from "purse-payments";
 * import { isPaymentFor } from "purse-payments/webhooks";
 *
 * interface Order {
 *   clientSessionId: string;
 *   amount: number;
 *   currency: string;
 * }
 *
 * export function canBeShipped({ clientSessionId, amount, currency }: Order, payment: Payment): boolean {
 *   const { authorization, overview } = payment;
 *   const isGood = authorization.status === "AUTHORIZED" && overview.voided === "NOT" && overview.refunded === "NOT";
 *   return isGood && isPaymentFor(payment, { clientSessionId, amount, currency });
 * }
 * ```
 */
export function isPaymentFor(payment: Payment, expected: PaymentExpectation): boolean {
  const given = checkExpectation(expected);
  const found: unknown = payment; // Answers are not validated.
  if (typeof found !== "object" || found === null) {
    refuseArgument("payment", "must be a payment.");
  }
  return Object.entries(given).every(([name, value]) => {
    const fact = facts[name as keyof typeof facts]; // No other name is let through.
    return Reflect.get(found, fact.name) === value;
  });
}

/** A copy that has what it takes. */
export function checkExpectation(expected: unknown): PaymentExpectation {
  const given = readMembers(expected, "expected", Object.keys(facts));
  for (const [name, { isRequired, isValid, rule }] of Object.entries(facts)) {
    if ((isRequired === true || name in given) && !isValid(given[name]))
      refuseArgument(`expected.${name}`, rule);
  }
  if ("clientSessionId" in given || "orderReference" in given) return given as unknown as PaymentExpectation; // Checked member by member above.
  return refuseArgument("expected", "must have clientSessionId or orderReference.");
}
