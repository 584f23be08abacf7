import type {
  AuthorizationTransaction,
  CreatePaymentRequest,
  NewCardSplit,
  ParentPaymentSplit,
  ParentTokenSplit,
  ParentTransactionSplit,
  Payment,
  SavedCardSplit,
  SolutionSplit,
  Split,
} from "../../generated/schema.js";
import { brokenRule } from "./problems.js";
import type { SimulatorState } from "./state.js";
import { refuseMember, toPointer } from "./validation.js";

/** One part of a new payment with nothing left open, and the earlier transaction that it reuses, if any. */
export interface SplitPart {
  readonly split: Split;
  readonly parent: AuthorizationTransaction | undefined;
}

/** Every variant of a part at once: here they differ only in what they leave out. */
type AnySplit = Partial<
  ParentPaymentSplit &
    ParentTransactionSplit &
    ParentTokenSplit &
    SavedCardSplit &
    NewCardSplit &
    SolutionSplit
>;

/** What each of these members names in an earlier payment. */
const parentMembers = {
  parent_payment_id: ({ payment }: Candidate) => payment.id,
  parent_partner_transaction_id: ({ transaction }: Candidate) => transaction.id,
  parent_partner_token: ({ transaction }: Candidate) => transaction.partner_token,
  parent_partner_reference: ({ transaction }: Candidate) => transaction.partner_reference,
} satisfies Partial<Record<keyof AnySplit, (candidate: Candidate) => string | undefined>>;

type ParentMember = keyof typeof parentMembers;
// Object.keys knows only strings; these are the keys of the literal above.
const listParentMembers = (): ParentMember[] => Object.keys(parentMembers) as ParentMember[];

interface Candidate {
  readonly payment: Payment;
  readonly transaction: AuthorizationTransaction;
}

export function resolveSplit(state: SimulatorState, request: CreatePaymentRequest): SplitPart[] {
  const amounts = resolveAmounts(request);
  return request.split.map((part: AnySplit, index) => {
    const parent = findParent(state, part, index);
    const card = isCard(part) ? { partner: "dalenys", method: "creditcard" } : undefined;
    const partner = part.partner ?? parent?.partner ?? card?.partner;
    const method = part.method ?? parent?.method ?? card?.method;
    if (partner === undefined || method === undefined) {
      throw refuseAt(
        index,
        partner === undefined ? "partner" : "method",
        "is required without a card or parent",
      );
    }
    return { split: { partner, method, amount: amounts[index] ?? 0, ...givenParents(part) }, parent };
  });
}

/** One part may leave its amount out and takes what the others leave. */
function resolveAmounts({ amount: total, split }: CreatePaymentRequest): number[] {
  const given = split.reduce((subtotal, { amount }) => subtotal + (amount ?? 0), 0);
  const open = split.filter(({ amount }) => amount === undefined).length;
  if (open > 1 || given > total || (open === 0 && given !== total)) {
    throw refuseMember("split", `The parts add up to ${String(given)}, but the amount is ${String(total)}.`);
  }
  return split.map(({ amount }) => amount ?? total - given);
}

function findParent(
  state: SimulatorState,
  part: AnySplit,
  index: number,
): AuthorizationTransaction | undefined {
  const given = listParentMembers().filter((member) => part[member] !== undefined);
  const [first] = given;
  if (first === undefined) return undefined;
  const parent = Object.values(state.payments)
    .flatMap((payment) =>
      payment.authorization.partner_transactions.map((transaction) => ({ payment, transaction })),
    )
    .find((candidate) => given.every((member) => parentMembers[member](candidate) === part[member]));
  if (parent === undefined) throw refuseAt(index, first, "There is no such earlier payment.");
  if (parent.payment.allow_future_usage !== true || parent.transaction.status !== "AUTHORIZED") {
    throw refuseAt(index, first, "The earlier payment does not allow future usage.");
  }
  return parent.transaction;
}

function isCard({ vault_form_token: formToken, wallet_token: walletToken }: AnySplit): boolean {
  return formToken !== undefined || walletToken !== undefined;
}

function givenParents(part: AnySplit): Pick<Split, ParentMember> {
  return Object.fromEntries(
    listParentMembers().flatMap((member) => (part[member] === undefined ? [] : [[member, part[member]]])),
  );
}

function refuseAt(index: number, member: keyof AnySplit, detail: string): Error {
  const list: keyof CreatePaymentRequest = "split";
  return brokenRule(toPointer([list, index, member]), detail);
}
