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
      if (!canOpen(step.url)) return false;
      location.assign(step.url);
      return true;
    case "post":
      if (!canOpen(step.url)) return false;
      submit(step.url, "post", step.fields);
      return true;
    case "form":
      return submitForeign(step.html);
    case "challenge":
    case "wait":
    case "done":
    case "refused":
    default: // One that a newer server has sent.
      return false;
  }
}

/** A `javascript:` address would be run as this page. */
function canOpen(url: string): boolean {
  return /^https?:/i.test(url);
}

function submitForeign(html: string): boolean {
  const foreign = new DOMParser().parseFromString(html, "text/html").querySelector("form");
  if (foreign === null) return false;
  // A form's fields hide its own members: one may be called "method", and another "getAttribute".
  const read = (name: string): string => Element.prototype.getAttribute.call(foreign, name) ?? "";
  const url = read("action").trim();
  if (!canOpen(url)) return false;
  const method = read("method").toLowerCase() === "post" ? "post" : "get";
  const fields = [...new FormData(foreign)].flatMap(([name, value]) =>
    // It has no files: those are chosen by people.
    typeof value === "string" ? [{ name, value }] : [],
  );
  submit(url, method, fields);
  return true;
}

function submit(url: string, method: string, fields: readonly FormField[]): void {
  const form = document.createElement("form");
  form.method = method;
  form.action = url;
  form.acceptCharset = "utf-8";
  form.hidden = true;
  const inputs = fields.map(({ name, value }) => {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    return input;
  });
  // All at once, because a field may be called "append"; or "submit", below.
  form.append(...inputs);
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}
