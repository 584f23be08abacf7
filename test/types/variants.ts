import type {
  FormRedirection,
  LinkRedirection,
  NewCardSplit,
  ParentPaymentSplit,
  ParentTokenSplit,
  ParentTransactionSplit,
  PaymentRedirection,
  PostRedirection,
  SavedCardSplit,
  SolutionSplit,
  SplitRequest,
} from "purse-payments";
import type { Exactly } from "./assertions.js";

/** Each variant is found by a member that only it has, without a cast. */
export function describePart(part: SplitRequest): string {
  if ("parent_payment_id" in part) {
    const found: Exactly<typeof part, ParentPaymentSplit> = part;
    return found.parent_payment_id;
  }
  if ("parent_partner_transaction_id" in part) {
    const found: Exactly<typeof part, ParentTransactionSplit> = part;
    return found.parent_partner_transaction_id;
  }
  if ("parent_partner_token" in part) {
    const found: Exactly<typeof part, ParentTokenSplit> = part;
    return found.parent_partner_token;
  }
  if ("wallet_token" in part) {
    const found: Exactly<typeof part, SavedCardSplit> = part;
    return found.wallet_token;
  }
  if ("vault_form_token" in part) {
    const found: Exactly<typeof part, NewCardSplit> = part;
    return found.vault_form_token;
  }
  const found: Exactly<typeof part, SolutionSplit> = part;
  return found.partner;
}

/** The order of the vendor's sample application: a body to post, else an address, and a form last. */
export function describeRedirection(redirection: PaymentRedirection): string {
  const method: string | undefined = redirection.method;
  if ("body" in redirection) {
    const found: Exactly<typeof redirection, PostRedirection> = redirection;
    return found.body;
  }
  if ("href" in redirection) {
    const found: Exactly<typeof redirection, LinkRedirection> = redirection;
    return found.href + String(method);
  }
  const found: Exactly<typeof redirection, FormRedirection> = redirection;
  return found.form;
}

export const parts: SplitRequest[] = [
  { amount: 1, parent_payment_id: "id" },
  { amount: 1, parent_partner_transaction_id: "id" },
  { amount: 1, partner: "a", method: "b", parent_partner_token: "t", parent_partner_reference: "r" },
  { amount: 1, partner: "illicado", method: "giftcard" },
  { vault_form_token: "t", save_token: true, three_ds_server_trans_id: "id" },
  { vault_form_token: "t", wallet_token: "id" },
  { wallet_token: "id" },
  // As a sample of an answer combines them.
  {
    ...{ amount: 1, partner: "a", method: "b", parent_payment_id: "id", parent_partner_transaction_id: "id" },
    ...{ parent_partner_token: "t", parent_partner_reference: "r" },
  },
];

export const wrongParts: SplitRequest[] = [
  // @ts-expect-error no variant has an amount alone
  { amount: 1 },
  // @ts-expect-error a solution has a method as well
  { amount: 1, partner: "illicado" },
  // @ts-expect-error the older spelling
  { vault_form_token: "t", threeds_server_trans_id: "id" },
  // @ts-expect-error a misspelt member
  { amount: 1, parent_payment: "id" },
];
