import { isPurseError, type Browser, type Payment } from "purse-payments";
import { nextStep, type PaymentStep } from "purse-payments/checkout";
import { bookPayment } from "./bookkeeping.js";
import { endSession, oneByOne, refuseWhatIsSettled, toParams } from "./checkout.js";
import type { Shop } from "./shop.js";
import type { Order } from "./store/orders.js";

/** What the page of the card form sends. The order and its price are the shop's own. */
export interface CardPayment {
  readonly vaultFormToken: string;
  readonly browser: Browser;
}

/**
 * Pays an order from a card form in the shop's own page, without a session: the advanced flow.
 *
 * Purse is not known to honour idempotency keys here, so the shop makes sure that an order is paid once: what could be paid for
 * it elsewhere is ended first, calls for one order run one after the other, and while the fate of a payment is not known the
 * order is pending. A webhook ends that.
 *
 * @throws NothingToPay when the order is paid, pending or cancelled.
 */
export function payByCard(
  shop: Shop,
  order: Order,
  { vaultFormToken, browser }: CardPayment,
): Promise<PaymentStep> {
  return oneByOne(shop, order, async () => {
    for (const { id, closedAt } of shop.sessions.ofOrder(order.id)) {
      if (closedAt === null) await endSession(shop, id);
    }
    refuseWhatIsSettled(shop, order);
    // On the disk before the request leaves.
    shop.orders.beginPaying(order.id);
    const payment = await create(shop, order, vaultFormToken, browser);
    bookPayment(shop, payment);
    return nextStep(payment);
  });
}

async function create(shop: Shop, order: Order, vaultFormToken: string, browser: Browser): Promise<Payment> {
  const params = toParams(shop, order);
  try {
    return await shop.purse.payments.create({
      ...params,
      split: [
        {
          amount: order.amount,
          partner: "dalenys",
          method: "creditcard",
          vault_form_token: vaultFormToken,
        },
      ],
      browser,
    });
  } catch (error) {
    const isCertain =
      isPurseError(error) && error.code !== "outcome_unknown" && error.code !== "idempotency_conflict";
    if (isCertain) shop.orders.endPaying(order.id);
    throw error;
  }
}
