import type { CreateClientSessionRequest, ItemLine } from "../../../generated/schema.js";
import { fields, suggestExpiry, type CardFormAction, type CardFormFaults } from "./card-form.js";
import { hostedPageStyle } from "./hosted-page-style.js";
import type { HostedPageTexts } from "./hosted-page-texts.js";
import { escapeHtml, formatAmount } from "./html.js";
import { pageStyle } from "./page-style.js";
import { approvedCard, testCards, type TestCardName } from "../partners/test-cards.js";

interface HostedPage {
  readonly request: CreateClientSessionRequest;
  readonly texts: HostedPageTexts;
  readonly nowMs: number;
  /** Invalid fields of the submitted form. */
  readonly faults?: CardFormFaults;
}

export function renderHostedPage({ request, texts, nowMs, faults }: HostedPage): string {
  const { amount: amountDue, currency, order } = request;
  const amount = formatAmount(amountDue, currency, texts.language);
  const lines = order.shipments?.flatMap((shipment) => shipment.item_lines ?? []) ?? [];
  return renderPage(
    texts,
    `${texts.title} – ${amount}`,
    `<header>
${pill(texts)}
<h1>${escapeHtml(texts.title)}</h1>
<div class="soft">${escapeHtml(texts.order)} ${escapeHtml(order.reference)}</div>
<table>
<tbody>${lines.map((line) => renderLine(line, currency, texts.language)).join("")}</tbody>
<tfoot><tr><th scope="row">${escapeHtml(texts.total)}</th><td>${escapeHtml(amount)}</td></tr></tfoot>
</table>
</header>
<form method="post" novalidate>
${faults === undefined ? "" : `<p role="alert">${escapeHtml(texts.faultsTitle)}</p>`}
${field("card", texts.cardNumber, `value="${approvedCard.number}" inputmode="numeric" maxlength="30"`, faultOf(faults?.card, texts.unknownCard))}
<div class="pair">
${field("expiry", `${texts.expiry} (${texts.expiryHint})`, `value="${suggestExpiry(nowMs)}" inputmode="numeric" maxlength="9"`, faultOf(faults?.expiry, texts.wrongExpiry))}
${field("code", texts.securityCode, `value="123" inputmode="numeric" maxlength="4"`, faultOf(faults?.code, texts.wrongSecurityCode))}
</div>
${field("holder", texts.holderName, `value="${escapeHtml(suggestName(request))}" maxlength="100"`)}
${giftCard(amountDue, texts, faults)}
<div class="buttons">
${button("pay", `${texts.pay} ${amount}`, ' class="main"')}
<div class="others">${button("refuse", texts.refuse)}${button("cancel", texts.cancel)}</div>
</div>
</form>
<section class="cards">
<p class="soft" style="margin: 0 0 .75rem">${escapeHtml(texts.notReal)}</p>
<details${faults?.card === true ? " open" : ""}>
<summary>${escapeHtml(texts.testCards)}</summary>
<dl>${Object.entries(testCards)
      // The keys of `testCards`.
      .map(([name, { number }]) => renderCard(number, texts.cards[name as TestCardName]))
      .join("")}</dl>
</details>
</section>`,
  );
}

export function renderMessage(texts: HostedPageTexts, title: string, text: string): string {
  return renderPage(
    texts,
    title,
    `<div class="message">${pill(texts)}<h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(text)}</p></div>`,
  );
}

function renderPage(texts: HostedPageTexts, title: string, main: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(texts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}${hostedPageStyle}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

function pill(texts: HostedPageTexts): string {
  return `<span class="pill">${escapeHtml(texts.simulator)}</span>`;
}

function field(
  name: Exclude<keyof typeof fields, "action">,
  label: string,
  attributes: string,
  fault?: string,
): string {
  const faulty = fault === undefined ? "" : ` aria-invalid="true" aria-describedby="${name}-fault"`;
  const message = fault === undefined ? "" : `<p class="fault" id="${name}-fault">${escapeHtml(fault)}</p>`;
  return `<div class="field">
<label for="${name}">${escapeHtml(label)}</label>
<input id="${name}" name="${fields[name]}" ${attributes} autocomplete="off"${faulty}>${message}
</div>`;
}

function faultOf(isFaulty: true | undefined, text: string): string | undefined {
  return isFaulty === true ? text : undefined;
}

function giftCard(amountDue: number, texts: HostedPageTexts, faults: CardFormFaults | undefined): string {
  if (amountDue === 0) return "";
  const fault = faultOf(faults?.giftCard, texts.wrongGiftCardAmount);
  const attributes = `value="" inputmode="decimal" maxlength="16"`;
  return `<details${fault === undefined ? "" : " open"}>
<summary>${escapeHtml(texts.giftCard)}</summary>
${field("giftCard", texts.giftCardAmount, attributes, fault)}
<p class="soft" style="margin: .35rem 0 0">${escapeHtml(texts.giftCardHint)}</p>
</details>`;
}

function renderLine(
  { name, sku_reference: sku, quantity, net_amount: net }: ItemLine,
  currency: string,
  language: string,
): string {
  const label = `${name ?? sku ?? "–"}${quantity === undefined ? "" : ` × ${String(quantity)}`}`;
  const price = net === undefined ? "" : formatAmount(net, currency, language);
  return `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(price)}</td></tr>`;
}

function renderCard(number: string, outcome: string): string {
  const grouped = number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
  return `<dt>${grouped}</dt><dd>${escapeHtml(outcome)}</dd>`;
}

function button(action: CardFormAction, label: string, attributes = ""): string {
  return `<button name="${fields.action}" value="${action}"${attributes}>${escapeHtml(label)}</button>`;
}

function suggestName({ customer }: CreateClientSessionRequest): string {
  return [customer?.first_name, customer?.last_name].filter(Boolean).join(" ") || "Test Shopper";
}
