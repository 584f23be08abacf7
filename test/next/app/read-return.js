import { isPurseError } from "purse-payments";
import { getPurse } from "./purse";

/** What a return page shows of an address, or of a token. */
export async function readReturn(address) {
  const purse = getPurse();
  try {
    const { payment_id } = await purse.redirection.verify(address);
    const { amounts } = await purse.payments.retrieve(payment_id);
    return `captured ${amounts.total_captured}`;
  } catch (error) {
    // Not by its class: Next bundles the package more than once, and the client may be of another copy.
    if (isPurseError(error) && error.code === "redirection") return `refused: ${error.reason}`;
    throw error; // What Next throws is among the others, and has to reach it.
  }
}
