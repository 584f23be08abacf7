import type { FormField } from "../checkout/form-fields.js";
import type { PaymentStep } from "../checkout/next-step.js";

/**
 * Sends the shopper where a payment has to go on, in place of the page: opens an address, or posts a form to it.
 *
 * Source: the five forms are seen in the vendor's sample application. A ready-made form is taken apart and sent as a form of
 * this page's own, so that no markup or script of it becomes part of the page.
 *
 * @param step what `nextStep` decided on your server.
 * @returns true when the browser leaves the page. False when there is nowhere to go (`wait`, `done`, `refused`, and
 * `challenge`, which runs in the page): show what the step's `kind` says. For a `form` that cannot be submitted it is
 * false, too; the payment is pending then.
 *
 * @example
 * ```ts
 * import { followStep, type PaymentStep } from "purse-payments/browser";
 *
 * export async function goOn(answer: Response, show: (kind: PaymentStep["kind"]) => void): Promise<void> {
 *   const step = (await answer.json()) as PaymentStep; // From your own server.
 *   if (!followStep(step)) show(step.kind);
 * }
 * ```
 */
export function followStep(step: PaymentStep): boolean {
  switch (step.kind) {
    case "open":
      return canOpen(step.url) && go(() => location.assign(step.url));
    case "post":
      return canOpen(step.url) && submit(step.url, "post", step.fields);
    case "form":
      return submitForeign(step.html);
    default:
      return false;
  }
}

function go(leave: () => void): true {
  leave();
  return true;
}

/** A `javascript:` address would be run as this page. */
function canOpen(url: string): boolean {
  return /^https?:/i.test(url);
}

function submitForeign(html: string): boolean {
  const foreign = new DOMParser().parseFromString(html, "text/html").querySelector("form");
  const url = foreign?.getAttribute("action")?.trim() ?? "";
  if (foreign === null || !canOpen(url)) return false;
  // The attribute, because a field may be called "method".
  const method = foreign.getAttribute("method")?.toLowerCase() === "post" ? "post" : "get";
  return submit(
    url,
    method,
    // It has no files: those are chosen by people.
    [...new FormData(foreign)].flatMap(([name, value]) =>
      typeof value === "string" ? [{ name, value }] : [],
    ),
  );
}

function submit(url: string, method: string, fields: readonly FormField[]): true {
  const form = document.createElement("form");
  form.method = method;
  form.action = url;
  form.acceptCharset = "utf-8";
  form.hidden = true;
  for (const { name, value } of fields) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  // A field may be called "submit", and would stand before the form's own.
  return go(() => HTMLFormElement.prototype.submit.call(form));
}
