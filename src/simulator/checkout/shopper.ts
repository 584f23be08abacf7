import { toHostedPagePath, toPaymentLinkPath } from "../protocol/addresses.js";
import { fields, type CardFormAction } from "./card-form.js";
import { decimalsOf } from "./html.js";
import { approvedCard } from "../partners/test-cards.js";
import { checkMembers } from "../known-members.js";

/** The shop's return URL, with the signed token, that the browser is redirected to. */
export interface ShopperOutcome {
  /** The address that the shopper comes back on. */
  readonly redirectUrl: string;
}

/** How the shopper pays. */
export interface ShopperMeans {
  /** Number of a test card. Default: one that is approved. */
  card?: string;
  /** Amount paid by gift card, in minor units; the card pays the rest. Default 0. */
  giftCardAmount?: number;
}

/** Uses the hosted page as a shopper would. */
export interface Shopper {
  /**
   * Pays a session.
   *
   * @throws TypeError when `means` has an unknown member, because the default card would pay.
   */
  pay(sessionId: string, means?: ShopperMeans): Promise<ShopperOutcome>;
  /** Pays with a card that is refused. */
  refuse(sessionId: string): Promise<ShopperOutcome>;
  /** Leaves without paying. */
  cancel(sessionId: string): Promise<ShopperOutcome>;
  /**
   * Opens a payment link and pays on its page.
   *
   * @throws `Error` when the link does not lead to a payment page.
   */
  payLink(linkId: string, means?: ShopperMeans): Promise<ShopperOutcome>;
}

interface ShopperOptions {
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly baseUrl: () => string;
  readonly entityId: string;
  readonly currencyOf: (sessionId: string) => string | undefined;
}

export function createShopper({ fetch, baseUrl, entityId, currencyOf }: ShopperOptions): Shopper {
  async function submit(
    sessionId: string,
    action: CardFormAction,
    means: ShopperMeans = {},
  ): Promise<ShopperOutcome> {
    checkMembers(means, ["card", "giftCardAmount"]);
    const { card = approvedCard.number, giftCardAmount = 0 } = means;
    const url = baseUrl() + toHostedPagePath(entityId, sessionId);
    const page = await fetch(url, { redirect: "manual" });
    if (page.status !== 200) return toOutcome(page);
    const body = new URLSearchParams({
      [fields.card]: card,
      [fields.holder]: "Test Shopper",
      [fields.giftCard]: toDecimal(giftCardAmount, currencyOf(sessionId) ?? "EUR"),
      [fields.action]: action,
    });
    return toOutcome(await fetch(url, { method: "POST", body, redirect: "manual" }));
  }

  return {
    pay: (sessionId, means) => submit(sessionId, "pay", means),
    refuse: (sessionId) => submit(sessionId, "refuse"),
    cancel: (sessionId) => submit(sessionId, "cancel"),
    async payLink(linkId, means) {
      const answer = await fetch(baseUrl() + toPaymentLinkPath(linkId), { redirect: "manual" });
      const sessionId = /\/sessions\/([^/]+)$/.exec(answer.headers.get("location") ?? "")?.[1];
      if (sessionId === undefined) {
        throw new Error(
          `The payment link answered with ${String(answer.status)} instead of a redirect to a payment page.`,
        );
      }
      return submit(decodeURIComponent(sessionId), "pay", means);
    },
  };
}

function toOutcome(response: Response): ShopperOutcome {
  const redirectUrl = response.headers.get("location");
  if (redirectUrl === null) {
    throw new Error(
      `The payment page answered with ${String(response.status)} instead of a redirect to the shop.`,
    );
  }
  return { redirectUrl };
}

/** The amount as a shopper would type it. */
function toDecimal(minorUnits: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(minorUnits).padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
