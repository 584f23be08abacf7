import type { CardFormFaults, fields, groupCardNumber } from "./card-form.js";
import type { HostedPageTexts } from "./hosted-page-texts.js";
import type { widgetForm, WidgetSession } from "./widget-form.js";

interface DropinOptions {
  readonly session?: unknown;
  readonly eventListener?: (event: { code: "error"; payload: { message: string; code?: string } }) => void;
  readonly hidePayButton?: boolean;
  /** The simulator's own option, for shops that have such a link themselves. */
  readonly hidePaymentPageLink?: boolean;
  readonly hooks?: { readonly onRefreshSession?: () => unknown };
}

interface Dropin {
  mount(target: Element): Promise<void>;
  unmount(): Promise<void>;
  setSession(session: unknown): Promise<void>;
  submitPayment(): Promise<void>;
}

interface WidgetParameters {
  readonly origin: string;
  readonly style: string;
  readonly names: typeof fields;
}

/** The functions that the widget's script needs besides. */
interface WidgetParts {
  readonly groupCardNumber: typeof groupCardNumber;
  readonly widgetForm: typeof widgetForm;
}

/**
 * Simulates the vendor's drop-in checkout as documented: `Purse.createDropinCheckout({ session })` with `widget.data`, then
 * `mount`, `unmount`, `setSession`, `submitPayment`, the hook `onRefreshSession` and error events. Runs in the browser; only
 * its source is sent (see `toScriptOfParts`).
 */
