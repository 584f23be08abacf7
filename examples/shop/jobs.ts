import { bookPayment, lookAfterSession } from "./bookkeeping.js";
import { resumeMovements } from "./money-movements.js";
import type { Shop } from "./shop.js";

/**
 * What nobody waits for: money whose fate is unknown, shoppers who never came back, and operations that a bank has not decided.
 * One that fails does not keep the others waiting; the next round asks again.
 */
export async function runJobs(shop: Shop, onFault: (error: unknown) => void): Promise<void> {
  await resumeMovements(shop, onFault);
  for (const { id } of shop.sessions.openSince(new Date(Date.now() - 2 * shop.settings.lookEveryMs))) {
    await lookAfterSession(shop, id).catch(onFault);
  }
  for (const id of shop.payments.listUndecided()) {
    await shop.purse.payments.retrieve(id).then((payment) => bookPayment(shop, payment), onFault);
  }
}

/** Runs the jobs now, and again and again until stopped. */
export function startJobs(shop: Shop, onFault: (error: unknown) => void): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const round = (): void => {
    runJobs(shop, onFault)
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
