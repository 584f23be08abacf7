import type { CreateClientSessionRequest, ItemLine } from "../../../generated/schema.js";
import {
  fields,
  groupCardNumber,
  suggestExpiry,
  testCardField,
  type CardFormAction,
  type CardFormFaults,
  type TypedFields,
} from "./card-form.js";
import { hostedPageStyle } from "./hosted-page-style.js";
import type { HostedPageTexts } from "./hosted-page-texts.js";
import { escapeHtml, formatAmount } from "./html.js";
import { pageStyle } from "./page-style.js";
import { testCards, type TestCardName } from "../partners/test-cards.js";

/** What the form shows besides its suggestions. */
export interface HostedPageInput {
  readonly typed?: TypedFields;
  /** The test card to fill in. */
  readonly chosen?: TestCardName;
  /** Invalid fields of the submitted form. */
  readonly faults?: CardFormFaults;
}

interface HostedPage {
  readonly request: CreateClientSessionRequest;
  readonly merchant: string;
  readonly texts: HostedPageTexts;
  readonly nowMs: number;
  readonly input: HostedPageInput;
}

export function renderHostedPage({ request, merchant, texts, nowMs, input }: HostedPage): string {
  const { amount: amountDue, currency, order } = request;
  const { faults, chosen } = input;
  const amount = formatAmount(amountDue, currency, texts.language);
  const lines = order.shipments?.flatMap((shipment) => shipment.item_lines ?? []) ?? [];
  return renderPage(
    texts,
    `${texts.title} – ${merchant} – ${amount}`,
    `<header>
<div class="top"><span class="merchant">${escapeHtml(merchant)}</span>${pill(texts)}</div>
<h1>${escapeHtml(texts.title)}</h1>
<div class="soft">${escapeHtml(texts.order)} ${escapeHtml(order.reference)}</div>
<table>
<tbody>${lines.map((line) => renderLine(line, currency, texts.language)).join("")}</tbody>
<tfoot><tr><th scope="row">${escapeHtml(texts.total)}</th><td>${escapeHtml(amount)}</td></tr></tfoot>
</table>
</header>
<form method="post" id="checkout" novalidate>
${faults === undefined ? "" : `<p role="alert">${escapeHtml(texts.faultsTitle)}</p>`}
${renderFields(request, texts, nowMs, input)}
<div class="buttons">
${button("pay", `${texts.pay} ${amount}`, ` class="main"${chosen === undefined ? "" : " autofocus"}`)}
<div class="others">${button("refuse", texts.refuse)}${button("cancel", texts.cancel)}</div>
</div>
</form>
<section class="cards">
<p class="soft">${escapeHtml(texts.notReal)}</p>
<details${faults?.card === true || chosen !== undefined ? " open" : ""}>
<summary>${escapeHtml(texts.testCards)}</summary>
<p class="soft">${escapeHtml(texts.testCardsHint)}</p>
<ul>${Object.entries(testCards)
      // The keys of `testCards`.
      .map(([name, { number }]) => renderCard(name as TestCardName, number, texts, name === chosen))
      .join("")}</ul>
</details>
</section>`,
  );
}

function renderFields(
  request: CreateClientSessionRequest,
  texts: HostedPageTexts,
  nowMs: number,
  { typed, chosen, faults }: HostedPageInput,
): string {
  const faulty = Object.keys(faults ?? {})[0];
  const render = (field: Field): string => renderField(field, field.name === faulty);
  const expiry = typed?.expiry ?? suggestExpiry(nowMs);
  return `${render({
    name: "card",
    label: texts.cardNumber,
    // Never what was typed: it could be a real card number.
    value:
      typed === undefined || chosen !== undefined
        ? groupCardNumber(testCards[chosen ?? "approved"].number)
        : "",
    attributes: 'inputmode="numeric" maxlength="30"',
    fault: faultOf(faults?.card, texts.unknownCard),
    hint: faults !== undefined && faults.card === undefined ? texts.cardAgain : undefined,
  })}
<div class="pair">
${render({
  name: "expiry",
  label: `${texts.expiry} (${texts.expiryHint})`,
  value: expiry,
  attributes: 'inputmode="numeric" maxlength="9"',
  fault: faultOf(faults?.expiry, texts.wrongExpiry),
})}
${render({
  name: "code",
  label: texts.securityCode,
  value: typed?.code ?? "123",
  attributes: 'inputmode="numeric" maxlength="4"',
  fault: faultOf(faults?.code, texts.wrongSecurityCode),
})}
</div>
${render({
  name: "holder",
  label: texts.holderName,
  value: typed?.holder ?? suggestName(request),
  attributes: 'maxlength="100"',
})}
${request.amount === 0 ? "" : renderGiftCard(texts, typed, faults, render)}`;
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

interface Field {
  readonly name: Exclude<keyof typeof fields, "action">;
  readonly label: string;
  readonly value: string;
  readonly attributes: string;
  readonly fault?: string | undefined;
  readonly hint?: string | undefined;
}

function renderField({ name, label, value, attributes, fault, hint }: Field, isFirstFault: boolean): string {
  const note = fault ?? hint;
  const described = note === undefined ? "" : ` aria-describedby="${name}-fault"`;
  const invalid = fault === undefined ? "" : ' aria-invalid="true"';
  const focus = isFirstFault ? " autofocus" : "";
  const className = fault === undefined ? "soft" : "fault";
  return `<div class="field">
<label for="${name}">${escapeHtml(label)}</label>
<input id="${name}" name="${fields[name]}" value="${escapeHtml(value)}" ${attributes} autocomplete="off"${invalid}${described}${focus}>
${note === undefined ? "" : `<p class="${className}" id="${name}-fault">${escapeHtml(note)}</p>`}
</div>`;
}

function faultOf(isFaulty: true | undefined, text: string): string | undefined {
  return isFaulty === true ? text : undefined;
}

function renderGiftCard(
  texts: HostedPageTexts,
  typed: TypedFields | undefined,
  faults: CardFormFaults | undefined,
  render: (field: Field) => string,
): string {
  const value = typed?.giftCard ?? "";
  const fault = faultOf(faults?.giftCard, texts.wrongGiftCardAmount);
  const attributes = 'inputmode="decimal" maxlength="16"';
  return `<details${value === "" && fault === undefined ? "" : " open"}>
<summary>${escapeHtml(texts.giftCard)}</summary>
${render({ name: "giftCard", label: texts.giftCardAmount, value, attributes, fault })}
<p class="soft">${escapeHtml(texts.giftCardHint)}</p>
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

/** Fills in the card when pressed. Without a script, so that the page's policy can forbid all of them. */
function renderCard(
  name: TestCardName,
  number: string,
  { cards }: HostedPageTexts,
  isChosen: boolean,
): string {
  return `<li><button form="checkout" name="${testCardField}" value="${name}" aria-pressed="${String(isChosen)}"><span class="number">${groupCardNumber(number)}</span> <span class="outcome">${escapeHtml(cards[name])}</span></button></li>`;
}

function button(action: CardFormAction, label: string, attributes = ""): string {
  return `<button name="${fields.action}" value="${action}"${attributes}>${escapeHtml(label)}</button>`;
}

function suggestName({ customer }: CreateClientSessionRequest): string {
  return [customer?.first_name, customer?.last_name].filter(Boolean).join(" ") || "Test Shopper";
}
