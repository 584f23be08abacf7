import { isPurseError, PurseOutcomeUnknownError } from "purse-payments";
import { createHash, timingSafeEqual } from "node:crypto";
import { keyFor } from "../../../../shop/keys";
import { bookPayment, findOrder, isPaid } from "../../../../shop/orders";
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
  if (order.paymentId === undefined || !isPaid(order)) {
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
    // Final: a part was done, the rest was not. Another capture, under whatever key, is no way out.
    if (operation?.status === "CONFLICT") return needsAPerson("capture conflict");
    // Only what has failed for certain may be tried again under another key.
    if (operation?.status === "FAILURE") order.failedCaptures = attempt + 1;
    const state = `capture ${operation?.status ?? "accepted"}`.toLowerCase();
    return Response.json({ state }, { status: operation?.status === "FAILURE" ? 409 : 202 });
  } catch (error) {
    if (isPurseError(error) && refusals.includes(error.code)) {
      console.error(`capture of ${order.reference}: ${error.message}`);
      return needsAPerson(`capture refused: ${error.code}`);
    }
    if (!(error instanceof PurseOutcomeUnknownError)) throw error;
    // Perhaps captured. Asking again asks under the same key, and so captures once; a webhook may tell before.
    console.error(`capture of ${order.reference}: ${error.message}`);
    return Response.json({ state: "capture unknown" }, { status: 202 });
  }
}

/** With these the service has answered: this request moves nothing, now or later. Trying again will not help. */
const refusals: readonly string[] = ["bad_request", "conflict", "idempotency_conflict", "not_found"];

function needsAPerson(what: string): Response {
  return Response.json({ state: `${what}, a person must look` }, { status: 409 });
}

/** A real shop has a login for this. */
function isStaff(request: Request): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const given = request.headers.get("authorization") ?? "";
  return timingSafeEqual(digest(given), digest(`Bearer ${setting("STAFF_TOKEN")}`));
}
