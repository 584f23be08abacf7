import type { fields, groupCardNumber } from "./card-form.js";
import type { HostedPageTexts } from "./hosted-page-texts.js";

/** The session data that the widget receives. */
export interface WidgetSession {
  readonly state: "open" | "expired" | "closed";
  readonly amount: string;
  readonly takesGiftCard: boolean;
  /** The payment page of the same session. */
  readonly pageUrl: string;
  readonly reference: string;
  readonly texts: HostedPageTexts;
  readonly suggested: {
    readonly card: string;
    readonly expiry: string;
    readonly code: string;
    readonly holder: string;
  };
  readonly cards: readonly { readonly number: string; readonly outcome: string }[];
}

interface FormOptions {
  readonly hidePayButton: boolean;
  readonly hidePaymentPageLink: boolean;
  readonly onSubmit: () => void;
}

/** Creates the elements of the widget. */
export interface WidgetForm {
  readonly make: <T extends keyof HTMLElementTagNameMap>(
    tag: T,
    attributes?: Record<string, string>,
    ...children: (Node | string)[]
  ) => HTMLElementTagNameMap[T];
  readonly create: (session: WidgetSession, options: FormOptions) => HTMLFormElement;
}

/** Runs in the browser; only its source is sent (see `toScriptOfParts`). */
export function widgetForm(names: typeof fields, group: typeof groupCardNumber): WidgetForm {
  function make<T extends keyof HTMLElementTagNameMap>(
    tag: T,
    attributes: Record<string, string> = {},
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[T] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function input(
    name: keyof typeof names,
    label: string,
    value: string,
    attributes: Record<string, string>,
  ): Node {
    const field = make("input", { id: name, name: names[name], value, autocomplete: "off", ...attributes });
    const fault = make("p", { class: "fault", id: `${name}-fault`, hidden: "" });
    if (name === "card")
      field.addEventListener("input", () => {
        groupTyped(field);
      });
    return make("div", {}, make("label", { for: name }, label), field, fault);
  }

  /** Only while typing at the end, so that the caret stays where it is. */
  function groupTyped(field: HTMLInputElement): void {
    if (field.selectionStart !== field.value.length) return;
    const digits = field.value.replaceAll(/[\s-]/g, "");
    if (/^\d+$/.test(digits)) field.value = group(digits);
  }

  /** The test cards; pressing one fills it in. */
  function cardList({ texts, cards }: WidgetSession): HTMLElement {
    const list = make("ul");
    for (const { number, outcome } of cards) {
      const shown = make("span", { class: "number" }, number);
      const button = make("button", { type: "button" }, shown, " ", make("span", { class: "soft" }, outcome));
      button.addEventListener("click", () => {
        const field = button.closest("form")?.querySelector<HTMLInputElement>("#card");
        if (field == null) return;
        field.value = number;
        field.focus();
      });
      list.append(make("li", {}, button));
    }
    const hint = make("p", { class: "soft" }, texts.testCardsHint);
    return make("details", { class: "cards" }, make("summary", {}, texts.testCards), hint, list);
  }

  function create(session: WidgetSession, options: FormOptions): HTMLFormElement {
    const { hidePayButton, hidePaymentPageLink, onSubmit } = options;
    const { texts, suggested, amount, reference } = session;
    const digits = { inputmode: "numeric" };
    const pill = make("span", { class: "pill" }, texts.simulator);
    const element = make(
      "form",
      { novalidate: "", "aria-label": `${texts.title} – ${texts.order} ${reference}` },
      make("div", { class: "head" }, make("strong", {}, amount), pill),
      make("p", { class: "alert", role: "alert" }),
      input("card", texts.cardNumber, suggested.card, { ...digits, maxlength: "30" }),
      make(
        "div",
        { class: "pair" },
        input("expiry", `${texts.expiry} (${texts.expiryHint})`, suggested.expiry, {
          ...digits,
          maxlength: "9",
        }),
        input("code", texts.securityCode, suggested.code, { ...digits, maxlength: "4" }),
      ),
      input("holder", texts.holderName, suggested.holder, { maxlength: "100" }),
    );
    if (session.takesGiftCard) {
      const hint = make("p", { class: "soft" }, texts.giftCardHint);
      const own = input("giftCard", texts.giftCardAmount, "", { inputmode: "decimal", maxlength: "16" });
      element.append(make("details", {}, make("summary", {}, texts.giftCard), own, hint));
    }
    if (!hidePayButton) element.append(make("button", { class: "main" }, `${texts.pay} ${amount}`));
    if (!hidePaymentPageLink) {
      const instead = make("a", { href: session.pageUrl }, texts.paymentPageInstead);
      element.append(make("p", { class: "instead" }, instead));
    }
    element.append(make("p", { class: "soft" }, texts.notReal), cardList(session));
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      onSubmit();
    });
    return element;
  }

  return { make, create };
}
