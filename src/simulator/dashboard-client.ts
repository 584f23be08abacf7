import type { DashboardOverview } from "./overview.js";

type Child = Node | string | undefined;
type Tone = "good" | "bad" | "warn" | "plain";

/** The dashboard in the browser. Only its text gets there (see `toScript`), so it uses nothing from outside itself. */
export function dashboardClient({ prefix, intervalMs }: { prefix: string; intervalMs: number }): void {
  const tones: Readonly<Record<string, Tone>> = {
    ...{ AUTHORIZED: "good", SUCCESS: "good", delivered: "good", SUBMITTED: "good", PAID: "good" },
    ...{ REFUSED: "bad", ERROR: "bad", FAILURE: "bad", failed: "bad", dropped: "bad", ABORTED: "bad" },
    ...{ PENDING: "warn", UNCERTAIN: "warn", CONFLICT: "warn", waiting: "warn", sending: "warn" },
  };

  function find(id: string): HTMLElement {
    const element = document.getElementById(id);
    if (element === null) throw new Error(`no #${id}`);
    return element;
  }

  /** Children become text, never HTML. */
  function make(tag: string, className: string, ...children: Child[]): HTMLElement {
    const element = document.createElement(tag);
    if (className !== "") element.className = className;
    element.append(...children.filter((child) => child !== undefined));
    return element;
  }

  function badge(text: string, tone: Tone = tones[text] ?? "plain"): HTMLElement {
    return make("span", `badge ${tone}`, text);
  }

  function button(label: string, accessibleName: string, run: () => Promise<unknown>): HTMLElement {
    const element = make("button", "small", label);
    element.setAttribute("type", "button");
    element.setAttribute("aria-label", accessibleName);
    element.addEventListener("click", () => void attempt(run));
    return element;
  }

  function money(amount: number, currency: string): string {
    const format = new Intl.NumberFormat(undefined, { style: "currency", currency });
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  }

  function clockTime(timeMs: number): string {
    return new Date(timeMs).toLocaleTimeString(undefined, { hour12: false });
  }

  function shorten(id: string): HTMLElement {
    const element = make("span", "mono soft", id.slice(0, 8));
    element.title = id;
    return element;
  }

  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(prefix + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Error(problem.detail ?? `The simulator answered with ${String(response.status)}.`);
  }

  async function attempt(run: () => Promise<unknown>): Promise<void> {
    const message = find("message");
    try {
      await run();
      message.hidden = true;
    } catch (error) {
      message.textContent = error instanceof Error ? error.message : String(error);
      message.hidden = false;
    }
    await refresh();
  }

  /** Keeps what has not changed as it is, so that nothing flickers and focus, selection and open details stay. */
  function fill<T>(
    id: string,
    entries: readonly T[],
    key: (entry: T) => string,
    show: (entry: T) => Child[],
  ): void {
    const list = find(id);
    const old = new Map<string, HTMLElement>();
    for (const row of list.querySelectorAll<HTMLElement>(":scope > li"))
      old.set(row.dataset["key"] ?? "", row);
    const rows = entries.map((entry) => {
      const text = JSON.stringify(entry);
      const before = old.get(key(entry));
      if (before?.dataset["text"] === text) return before;
      const row = make("li", before === undefined && hasShown ? "fresh" : "", ...show(entry));
      row.dataset["key"] = key(entry);
      row.dataset["text"] = text;
      if (before?.querySelector("details")?.open === true)
        row.querySelector("details")?.setAttribute("open", "");
      return row;
    });
    const isSame =
      rows.length === list.children.length && rows.every((row, index) => row === list.children[index]);
    if (!isSame) replaceRows(list, rows);
    find(`${id}-empty`).hidden = entries.length > 0;
  }

  function replaceRows(list: HTMLElement, rows: readonly HTMLElement[]): void {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const label = focused?.getAttribute("aria-label");
    const key = focused?.closest<HTMLElement>("li[data-key]")?.dataset["key"];
    for (const child of [...list.children]) if (!rows.includes(child as HTMLElement)) child.remove();
    rows.forEach((row, index) => {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    });
    if (focused === null || focused.isConnected) {
      if (focused !== document.activeElement && focused instanceof HTMLElement) focused.focus();
      return;
    }
    const row = rows.find((candidate) => candidate.dataset["key"] === key);
    const again = row?.querySelector<HTMLElement>(label == null ? "summary, a, button" : "button");
    again?.focus();
  }

  function showPayment(payment: DashboardOverview["payments"][number]): Child[] {
    const { amounts, currency, overview } = payment;
    const shares = {
      captured: amounts.total_captured - amounts.total_refunded,
      refunded: amounts.total_refunded,
      voided: amounts.total_voided,
      available: amounts.available_to_capture,
      underway:
        amounts.total_authorized -
        amounts.total_captured -
        amounts.total_voided -
        amounts.available_to_capture,
    };
    const bar = make("div", "bar");
    const legend = make("div", "key");
    bar.setAttribute("aria-hidden", "true");
    for (const [name, share] of Object.entries(shares)) {
      if (share <= 0) continue;
      const part = make("i", name);
      part.style.setProperty("flex", String(share));
      bar.append(part);
      legend.append(make("span", name, `${name} ${money(share, currency)}`));
    }
    const words = `captured ${overview.captured} · voided ${overview.voided} · refunded ${overview.refunded}`;
    const line = make("div", "line");
    if (bar.hasChildNodes()) line.append(bar, legend);
    if (payment.status === "PENDING") {
      const settle = (answer: string): HTMLElement =>
        button(answer, `${answer} payment ${payment.reference}`, () =>
          call("POST", "/partners/settle", { id: payment.id, answer }),
        );
      line.append(make("div", "actions", settle("approve"), settle("refuse")));
    }
    if (payment.operations.length > 0 || payment.split.length > 1) line.append(operations(payment));
    return [
      make("div", "title", payment.reference || "–", badge(payment.status)),
      make("div", "end title", money(payment.amount, currency)),
      make(
        "div",
        "line soft",
        shorten(payment.id),
        ` version ${String(payment.version)} · ${words.toLowerCase()}`,
      ),
      line,
    ];
  }

  function operations({
    operations: done,
    split,
    currency,
  }: DashboardOverview["payments"][number]): HTMLElement {
    const rows = make("ul", "");
    for (const { partner, method, amount } of split) {
      rows.append(make("li", "", make("span", "", `${partner} ${method}`), money(amount, currency)));
    }
    for (const { id, kind, status, amount } of done) {
      const settle = (answer: string): HTMLElement =>
        button(answer, `${answer} ${kind} ${id}`, () => call("POST", "/partners/settle", { id, answer }));
      const isOpen = status === "PENDING" || status === "UNCERTAIN";
      const choices = isOpen ? [settle("approve"), settle("refuse")] : [];
      rows.append(make("li", "", make("span", "", kind), money(amount, currency), badge(status), ...choices));
    }
    return make(
      "details",
      "",
      make("summary", "", `${String(done.length)} ${done.length === 1 ? "operation" : "operations"}`),
      rows,
    );
  }

  function showSession(session: DashboardOverview["sessions"][number]): Child[] {
    const link = make("a", "", "Payment page");
    link.setAttribute("href", session.pageUrl);
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noreferrer");
    link.setAttribute("aria-label", `Payment page of ${session.reference}`);
    return [
      make("div", "title", session.reference, badge(session.status)),
      make("div", "end", money(session.amount, session.currency)),
      make("div", "soft", shorten(session.id), ` valid until ${clockTime(session.expiresAtMs)}`),
      make("div", "end", session.isPayable ? link : ""),
    ];
  }

  function showRequest(request: DashboardOverview["requests"][number]): Child[] {
    const { method, path, template, operation, status, durationMs, fault } = request;
    const tone = status === 0 || status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
    const target = make("span", "mono", `${method} ${template ?? path}`);
    target.title = path;
    return [
      make("div", "title", target),
      make("div", "end", badge(status === 0 ? "none" : String(status), tone)),
      make("div", "soft", [clockTime(request.atMs), operation ?? "page", fault].filter(Boolean).join(" · ")),
      make("div", "end soft", `${durationMs.toFixed(durationMs < 10 ? 1 : 0)} ms`),
    ];
  }

  function showWebhook(webhook: DashboardOverview["webhooks"][number]): Child[] {
    const { id, paymentId, version, status, url, attempts, nextAttemptAtMs, fault } = webhook;
    const next = nextAttemptAtMs === undefined ? undefined : `again at ${clockTime(nextAttemptAtMs)}`;
    const tries = attempts.map(({ outcome }) => outcome).join(", ");
    const name = `Send again version ${String(version)} of payment ${paymentId}`;
    return [
      make(
        "div",
        "title",
        `Version ${String(version)}`,
        badge(status),
        fault === undefined ? undefined : badge(fault),
      ),
      make(
        "div",
        "end",
        button("Send again", name, () => call("POST", `/webhooks/${id}/redeliver`, {})),
      ),
      make("div", "line soft", shorten(paymentId), " ", [url, tries, next].filter(Boolean).join(" · ")),
    ];
  }

  function showLedger(entry: DashboardOverview["ledger"][number]): Child[] {
    return [
      make("div", "", `${String(entry.sequence)}. ${entry.kind} `, shorten(entry.paymentId)),
      make("div", "end", money(entry.amount, entry.currency)),
    ];
  }

  function showFault({ id, kind, operation, remaining }: DashboardOverview["faults"][number]): Child[] {
    const label = kind.replaceAll("_", " ");
    const what = kind.startsWith("webhook") ? "webhooks" : (operation ?? "any operation");
    return [
      make(
        "div",
        "",
        make("span", "title", label),
        make("span", "soft", `${what} · ${String(remaining)} to go`),
      ),
      button("Remove", `Remove ${label}`, () => call("DELETE", `/faults/${id}`)),
    ];
  }

  function showKey(key: DashboardOverview["signingKeys"][number], nowMs: number): Child[] {
    const { kid, retiresAtMs } = key;
    const over = retiresAtMs !== undefined && retiresAtMs <= nowMs;
    const kind = retiresAtMs === undefined ? "signs" : over ? "removed" : "published";
    return [
      make("div", "mono", String(kid)),
      badge(kind, retiresAtMs === undefined ? "good" : over ? "bad" : "warn"),
    ];
  }

  function showCounts(counts: DashboardOverview["counts"]): void {
    const text = JSON.stringify(counts);
    const list = find("counts");
    if (list.dataset["text"] === text) return;
    list.dataset["text"] = text;
    const labels: Readonly<Record<string, string>> = { ledger: "Movements" };
    list.replaceChildren(
      ...Object.entries(counts).map(([name, count]) =>
        make(
          "div",
          "",
          make("dt", "", labels[name] ?? name.charAt(0).toUpperCase() + name.slice(1)),
          make("dd", "", String(count)),
        ),
      ),
    );
  }

  function showClock({ nowMs, isFrozen }: DashboardOverview["clock"]): void {
    const now = find("now");
    now.textContent = new Date(nowMs).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
    now.setAttribute("datetime", new Date(nowMs).toISOString());
    find("frozen").hidden = !isFrozen;
    find("freeze").textContent = isFrozen ? "Let it run" : "Stop";
    find("freeze").dataset["frozen"] = String(isFrozen);
  }

  function show(overview: DashboardOverview): void {
    const { nowMs } = overview.clock;
    showClock(overview.clock);
    showCounts(overview.counts);
    fill("payments", overview.payments, ({ id }) => id, showPayment);
    fill("sessions", overview.sessions, ({ id }) => id, showSession);
    fill("requests", overview.requests, ({ id }) => id, showRequest);
    fill("webhooks", overview.webhooks, ({ id }) => id, showWebhook);
    fill("ledger", overview.ledger, ({ sequence }) => String(sequence), showLedger);
    fill("faults", overview.faults, ({ id }) => id, showFault);
    const orders = overview.partnerOrders.map((order, index) => ({ ...order, index }));
    fill(
      "partners",
      orders,
      ({ index }) => String(index),
      ({ answer, kind, partner, method }) => [
        make("div", "title", answer.replaceAll("_", " ")),
        make("div", "soft", [kind ?? "whatever is next", partner, method].filter(Boolean).join(" · ")),
      ],
    );
    fill(
      "keys",
      overview.signingKeys.map((key) => ({ ...key, isOver: (key.retiresAtMs ?? Infinity) <= nowMs })),
      ({ kid }) => String(kid),
      (key) => showKey(key, nowMs),
    );
    hasShown = true;
  }

  let hasShown = false;
  let isRefreshing = false;
  async function refresh(): Promise<void> {
    if (isRefreshing) return;
    isRefreshing = true;
    const live = find("live");
    try {
      show((await (await call("GET", "/overview")).json()) as DashboardOverview);
      if (live.className !== "live on") live.textContent = "Live";
      live.className = "live on";
    } catch {
      if (live.className !== "live off") live.textContent = "The simulator cannot be reached";
      live.className = "live off";
    } finally {
      isRefreshing = false;
    }
  }

  function listen(selector: string, run: (element: HTMLElement) => Promise<unknown>): void {
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      element.addEventListener("click", () => void attempt(() => run(element)));
    }
  }

  function onSubmit(id: string, path: string, toBody: (form: FormData) => Record<string, unknown>): void {
    const form = find(id) as HTMLFormElement; // Its id says so.
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void attempt(() => call("POST", path, toBody(new FormData(form))));
    });
  }

  /** The members of a form that were filled in. */
  function filled(form: FormData): Record<string, unknown> {
    return Object.fromEntries([...form].filter(([, value]) => value !== ""));
  }

  find("origin").textContent = location.origin;
  listen("[data-advance]", ({ dataset }) =>
    call("POST", "/clock", { advance: { [dataset["advance"] ?? ""]: 1 } }),
  );
  listen("#freeze", ({ dataset }) => call("POST", "/clock", { frozen: dataset["frozen"] !== "true" }));
  listen("[data-rotate]", ({ dataset }) =>
    call("POST", "/signing-keys", { retireAfterMs: Number(dataset["rotate"]) }),
  );
  listen("[data-demo]", ({ dataset }) => call("POST", "/sessions", { integrationMode: dataset["demo"] }));
  listen("#reset", async () => {
    if (confirm("Forget all sessions, payments and keys?")) await call("DELETE", "/state");
  });
  onSubmit("fault-form", "/faults", (form) => ({ ...filled(form), times: Number(form.get("times")) }));
  onSubmit("partner-form", "/partners", filled);
  find("load").addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement; // The input of #load.
    void attempt(async () => {
      const text = (await input.files?.[0]?.text()) ?? "{}";
      input.value = "";
      await call("PUT", "/state", JSON.parse(text));
    });
  });

  async function poll(): Promise<void> {
    if (!document.hidden) await refresh();
    setTimeout(() => void poll(), intervalMs);
  }
  document.addEventListener("visibilitychange", () => void (document.hidden ? undefined : refresh()));
  void poll();
}
