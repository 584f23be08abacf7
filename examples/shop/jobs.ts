import { isPurseError } from "purse-payments";
import { lookAfterSession } from "./bookkeeping.js";
import { resumeMovements } from "./money-movements.js";
import type { Shop } from "./shop.js";

/** What nobody waits for: money whose fate is unknown, and shoppers who never came back. */
export async function runJobs(shop: Shop): Promise<void> {
  await resumeMovements(shop);
  for (const { id } of shop.sessions.openSince(new Date(Date.now() - 2 * shop.settings.lookEveryMs))) {
    try {
      await lookAfterSession(shop, id);
    } catch (error) {
      if (!isPurseError(error)) throw error; // Purse cannot be reached; the next round asks again.
    }
  }
}

/** Runs the jobs now, and again and again until stopped. */
export function startJobs(shop: Shop, onFault: (error: unknown) => void): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const round = (): void => {
    runJobs(shop)
      .catch(onFault)
      .finally(() => {
        if (!isStopped) timer = setTimeout(round, shop.settings.lookEveryMs);
      });
  };
  round();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
