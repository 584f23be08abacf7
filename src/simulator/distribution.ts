import type { OperationList } from "../../generated/operations.js";
import type { MinorUnits, OperationTransaction } from "../../generated/schema.js";

/** A partner transaction that money can be taken from: an authorization, or for refunds a capture. */
export type Source = Pick<OperationTransaction, "partner" | "method" | "remaining_amount">;

export interface Share<T> {
  readonly source: T;
  readonly amount: MinorUnits;
}

/** Method that each kind of operation turns to first. For voids none is documented. */
const firstMethods: Readonly<Record<OperationList, string | undefined>> = {
  captures: "giftcard",
  refunds: "creditcard",
  voids: undefined,
};

/** Spreads an amount over partner transactions, each up to what is left on it. */
export function distribute<T extends Source>(
  list: OperationList,
  amount: MinorUnits,
  sources: readonly T[],
): Share<T>[] {
  const rank = ({ method }: T): number => (method === firstMethods[list] ? 0 : 1);
  const shares: Share<T>[] = [];
  let open = amount;
  for (const source of [...sources].sort((one, other) => rank(one) - rank(other))) {
    const taken = Math.min(open, source.remaining_amount ?? 0);
    if (taken === 0) continue;
    shares.push({ source, amount: taken });
    open -= taken;
  }
  return shares;
}
