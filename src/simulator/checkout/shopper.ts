import { toHostedPagePath, toPaymentLinkPath } from "../protocol/addresses.js";
import { fields, type CardFormAction } from "./card-form.js";
import { decimalsOf } from "./html.js";
import { approvedCard } from "../partners/test-cards.js";
import { checkMembers } from "../known-members.js";

/** Where the shopper's browser ends up: the shop's own address with the signed token added. */
export interface ShopperOutcome {
  readonly redirectUrl: string;
}

/** What the shopper pays with. */
export interface ShopperMeans {
  /** Number of a test card. Default: the one that the page suggests, which is approved. */
  card?: string;
  /** What a gift card pays, in minor units; the card pays the rest. Default 0. */
  giftCardAmount?: number;
}

/** Uses the hosted page as a person would. */
export interface Shopper {
  /** @throws TypeError when a member of `means` is not known: the default card would pay. */
  pay(sessionId: string, means?: ShopperMeans): Promise<ShopperOutcome>;
  /** Tries to pay and is refused by the bank. */
  refuse(sessionId: string): Promise<ShopperOutcome>;
  cancel(sessionId: string): Promise<ShopperOutcome>;
  /**
   * Follows a payment link and pays on the page that it leads to.
   *
   * @throws `Error` when the link leads to no such page.
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
        throw new Error(`The payment link answered with ${String(answer.status)}: nothing to pay there.`);
      }
      return submit(decodeURIComponent(sessionId), "pay", means);
    },
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

/** As a person types it. */
function toDecimal(minorUnits: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(minorUnits).padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
