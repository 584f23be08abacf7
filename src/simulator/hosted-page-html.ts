import type { CreateClientSessionRequest, ItemLine } from "../../generated/schema.js";
import type { HostedPageTexts } from "./hosted-page-texts.js";
import { approvedCard, testCards } from "./test-cards.js";

/** Names of the form's fields and of what its buttons do. */
export const fields = { card: "card_number", holder: "holder_name", action: "action" } as const;
export type HostedPageAction = "pay" | "refuse" | "cancel";

const style = `
:root { color-scheme: light dark; --line: #d9dce3; --soft: #5b6270; --page: #f4f5f8; --card: #fff;
  --text: #15181f; --main: #3538cd; --on-main: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3b4150; --soft: #a4acbb; --page: #12151b; --card: #1b2029; --text: #eceef3; --main: #8b8fff;
    --on-main: #12151b; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; font: 1rem/1.5 system-ui, sans-serif; background: var(--page);
  color: var(--text); }
main { max-width: 27rem; margin: 0 auto; padding: 1.75rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; }
h1 { margin: 0; font-size: 1.25rem; }
.soft { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
table { width: 100%; margin: 1.25rem 0; border-collapse: collapse; }
th, td { padding: .45rem 0; text-align: start; font-weight: 400; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td { text-align: end; white-space: nowrap; }
tfoot th, tfoot td { border: 0; font-weight: 700; font-size: 1.125rem; }
label { display: block; margin-top: 1rem; font-size: .875rem; }
input { width: 100%; padding: .65rem .75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--soft); border-radius: 8px; }
button { width: 100%; margin-top: .75rem; padding: .7rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
button.main { margin-top: 1.5rem; font-weight: 600; color: var(--on-main); background: var(--main);
  border-color: var(--main); }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
[role=alert] { margin-top: 1rem; padding: .65rem .75rem; border: 1px solid #c4320a; border-radius: 8px; }
dl { display: grid; grid-template-columns: auto auto; gap: .1rem 1rem; margin: .25rem 0 0; }
dd { margin: 0; text-align: end; }
`;

interface HostedPage {
  readonly request: CreateClientSessionRequest;
  readonly texts: HostedPageTexts;
  readonly showUnknownCard: boolean;
}

export function renderHostedPage({ request, texts, showUnknownCard }: HostedPage): string {
  const amount = formatAmount(request.amount, request.currency, texts.language);
  const lines = request.order.shipments?.flatMap((shipment) => shipment.item_lines ?? []) ?? [];
  const alert = showUnknownCard ? `<p role="alert" id="fault">${escapeHtml(texts.unknownCard)}</p>` : "";
  const faulty = showUnknownCard ? ' aria-invalid="true" aria-describedby="fault"' : "";
  return `<!doctype html>
<html lang="${escapeHtml(texts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(texts.title)} – ${escapeHtml(amount)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(texts.title)}</h1>
<div class="soft">${escapeHtml(texts.order)} ${escapeHtml(request.order.reference)}</div>
<table>
<tbody>${lines.map((line) => renderLine(line, request.currency, texts.language)).join("")}</tbody>
<tfoot><tr><th scope="row">${escapeHtml(texts.total)}</th><td>${escapeHtml(amount)}</td></tr></tfoot>
</table>
<form method="post">
${alert}
<label for="card">${escapeHtml(texts.cardNumber)}</label>
<input id="card" name="${fields.card}" value="${approvedCard.number}" inputmode="numeric" autocomplete="off"${faulty}>
<label for="holder">${escapeHtml(texts.holderName)}</label>
<input id="holder" name="${fields.holder}" value="${escapeHtml(suggestName(request))}" maxlength="100" autocomplete="off">
${button("pay", `${texts.pay} ${amount}`, ' class="main"')}
${button("refuse", texts.refuse)}
${button("cancel", texts.cancel)}
</form>
<section class="soft">
<p>${escapeHtml(texts.notReal)}</p>
<h2 class="soft">${escapeHtml(texts.testCards)}</h2>
<dl>${testCards.map(({ number, outcome }) => `<dt>${number}</dt><dd>${escapeHtml(outcome === "AUTHORIZED" ? texts.approves : texts.refuses)}</dd>`).join("")}</dl>
</section>
</main>
</body>
</html>
`;
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

function button(action: HostedPageAction, label: string, attributes = ""): string {
  return `<button name="${fields.action}" value="${action}"${attributes}>${escapeHtml(label)}</button>`;
}

function suggestName({ customer }: CreateClientSessionRequest): string {
  return [customer?.first_name, customer?.last_name].filter(Boolean).join(" ") || "Test Shopper";
}

function formatAmount(amountMinorUnits: number, currency: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency });
  return format.format(amountMinorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
