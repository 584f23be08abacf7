import type {
  CaptureParams,
  CreateClientSessionParams,
  CreatePaymentLinkParams,
  CreatePaymentParams,
  ListEligibleSolutionsParams,
  Payment,
  Purse,
} from "purse-payments";

const order = { reference: "1", net_amount: 4299 };

/** The shortest bodies: the entity is the client's. */
export const session: CreateClientSessionParams = {
  amount: 4299,
  currency: "EUR",
  shopper_redirection_url: "https://shop.example/",
  order,
};
export const link: CreatePaymentLinkParams = session;
export const solutions: ListEligibleSolutionsParams = { amount: 4299, currency: "EUR", order };
export const payment: CreatePaymentParams = {
  amount: 4299,
  currency: "EUR",
  order,
  split: [{ partner: "dalenys", method: "creditcard" }],
};

/** Wrong names are refused, however deep. */
export const wrongNames: readonly CreateClientSessionParams[] = [
  // @ts-expect-error camel case at the root
  { ...session, captureMode: "MANUAL" },
  // @ts-expect-error misspelt in the order
  { ...session, order: { reference: "1", net_amount: 1, tax_amout: 1 } },
  // @ts-expect-error misspelt four levels down
  { ...session, order: { ...order, shipments: [{ item_lines: [{ type: "PHYSICAL", quantitiy: 1 }] }] } },
  // @ts-expect-error misspelt in the customer's account
  { ...session, customer: { account: { age_indicater: "NEW" } } },
  // @ts-expect-error misspelt in a header of the webhook
  { ...session, webhook: { url: "https://shop.example/", headers: [{ name: "a", value: ["b"] }] } },
];

/** Missing and mistyped members, too. */
export const wrongValues: readonly CreatePaymentParams[] = [
  // @ts-expect-error the order is missing
  { amount: 1, currency: "EUR", split: [] },
  // @ts-expect-error an amount is a number
  { ...payment, amount: "42.99" },
  // @ts-expect-error a closed list of the request
  { ...payment, capture_mode: "LATER" },
  // @ts-expect-error optional does not mean undefined
  { ...payment, customer: undefined },
  // @ts-expect-error optional does not mean null
  { ...payment, browser: null },
];
// The one member that may be undefined, because the client fills it in.
export const withoutEntity: CreatePaymentParams = { ...payment, entity_id: undefined };

// @ts-expect-error the amount is what a capture is about
export const noAmount: CaptureParams = { merchant_reference: "1" };

/** What may be missing from an answer has to be looked at. */
export function readAnswer(answer: Payment): string[] {
  const version: number | undefined = answer.version;
  // @ts-expect-error may be missing
  const redirected: string = answer.redirection.method;
  // @ts-expect-error no such member
  const amounts: unknown = answer.amounts.captured;
  return [String(version), redirected, String(amounts)];
}

export async function callsThatDoNotCompile(purse: Purse): Promise<void> {
  // @ts-expect-error an id is text
  await purse.payments.retrieve(1);
  // @ts-expect-error misspelt option
  await purse.payments.capture("id", { amount: 1 }, { idempotencykey: "key" });
  // @ts-expect-error misspelt member
  await purse.payments.capture("id", { amount: 1, merchantReference: "1" });
  // @ts-expect-error the client sends the status itself
  await purse.clientSessions.abort("id", { status: "SUBMITTED" });
}
