import type { dashboardKit } from "./dashboard-kit.js";
import type { dashboardLists } from "./dashboard-lists.js";
import type { dashboardRows } from "./dashboard-rows.js";
import type { DashboardOverview } from "./overview.js";

/** The functions that make up the dashboard's script. */
export interface DashboardParts {
  readonly dashboardKit: typeof dashboardKit;
  readonly dashboardLists: typeof dashboardLists;
  readonly dashboardRows: typeof dashboardRows;
}

/** Runs in the browser. Only its source is sent (see `toScriptOfParts`), so it may use nothing from this module. */
export function dashboardClient(
  { prefix, intervalMs }: { prefix: string; intervalMs: number },
  parts: DashboardParts,
): void {
  const kit = parts.dashboardKit(prefix, refresh);
  const { find, make, call, attempt } = kit;
  const lists = parts.dashboardLists(kit);
  const rows = parts.dashboardRows(kit);

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
    find("freeze").textContent = isFrozen ? "Resume" : "Stop";
    find("freeze").dataset["frozen"] = String(isFrozen);
  }

  function show(overview: DashboardOverview): void {
    const { nowMs } = overview.clock;
    showClock(overview.clock);
    showCounts(overview.counts);
    const { counts, payments, sessions, requests, webhooks, ledger } = overview;
    lists.fillLong("payments", payments, counts.payments, ({ id }) => id, rows.showPayment);
    lists.fillLong("sessions", sessions, counts.sessions, ({ id }) => id, rows.showSession);
    lists.fillLong("requests", requests, counts.requests, ({ id }) => id, rows.showRequest);
    lists.fillLong("webhooks", webhooks, counts.webhooks, ({ id }) => id, rows.showWebhook);
    lists.fillLong("ledger", ledger, counts.ledger, ({ sequence }) => String(sequence), rows.showLedger);
    lists.fill("faults", overview.faults, ({ id }) => id, rows.showFault);
    const orders = overview.partnerOrders.map((order, index) => ({ ...order, index }));
    lists.fill(
      "partners",
      orders,
      ({ index }) => String(index),
      ({ answer, kind, partner, method }) => [
        make("div", "title", answer.replaceAll("_", " ")),
        make("div", "soft", [kind ?? "any", partner, method].filter(Boolean).join(" · ")),
      ],
    );
    lists.fill(
      "keys",
      overview.signingKeys.map((key) => ({ ...key, isOver: (key.retiresAtMs ?? Infinity) <= nowMs })),
      ({ kid }) => String(kid),
      (key) => rows.showKey(key, nowMs),
    );
    lists.markShown();
  }

  let isRefreshing = false;
  let isStale = false;
  async function refresh(): Promise<void> {
    // What was read may be from before the action that asks for it.
    isStale = isRefreshing;
    if (isRefreshing) return;
    isRefreshing = true;
    const live = find("live");
    try {
      const query = lists.expanded.size === 0 ? "" : `?all=${[...lists.expanded].join(",")}`;
      show((await (await call("GET", `/overview${query}`)).json()) as DashboardOverview);
      if (live.className !== "live on") live.textContent = "Live";
      live.className = "live on";
    } catch {
      if (live.className !== "live off") live.textContent = "Cannot reach the simulator";
      live.className = "live off";
    } finally {
      isRefreshing = false;
    }
    if (isStale) await refresh();
  }

  function listen(selector: string, run: (element: HTMLElement) => Promise<unknown>): void {
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      element.addEventListener("click", () => void attempt(() => run(element)));
    }
  }

  function onSubmit(id: string, path: string, toBody: (form: FormData) => Record<string, unknown>): void {
    const form = find(id) as HTMLFormElement; // All callers pass ids of forms.
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void attempt(() => call("POST", path, toBody(new FormData(form))));
    });
  }

  function filledFields(form: FormData): Record<string, unknown> {
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
  listen("[data-more]", ({ dataset }) => {
    lists.toggle(dataset["more"] ?? "");
    return Promise.resolve(); // `attempt` refreshes.
  });
  listen("#reset", async () => {
    if (confirm("Delete all sessions, payments and keys?")) await call("DELETE", "/state");
  });
  onSubmit("fault-form", "/faults", (form) => ({ ...filledFields(form), times: Number(form.get("times")) }));
  onSubmit("partner-form", "/partners", filledFields);
  find("load").addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement; // The listener is on #load itself.
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
