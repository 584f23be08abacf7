import { PurseOutcomeUnknownError } from "purse-payments";
import { createHash, timingSafeEqual } from "node:crypto";
import { keyFor } from "../../../../shop/keys";
import { bookPayment, findOrder } from "../../../../shop/orders";
import { getPurse } from "../../../../shop/purse";
import { setting } from "../../../../shop/settings";

export const runtime = "nodejs";

/** Takes the money of an order, once, however often it is asked to. For staff. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ reference: string }> },
): Promise<Response> {
  if (!isStaff(request)) return new Response(null, { status: 401 });
  const order = findOrder((await params).reference);
  if (order === undefined) return Response.json({ state: "unknown order" }, { status: 404 });
  const isPaid = order.state === "authorized" || order.state === "captured";
  if (order.paymentId === undefined || !isPaid) {
    return Response.json({ state: order.state }, { status: 409 });
  }
  const attempt = order.failedCaptures;
  const capture = { amount: order.amount, merchant_reference: `capture-${String(attempt + 1)}` };
  const idempotencyKey = await keyFor(order, "capture", String(attempt));
  try {
    const call = getPurse().payments.capture(order.paymentId, capture, { idempotencyKey });
    const { data, operation } = await call.withResponse();
    bookPayment(data);
    // 200 from the API says that it was accepted, not that it was captured.
    if (operation?.status === "SUCCESS") return Response.json({ state: order.state });
    // Only what has failed for certain may be tried again under another key.
    if (operation?.status === "FAILURE") order.failedCaptures = attempt + 1;
    const state = `capture ${operation?.status ?? "accepted"}`.toLowerCase();
    return Response.json({ state }, { status: operation?.status === "FAILURE" ? 409 : 202 });
  } catch (error) {
    if (!(error instanceof PurseOutcomeUnknownError)) throw error;
    // Perhaps captured. Asking again asks under the same key, and so captures once; a webhook may tell before.
    console.error(`capture of ${order.reference}: ${error.message}`);
    return Response.json({ state: "capture unknown" }, { status: 202 });
  }
}

/** A real shop has a login for this. */
function isStaff(request: Request): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const given = request.headers.get("authorization") ?? "";
  return timingSafeEqual(digest(given), digest(`Bearer ${setting("STAFF_TOKEN")}`));
}
