import { isPurseError, type Operation, type Payment } from "purse-payments";
import { bookPayment } from "./bookkeeping.js";
import type { Shop } from "./shop.js";
import type { Movement, NewMovement } from "./store/movements.js";

/**
 * Captures, refunds or voids. What is asked for is on the disk, with its key, before the request leaves; a form that
 * comes twice finds its key there and moves nothing more.
 *
 * @returns undefined when another movement of the payment is not decided: then nothing was asked for.
 */
export async function moveMoney(shop: Shop, wanted: NewMovement): Promise<Movement | undefined> {
  const opened = shop.movements.open(wanted);
  if (opened !== undefined) await ask(shop, opened, "first time");
  return shop.movements.find(wanted.idempotencyKey);
}

/**
 * Asks again for everything whose fate is not known, because the process died or the answer did not come: under the same
 * key, so that it is done at most once. Run it at every start, and from time to time.
 */
export async function resumeMovements(shop: Shop, onFault: (error: unknown) => void): Promise<void> {
  for (const movement of shop.movements.listOpen()) await ask(shop, movement, "again").catch(onFault);
}

const inFlight = new Set<string>();

/** Since when Purse says no to what may have been asked for before, by key. Before that it may have said yes. */
const refusedSince = new Map<string, number>();
/** How far readings may lag behind what was done, as far as the shop waits for them. */
const longestLagMs = 5 * 60 * 1000;

const notFound = "not found in the payment after 5 minutes: check with Purse before asking again";

/**
 * Whether a movement was given up rather than refused for certain: an earlier request may have been carried out all the same,
 * so that a person has to check before the same is asked for again.
 */
export function isInDoubt({ state, outcome }: Movement): boolean {
  return state === "refused" && outcome?.startsWith(notFound) === true;
}

async function ask(shop: Shop, movement: Movement, when: "first time" | "again"): Promise<void> {
  const { idempotencyKey } = movement;
  if (inFlight.has(idempotencyKey)) return;
  inFlight.add(idempotencyKey);
  try {
    const { data, operation } = await send(shop, movement);
    refusedSince.delete(idempotencyKey);
    bookPayment(shop, data);
    closeAsDone(shop, movement, operation);
  } catch (error) {
    if (!isPurseError(error)) throw error;
    // What Purse says of it means more to the back office than what the client says around it.
    const reason = ("detail" in error ? error.detail : undefined) ?? error.message;
    if (when === "first time" && error.code !== "outcome_unknown" && error.code !== "idempotency_conflict") {
      shop.movements.close(idempotencyKey, { state: "refused", outcome: reason });
    } else if (isWordOfPurse(error.code)) {
      await settleByReading(shop, movement, error.code, reason);
    } else {
      // Stays open, and is asked again later. This time it may have been done.
      refusedSince.delete(idempotencyKey);
    }
  } finally {
    inFlight.delete(idempotencyKey);
  }
}

/**
 * The first time, every error but an unknown outcome and a used key says that nothing moved. Later it does not: "could not
 * connect" is true of this request, and says nothing of the one that an earlier process sent. Then only Purse can say no.
 */
function isWordOfPurse(code: string): boolean {
  return ["bad_request", "conflict", "not_found", "invalid_argument", "idempotency_conflict"].includes(code);
}

/**
 * A refusal may come because the earlier request was carried out: nothing is left to capture then. The payment tells, if it
 * shows the operation; that it does not may mean that the reading lags behind, so only time ends the asking, with a doubt left.
 */
async function settleByReading(shop: Shop, movement: Movement, code: string, reason: string): Promise<void> {
  const { idempotencyKey } = movement;
  // A key that was used for something made something: asked again, it will show.
  if (code === "idempotency_conflict") refusedSince.delete(idempotencyKey);
  else if (!refusedSince.has(idempotencyKey)) refusedSince.set(idempotencyKey, Date.now());
  const payment = await shop.purse.payments.retrieve(movement.paymentId, { deadlineMs });
  bookPayment(shop, payment);
  const operation = payment[lists[movement.kind]].find(
    ({ merchant_reference: reference }) => reference === movement.reference,
  );
  const isFinal = Date.now() - (refusedSince.get(idempotencyKey) ?? Infinity) >= longestLagMs;
  if (operation !== undefined) closeAsDone(shop, movement, operation);
  else if (isFinal) {
    const outcome = `${notFound}. Purse said: ${reason}`;
    shop.movements.close(idempotencyKey, { state: "refused", outcome });
  } else return;
  refusedSince.delete(idempotencyKey);
}

function closeAsDone(shop: Shop, { idempotencyKey }: Movement, operation: Operation | undefined): void {
  shop.movements.close(idempotencyKey, {
    state: "done",
    // A status of its own is not success: PENDING, FAILURE, CONFLICT and UNCERTAIN are shown as they are.
    outcome: operation?.status ?? "UNCERTAIN",
    operationId: operation?.id,
  });
}

const lists = { capture: "captures", refund: "refunds", void: "voids" } as const;
const deadlineMs = 20_000;

async function send(
  { purse }: Shop,
  { kind, paymentId, amount, reference, idempotencyKey }: Movement,
): Promise<{ data: Payment; operation?: Operation | undefined }> {
  const params = { amount, merchant_reference: reference };
  return purse.payments[kind](paymentId, params, { idempotencyKey, deadlineMs }).withResponse();
}
