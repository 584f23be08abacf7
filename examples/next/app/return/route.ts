import { decideReturn } from "purse-payments/checkout";
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
  const { sessionId: clientSessionId, amount, currency } = order;
  const decision = await decideReturn(getPurse(), request.nextUrl, { clientSessionId, amount, currency });
  if (decision.outcome === "try_again") return page(checking, 503);
  if (decision.reason === "token_refused") return page("This link is not valid.", 400);
  if (decision.payment !== undefined) bookPayment(decision.payment);
  else if (order.state === "open") order.state = "not_paid";
  return page(outcomes[order.state]);
}
