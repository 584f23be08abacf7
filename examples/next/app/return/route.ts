import { isPurseError } from "purse-payments";
import type { NextRequest } from "next/server";
import { bookPayment, findOrder, type Order } from "../../shop/orders";
import { page } from "../../shop/page";
import { getPurse } from "../../shop/purse";

export const runtime = "nodejs";
export const dynamic = "force-dynamic"; // An answer about one shopper's payment must never be kept for the next.

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
  if (order?.sessionId === undefined) return page("There is no such order.", 404);
  const purse = getPurse();
  try {
    const claims = await purse.redirection.verify(request.nextUrl, { clientSessionId: order.sessionId });
    // Not the token: the payment is the proof.
    if (claims.payment_id !== undefined) bookPayment(await purse.payments.retrieve(claims.payment_id));
    else if (order.state === "open") order.state = "not_paid";
  } catch (error) {
    // Not by its class: Next bundles the package more than once, and the client may be of another copy. What is thrown on
    // may be Next's own, which steers a render by errors.
    if (!isPurseError(error) || error.code !== "redirection") throw error;
    // Without keys nothing is said about the token: neither paid nor forged.
    if (error.reason === "keys_unavailable") return page(checking, 503);
    return page("This is not how the payment page sends people back.", 400);
  }
  return page(outcomes[order.state]);
}