export function widgetClient({ origin, style, names }: WidgetParameters, parts: WidgetParts): void {
  type Fields = keyof CardFormFaults;
  const { make, create } = parts.widgetForm(names, parts.groupCardNumber);

  function fail(code: string, message: string): Error {
    return Object.assign(new Error(message), { code });
  }

  /** The endpoint of the session that `widget.data` names. */
  function toAddress(data: unknown): string {
    try {
      const { client_session_id: session, entity_id: entity } = JSON.parse(atob(String(data))) as Record<
        string,
        string
      >;
      if (session === undefined || entity === undefined) throw new Error("incomplete");
      return `${origin}/widget/entities/${encodeURIComponent(entity)}/sessions/${encodeURIComponent(session)}`;
    } catch {
      throw fail("WIDGET_DATA_MALFORMED", "session must be the widget.data of a client session.");
    }
  }

  async function readSession(address: string): Promise<WidgetSession> {
    const response = await fetch(address);
    if (response.ok) return (await response.json()) as WidgetSession; // The simulator's own answer.
    throw fail("API_404", "Unknown session. Was the simulator restarted?");
  }

  async function createDropinCheckout(options: DropinOptions = {}): Promise<Dropin> {
    const { eventListener, hidePayButton = false, hidePaymentPageLink = false, hooks } = options;
    let address = "";
    let session: WidgetSession | undefined;
    let host: HTMLElement | undefined;
    let root: ShadowRoot | undefined;
    let paying: Promise<void> | undefined;

    function report(error: unknown): void {
      const { message, code } = error as { message: string; code?: string }; // Only errors are thrown.
      eventListener?.({ code: "error", payload: { message, ...(code === undefined ? {} : { code }) } });
    }

    function form(opened: WidgetSession): HTMLFormElement {
      const onSubmit = (): void => void submitPayment().catch(report);
      return create(opened, { hidePayButton, hidePaymentPageLink, onSubmit });
    }

    /** Shown when the session cannot be paid. */
    function closedMessage({ state, texts }: WidgetSession): HTMLElement {
      const alert = make("p", { class: "alert", role: "alert" });
      const text = state === "expired" ? texts.sessionExpired : texts.sessionClosed;
      const element = make("div", { class: "over" }, make("strong", {}, text), alert);
      const refresh = hooks?.onRefreshSession;
      if (state !== "expired" || refresh === undefined) return element;
      const button = make("button", { type: "button", class: "main" }, texts.refreshSession);
      button.addEventListener("click", () => {
        button.setAttribute("aria-disabled", "true");
        Promise.resolve()
          .then(refresh)
          // Both are documented: the hook returns the new session, or calls setSession with it.
          .then((next) => (typeof next === "string" ? setSession(next) : undefined))
          .catch(() => {
            alert.textContent = texts.refreshFailed;
          })
          .finally(() => {
            button.removeAttribute("aria-disabled");
          });
      });
      element.append(button);
      return element;
    }

    function render(): void {
      if (root === undefined || session === undefined) return;
      root.replaceChildren(session.state === "open" ? form(session) : closedMessage(session));
    }

    function showFaults(faults: CardFormFaults, texts: HostedPageTexts): void {
      const messages: Record<Fields, string> = {
        card: texts.unknownCard,
        expiry: texts.wrongExpiry,
        code: texts.wrongSecurityCode,
        giftCard: texts.wrongGiftCardAmount,
      };
      for (const [name, message] of Object.entries(messages)) {
        const field = root?.getElementById(name);
        const fault = root?.getElementById(`${name}-fault`);
        if (field == null || fault == null) continue;
        const isFaulty = faults[name as Fields] === true; // A key of `messages`.
        fault.hidden = !isFaulty;
        fault.textContent = isFaulty ? message : "";
        field.toggleAttribute("aria-invalid", isFaulty);
        if (isFaulty) field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", isFaulty ? `${name}-fault` : "");
        if (isFaulty) field.closest("details")?.setAttribute("open", "");
      }
      root?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    }

    function showAlert(text: string): void {
      const alert = root?.querySelector(".alert");
      if (alert != null) alert.textContent = text;
    }

    async function pay(): Promise<void> {
      const element = root?.querySelector("form");
      if (element == null || session === undefined)
        throw fail("SESSION_NOT_SET_YET", "The widget is not mounted with a session that can be paid.");
      const { texts } = session;
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(element))
        body.set(name, typeof value === "string" ? value : "");
      showAlert("");
      const button = element.querySelector("button.main");
      button?.setAttribute("aria-disabled", "true");
      try {
        const response = await fetch(address, { method: "POST", body }).catch(() => undefined);
        if (response === undefined) throw fail("NETWORK", texts.unreachable);
        const answer = (await response.json()) as { redirect_url?: string; faults?: CardFormFaults };
        showFaults(answer.faults ?? {}, texts);
        if (answer.redirect_url !== undefined) {
          location.assign(answer.redirect_url);
          return;
        }
        if (answer.faults !== undefined) throw fail("WRONG_CARD_DATA", texts.faultsTitle);
        session = await readSession(address);
        render();
        throw fail("SESSION_EXPIRED", texts.sessionClosed);
      } catch (error) {
        showAlert((error as Error).message);
        throw error;
      } finally {
        button?.removeAttribute("aria-disabled");
      }
    }

    /** Concurrent calls share one payment. */
    function submitPayment(): Promise<void> {
      paying ??= pay().finally(() => {
        paying = undefined;
      });
      return paying;
    }

    async function setSession(data: unknown): Promise<void> {
      try {
        address = toAddress(data);
        session = await readSession(address);
        render();
      } catch (error) {
        report(error);
      }
    }

    try {
      address = toAddress(options.session);
      session = await readSession(address);
    } catch (error) {
      report(error);
      throw error;
    }
    return {
      mount(target) {
        host = make("div");
        root = host.attachShadow({ mode: "open" });
        // Not a style element, which the shop's content security policy may forbid.
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
        root.adoptedStyleSheets = [sheet];
        target.replaceChildren(host);
        render();
        return Promise.resolve();
      },
      unmount() {
        host?.remove();
        root = undefined;
        return Promise.resolve();
      },
      setSession,
      submitPayment,
    };
  }

  Object.assign(window, { Purse: { createDropinCheckout } });
}
