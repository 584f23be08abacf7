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
} from "../../../generated/schema.js";
import { brokenRule } from "../protocol/problems.js";
import type { SimulatorState } from "../state/state.js";
import { readVaultFormToken, type TestCard } from "../partners/test-cards.js";
import { refuseMember, toPointer } from "../protocol/validation.js";

/** One complete part of a new payment. */
export interface SplitPart {
  readonly split: Split;
  /** The earlier transaction that it reuses. */
  readonly parent?: AuthorizationTransaction;
  readonly card?: TestCard;
  readonly holderName?: string;
}

/** All variants of a part; they differ only in which members they have. */
type AnySplit = Partial<
  ParentPaymentSplit &
    ParentTransactionSplit &
    ParentTokenSplit &
    SavedCardSplit &
    NewCardSplit &
    SolutionSplit
>;

/** How each member that references an earlier payment is matched. */
const parentMembers = {
  parent_payment_id: ({ payment }: Candidate) => payment.id,
  parent_partner_transaction_id: ({ transaction }: Candidate) => transaction.id,
  parent_partner_token: ({ transaction }: Candidate) => transaction.partner_token,
  parent_partner_reference: ({ transaction }: Candidate) => transaction.partner_reference,
} satisfies Partial<Record<keyof AnySplit, (candidate: Candidate) => string | undefined>>;

type ParentMember = keyof typeof parentMembers;
// Object.keys returns string[]; these are the keys of the literal above.
const listParentMembers = (): ParentMember[] => Object.keys(parentMembers) as ParentMember[];

interface Candidate {
  readonly payment: Payment;
  readonly transaction: AuthorizationTransaction;
}

/** Methods that later payments cannot reuse. */
const oneTimeMethods: readonly string[] = ["giftcard"];

export function isReusable({ method }: Pick<AuthorizationTransaction, "method">): boolean {
  return !oneTimeMethods.includes(method);
}

/** The solution for cards when the request names none. */
export const cardSolution = { partner: "dalenys", method: "creditcard" } as const;
export const giftCardSolution = { partner: "illicado", method: "giftcard" } as const;

export function resolveSplit(state: SimulatorState, request: CreatePaymentRequest): SplitPart[] {
  const amounts = resolveAmounts(request);
  return request.split.map((part: AnySplit, index) => {
    const parent = findParent(state, request, part, index);
    const card = findCard(part);
    const solution = parent ?? (card === undefined ? undefined : cardSolution);
    const partner = part.partner ?? solution?.partner;
    const method = part.method ?? solution?.method;
    if (partner === undefined || method === undefined) {
      throw refuseAt(
        index,
        partner === undefined ? "partner" : "method",
        "is required without a card or parent",
      );
    }
    return {
      split: { partner, method, amount: amounts[index] ?? 0, ...givenParents(part) },
      ...(parent === undefined ? {} : { parent }),
      ...(card === undefined ? {} : { card }),
    };
  });
}

/** One part may omit its amount and gets the remainder. */
function resolveAmounts({ amount: total, split }: CreatePaymentRequest): number[] {
  const given = split.reduce((subtotal, { amount }) => subtotal + (amount ?? 0), 0);
  const open = split.filter(({ amount }) => amount === undefined).length;
  if (open > 1 || given > total || (open === 0 && given !== total)) {
    throw refuseMember("split", `The parts add up to ${String(given)}, but the amount is ${String(total)}.`);
  }
  return split.map(({ amount }) => amount ?? total - given);
}

function allowsReuse({ payment, transaction }: Candidate): boolean {
  const isAuthorized = payment.authorization.status === "AUTHORIZED" && transaction.status === "AUTHORIZED";
  return payment.allow_future_usage === true && isAuthorized && isReusable(transaction);
}

function findParent(
  state: SimulatorState,
  request: CreatePaymentRequest,
  part: AnySplit,
  index: number,
): AuthorizationTransaction | undefined {
  const given = listParentMembers().filter((member) => part[member] !== undefined);
  const [first] = given;
  if (first === undefined) return undefined;
  // Payments of other entities are treated as unknown.
  const named = Object.values(state.payments)
    .filter((payment) => payment.entity_id.toLowerCase() === request.entity_id.toLowerCase())
    .flatMap((payment) =>
      payment.authorization.partner_transactions.map((transaction) => ({ payment, transaction })),
    )
    .filter((candidate) => given.every((member) => parentMembers[member](candidate) === part[member]));
  if (named.length === 0) throw refuseAt(index, first, "There is no such earlier payment.");
  const parent = named.find(allowsReuse);
  if (parent === undefined) throw refuseAt(index, first, "The earlier payment does not allow future usage.");
  return parent.transaction;
}

function findCard({
  vault_form_token: formToken,
  wallet_token: walletToken,
}: AnySplit): TestCard | undefined {
  if (formToken === undefined && walletToken === undefined) return undefined;
  return readVaultFormToken(formToken ?? "");
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
