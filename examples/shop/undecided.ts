import { learn } from "./bookkeeping.js";
import type { Shop } from "./shop.js";

const readEveryMs = 30_000;

/** Reads and books every payment of which something is undecided. One that cannot be read does not keep the others waiting. */
export async function readUndecided(
  shop: Shop,
  onFault: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<void> {
  const isStopped = (): boolean => signal?.aborted === true;
  for (const id of shop.payments.listUndecided()) {
    if (isStopped()) return;
    try {
      await learn(shop, await shop.purse.payments.retrieve(id, { deadlineMs: 5000, signal }));
    } catch (error) {
      if (!isStopped()) onFault(error);
    }
  }
}

/**
 * Reads them now, and again and again until the signal aborts. Webhooks get lost, and the journal expects the payments of
 * sessions only, and not for ever.
 */
export function keepReading(
  shop: Shop,
  onFault: (error: unknown) => void,
  { everyMs = readEveryMs, signal }: { readonly everyMs?: number; readonly signal: AbortSignal },
): void {
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    await readUndecided(shop, onFault, signal).catch(onFault);
    if (!signal.aborted) timer = setTimeout(() => void round(), everyMs).unref();
  };
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
  });
  void round();
}
