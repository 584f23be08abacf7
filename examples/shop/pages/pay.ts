import { html } from "hono/html";
import type { ClientSession } from "purse-payments";
import type { Order } from "../store/orders.js";
import type { Html } from "./layout.js";
import { lines } from "./order.js";

/** The place where the widget draws itself. */
export function payPage(order: Order, { widget }: ClientSession): Html {
  return html`<div class="aside">
    <div>
      <div id="purse-widget" data-widget="${widget.data}">
        <noscript>Paying here needs JavaScript.</noscript>
      </div>
      <p id="widget-problem" class="notice problem" role="alert" hidden>
        The payment form could not be shown. You can pay on the payment page instead.
      </p>
      <form id="widget-refresh" method="post" action="/orders/${order.id}/pay" hidden>
        <input type="hidden" name="place" value="EMBEDDED" />
      </form>
      <form method="post" action="/orders/${order.id}/pay" data-once>
        <input type="hidden" name="place" value="HOSTED_PAGE" />
        <button class="quiet">Pay on the payment page instead</button>
      </form>
    </div>
    <div class="panel">${lines(order)}</div>
  </div>`;
}

/** For a payment page that the shop cannot send the browser to by itself. */
export function goOnPage(order: Order, hostedPage: string): Html {
  return html`<div class="aside">
    <p><a href="${hostedPage}">Go on to the payment page</a></p>
    <div class="panel">${lines(order)}</div>
  </div>`;
}

export function widgetHead({ widget }: ClientSession): Html {
  return html`<script src="${widget.js_url}" defer></script>
    <script src="/pay.js" defer></script>`;
}
