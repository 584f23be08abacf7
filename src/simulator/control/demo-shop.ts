import { page } from "./dashboard-html.js";

/** A page that mounts the widget as a shop would. */
export function renderWidgetShop(): string {
  return page(
    "Widget – Purse simulator",
    `<main class="shop"><section class="panel">
<h1>Widget demo</h1>
<p class="soft">This page creates a session, loads the script from <span class="mono">widget.js_url</span> and mounts it with <span class="mono">widget.data</span>.</p>
<div id="widget"></div>
<p id="message" class="message" role="alert" hidden></p>
<div class="actions"><a class="button" href="/_simulator/">Dashboard</a></div>
</section></main>`,
    "/_simulator/widget-shop.js",
  );
}

/** The return page for payments started on the dashboard. */
export function renderReturned(): string {
  return page(
    "Back at the shop – Purse simulator",
    `<main class="shop"><section class="panel">
<h1>Back at the shop</h1>
<p class="soft">The claims of the signed token in the address. A shop must verify it first: <span class="mono">purse.redirection.verify(url)</span>.</p>
<dl id="claims"></dl>
<div class="actions"><a class="button" href="/_simulator/">Dashboard</a></div>
</section></main>`,
    "/_simulator/returned.js",
  );
}

interface CreatedSession {
  readonly widget: { readonly js_url: string; readonly data: string };
}

interface DropinNamespace {
  createDropinCheckout(options: {
    session: string;
  }): Promise<{ mount(target: Element | null): Promise<void> }>;
}

/** Runs in the browser; only its source is sent (see `toScript`). */
export function shopClient({ prefix }: { prefix: string }): void {
  async function start(): Promise<void> {
    const response = await fetch(`${prefix}/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ integrationMode: "EMBEDDED" }),
    });
    const { widget } = (await response.json()) as CreatedSession; // The simulator's own answer.
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = widget.js_url;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
    const { Purse } = window as unknown as { Purse: DropinNamespace }; // The script has just set it.
    const dropin = await Purse.createDropinCheckout({ session: widget.data });
    await dropin.mount(document.getElementById("widget"));
  }

  start().catch((error: unknown) => {
    const message = document.getElementById("message");
    if (message === null) return;
    message.textContent = error instanceof Error ? error.message : "The widget could not be loaded.";
    message.hidden = false;
  });
}

/** Runs in the browser; only its source is sent (see `toScript`). */
export function returnedClient({ parameter }: { parameter: string }): void {
  const list = document.getElementById("claims");
  const token = new URLSearchParams(location.search).get(parameter) ?? "";
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims = JSON.parse(atob(payload)) as Record<string, unknown>; // Shown as text only.
    for (const [name, value] of Object.entries(claims)) {
      const term = document.createElement("dt");
      const description = document.createElement("dd");
      term.textContent = name.replaceAll("_", " ");
      description.textContent = String(value);
      list?.append(term, description);
    }
  } catch {
    if (list !== null) list.textContent = "The address contains no token.";
  }
}
