import { html } from "hono/html";
import { isPurseError } from "purse-payments";
import type { Order } from "../store/orders.js";
import { page, type Html } from "./layout.js";

const toTheShop = html`<a href="/">To the shop</a>`;

export function missingPage(): Html {
  return page({ title: "Not here", body: html`<p>There is no such page. ${toTheShop}</p>` });
}

/** What a request of this kind is refused for, by the status of the answer. */
const refusals: Readonly<Record<number, string>> = {
  403: "This form was not sent from a page of the shop, so nothing was done with it.",
  413: "This form is larger than any of the shop's, so nothing was done with it.",
  421: "The shop does not take forms at this address, so nothing was done with it.",
};

/** Undefined when there is nothing to say beyond what the error says itself. */
export function refusedPage(status: number): Html | undefined {
  const reason = refusals[status];
  if (reason === undefined) return undefined;
  return page({ title: "Refused", body: html`<p>${reason} ${toTheShop}</p>` });
}

/** @param order the one that was placed before the fault: the page leads to it. */
export function faultPage(
  error: unknown,
  order: Order | undefined,
): { readonly content: Html; readonly status: 500 | 503 } {
  const isPurse = isPurseError(error);
  const reason = isPurse
    ? html`<p>The payment service does not answer as it should. Nothing is lost: look again in a minute.</p>`
    : html`<p>Something went wrong on our side.</p>`;
  const wayOn =
    order === undefined
      ? html`<p>${toTheShop}</p>`
      : html`<p>
          Your order is kept: <a href="/orders/${order.id}">go on with order ${String(order.number)}</a>.
        </p>`;
  return { content: page({ title: "Sorry", body: html`${reason} ${wayOn}` }), status: isPurse ? 503 : 500 };
}
