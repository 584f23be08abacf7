import { isPurseError, type Operation, type Payment } from "purse-payments";
import { bookPayment } from "./bookkeeping.js";
import type { Shop } from "./shop.js";
import type { Movement, NewMovement } from "./store/movements.js";

/**
 * Captures, refunds or voids. What is asked for is on the disk, with its key, before the request leaves; a form that
 * comes twice finds its key there and moves nothing more.
 */
export async function moveMoney(shop: Shop, wanted: NewMovement): Promise<Movement> {
  const opened = shop.movements.open(wanted);
  if (opened !== undefined) await ask(shop, opened, "first time");
  const movement = shop.movements.find(wanted.idempotencyKey);
  if (movement === undefined) throw new Error("A movement vanished from the database.");
  return movement;
}

/**
 * Asks again for everything whose fate is not known, because the process died or the answer did not come: under the same
 * key, so that it is done at most once. Run it at every start, and from time to time.
 */
export async function resumeMovements(shop: Shop): Promise<void> {
  for (const movement of shop.movements.listOpen()) await ask(shop, movement, "again");
}

const inFlight = new Set<string>();

async function ask(shop: Shop, movement: Movement, when: "first time" | "again"): Promise<void> {
  const { idempotencyKey } = movement;
  if (inFlight.has(idempotencyKey)) return;
  inFlight.add(idempotencyKey);
  try {
    const { data, operation } = await send(shop, movement);
    bookPayment(shop, data);
    shop.movements.close(idempotencyKey, {
      state: "done",
      // A status of its own is not success: PENDING, FAILURE, CONFLICT and UNCERTAIN are shown as they are.
      outcome: operation?.status ?? "UNCERTAIN",
      operationId: operation?.id,
    });
  } catch (error) {
    if (!isPurseError(error)) throw error;
    if (error.code === "idempotency_conflict") {
      shop.movements.close(idempotencyKey, { state: "conflict", outcome: error.message });
    } else if (isFinal(error.code, when)) {
      const detail = "detail" in error && error.detail !== undefined ? ` ${error.detail}` : "";
      shop.movements.close(idempotencyKey, { state: "refused", outcome: `${error.message}${detail}` });
    }
    // Anything else stays open, and is asked again later.
  } finally {
    inFlight.delete(idempotencyKey);
  }
}

/**
 * Whether nothing moved, for certain. The first time, every error but an unknown outcome says so. Later it does not: "could not
 * connect" is true of this request, and says nothing of the one that an earlier process sent. Only Purse itself can then say no.
 */
function isFinal(code: string, when: "first time" | "again"): boolean {
  if (code === "outcome_unknown") return false;
  return when === "first time" || code === "bad_request" || code === "conflict";
}

async function send(
  { purse }: Shop,
  { kind, paymentId, amount, reference, idempotencyKey }: Movement,
): Promise<{ data: Payment; operation?: Operation | undefined }> {
  const params = { amount, merchant_reference: reference };
  return purse.payments[kind](paymentId, params, { idempotencyKey }).withResponse();
}
