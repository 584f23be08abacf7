import { toHostedPagePath } from "./addresses.js";
import { fields, type HostedPageAction } from "./hosted-page-html.js";
import { approvedCard } from "./test-cards.js";

/** Where the shopper's browser ends up: the shop's own address with the signed token added. */
export interface ShopperOutcome {
  readonly redirectUrl: string;
}

/** Uses the hosted page as a person would. */
export interface Shopper {
  /** Pays; without `card` with the number that the page suggests. */
  pay(sessionId: string, options?: { card?: string }): Promise<ShopperOutcome>;
  /** Tries to pay and is refused by the bank. */
  refuse(sessionId: string): Promise<ShopperOutcome>;
  cancel(sessionId: string): Promise<ShopperOutcome>;
}

interface ShopperOptions {
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly baseUrl: () => string;
  readonly entityId: string;
}

export function createShopper({ fetch, baseUrl, entityId }: ShopperOptions): Shopper {
  async function submit(sessionId: string, action: HostedPageAction, card: string): Promise<ShopperOutcome> {
    const url = baseUrl() + toHostedPagePath(entityId, sessionId);
    const page = await fetch(url, { redirect: "manual" });
    if (page.status !== 200) return toOutcome(page);
    const body = new URLSearchParams({
      [fields.card]: card,
      [fields.holder]: "Test Shopper",
      [fields.action]: action,
    });
    return toOutcome(await fetch(url, { method: "POST", body, redirect: "manual" }));
  }

  return {
    pay: (sessionId, { card = approvedCard.number } = {}) => submit(sessionId, "pay", card),
    refuse: (sessionId) => submit(sessionId, "refuse", approvedCard.number),
    cancel: (sessionId) => submit(sessionId, "cancel", approvedCard.number),
  };
}

function toOutcome(response: Response): ShopperOutcome {
  const redirectUrl = response.headers.get("location");
  if (redirectUrl === null) {
    throw new Error(
      `The payment page answered with ${String(response.status)} instead of sending the shopper back.`,
    );
  }
  return { redirectUrl };
}
