import { page } from "./dashboard-html.js";

/** A page that mounts the widget as a shop would, for trying it by hand. */
export function renderWidgetShop(): string {
  return page(
    "Widget – Purse simulator",
    `<main class="shop"><section class="panel">
<h1>A shop with the widget</h1>
<p class="soft">This page makes a session and mounts the script from <span class="mono">widget.js_url</span> with <span class="mono">widget.data</span>.</p>
<div id="widget"></div>
<p id="message" class="message" role="alert" hidden></p>
<div class="actions"><a class="button" href="/_simulator/">Dashboard</a></div>
</section></main>`,
    "/_simulator/widget-shop.js",
  );
}

/** Where payments that were begun on the dashboard come back to. */
export function renderReturned(): string {
  return page(
    "Back at the shop – Purse simulator",
    `<main class="shop"><section class="panel">
<h1>Back at the shop</h1>
<p class="soft">What the signed token of the address says. A shop verifies it first: <span class="mono">purse.redirection.verify(url)</span>.</p>
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

/** Runs in the browser; only its text gets there (see `toScript`). */
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
    const { Purse } = window as unknown as { Purse: DropinNamespace }; // The script has just put it there.
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

/** Runs in the browser; only its text gets there (see `toScript`). */
export function returnedClient({ parameter }: { parameter: string }): void {
  const list = document.getElementById("claims");
  const token = new URLSearchParams(location.search).get(parameter) ?? "";
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims = JSON.parse(atob(payload)) as Record<string, unknown>; // Shown as text, whatever it is.
    for (const [name, value] of Object.entries(claims)) {
      const term = document.createElement("dt");
      const description = document.createElement("dd");
      term.textContent = name.replaceAll("_", " ");
      description.textContent = String(value);
      list?.append(term, description);
    }
  } catch {
    if (list !== null) list.textContent = "There is no token in the address.";
  }
}
