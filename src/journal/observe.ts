import type { Payment } from "../../generated/schema.js";
import { refuseArgument } from "../checks/members.js";
import { isMovement, type Entry, type MovementEntry } from "./entry.js";
import { evidenceIn } from "./evidence.js";
import { isDecided, tellPayment } from "./sessions.js";
import type { Parts } from "./parts.js";
import { settle } from "./settle.js";

/** How often an entry is looked at anew that another process writes at the same time. */
const mostAttempts = 5;

/** Compares a payment that was read with what the journal knows of it. */
export async function observePayment(parts: Parts, payment: unknown): Promise<void> {
  const read = checkPayment(payment);
  const { client_session_id: sessionId } = read as Partial<Payment>;
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const entries = await parts.store.ofPayment(
      read.id,
      typeof sessionId === "string" ? sessionId : undefined,
    );
    let isOvertaken = false;
    for (const entry of entries) {
      const isDone = isMovement(entry)
        ? await observeMovement(parts, entry, read, entries)
        : await observeSession(parts, entry, read);
      if (!isDone) isOvertaken = true;
    }
    // Another wrote an entry between reading and writing. What it wrote may lack what this payment shows.
    if (!isOvertaken) return;
  }
}

async function observeMovement(
  parts: Parts,
  entry: MovementEntry,
  payment: Payment,
  others: readonly Entry[],
): Promise<boolean> {
  if (entry.state !== "open" && entry.state !== "pending" && entry.state !== "in_doubt") return true;
  const evidence = evidenceIn(payment, entry, others);
  if (evidence === undefined) return true;
  if (entry.operationId === evidence.id && entry.operationStatus === evidence.status) return true;
  // Takes the entry from its holder: what this shows is certain, and what the holder finds later changes nothing.
  return (await settle(parts, entry, { evidence, payment }, entry.nowMs)) !== undefined;
}

async function observeSession(parts: Parts, entry: Entry, payment: Payment): Promise<boolean> {
  // What another is telling just now counts as told: if it fails, the next pass tells it again.
  const told = await tellPayment(parts, entry, payment, { isLast: isDecided(payment), isUntold: false });
  return told !== "overtaken";
}

function checkPayment(payment: unknown): Payment {
  const isPayment =
    typeof payment === "object" && payment !== null && "id" in payment && typeof payment.id === "string";
  return isPayment ? (payment as Payment) : refuseArgument("payment", "must be a payment that was read.");
}
