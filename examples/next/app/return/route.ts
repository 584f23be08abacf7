import { isPurseError } from "purse-payments";
import type { NextRequest } from "next/server";
import { bookPayment, findOrder, type Order } from "../../shop/orders";
import { page } from "../../shop/page";
import { getPurse } from "../../shop/purse";

export const runtime = "nodejs";
export const dynamic = "force-dynamic"; // One shopper's page must never be cached for another.

const checking = "We are checking your payment. Please look again in a moment.";
const outcomes: Readonly<Record<Order["state"], string>> = {
  open: checking,
  pending: checking,
  authorized: "Thank you, your order is paid.",
  partly_captured: "Thank you, your order is paid.",
  captured: "Thank you, your order is paid.",
  not_paid: "Your order was not paid.",
};

export async function GET(request: NextRequest): Promise<Response> {
  const order = findOrder(request.nextUrl.searchParams.get("order") ?? "");
  if (order?.sessionId === undefined) return page("Order not found.", 404);
  const purse = getPurse();
  try {
    const claims = await purse.redirection.verify(request.nextUrl, { clientSessionId: order.sessionId });
    // The payment is the proof, not the token.
    if (claims.payment_id !== undefined) bookPayment(await purse.payments.retrieve(claims.payment_id));
    else if (order.state === "open") order.state = "not_paid";
  } catch (error) {
    // Not instanceof: Next bundles the package more than once, so the client may use another copy. Other errors are
    // rethrown, because Next uses errors of its own for control flow.
    if (!isPurseError(error) || error.code !== "redirection") throw error;
    // Without keys the token could not be checked: it may be genuine or forged.
    if (error.reason === "keys_unavailable") return page(checking, 503);
    return page("This link is not valid.", 400);
  }
  return page(outcomes[order.state]);
}
