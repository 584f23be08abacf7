import type { Movement } from "purse-payments/journal";
import { createHash, timingSafeEqual } from "node:crypto";
import { getJournal } from "../../../../shop/journal";
import { findOrder, isPaid, type Order } from "../../../../shop/orders";
import { setting } from "../../../../shop/settings";

export const runtime = "nodejs";

/** Captures the money of an order once, no matter how often it is called. For staff. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ reference: string }> },
): Promise<Response> {
  if (!isStaff(request)) return new Response(null, { status: 401 });
  const order = findOrder((await params).reference);
  if (order === undefined) return Response.json({ state: "unknown order" }, { status: 404 });
  if (order.paymentId === undefined || !isPaid(order)) {
    return Response.json({ state: order.state }, { status: 409 });
  }
  // A new attempt after a certain failure is another movement.
  const id = `${order.reference}/capture/${String(order.failedCaptures + 1)}`;
  const { paymentId, amount } = order;
  return answerFor(await getJournal().capture({ id, paymentId, amount, merchantReference: id }), order);
}

function answerFor({ state, operationStatus, reason = "" }: Movement, order: Order): Response {
  switch (state) {
    case "succeeded":
      return Response.json({ state: order.state });
    case "open":
      // Perhaps captured. The journal retries under the same key, so it captures once; a webhook may be earlier.
      return Response.json({ state: "capture unknown" }, { status: 202 });
    case "pending":
      return Response.json({ state: `capture ${(operationStatus ?? state).toLowerCase()}` }, { status: 202 });
    case "failed":
      // A part was done: another capture does not fix that.
      if (operationStatus === "CONFLICT") return needsAPerson("capture conflict");
      return Response.json({ state: "capture failure" }, { status: 409 });
    case "refused":
      console.error(`capture of ${order.reference}: ${reason}`);
      return needsAPerson(`capture refused: ${reason.split(":")[0] ?? ""}`);
    case "in_doubt":
      return needsAPerson("capture in doubt");
  }
}

function needsAPerson(what: string): Response {
  return Response.json({ state: `${what}, a person must check` }, { status: 409 });
}

/** A real shop has a login for this. */
function isStaff(request: Request): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const given = request.headers.get("authorization") ?? "";
  return timingSafeEqual(digest(given), digest(`Bearer ${setting("STAFF_TOKEN")}`));
}
