import type { Child, DashboardKit } from "./dashboard-kit.js";
import type { DashboardOverview } from "./overview.js";
import type { LedgerPart } from "../state/records.js";
import type { Overview } from "../../../generated/schema.js";

/** Renders the rows of the dashboard's lists. */
export interface DashboardRows {
  readonly showPayment: (payment: DashboardOverview["payments"][number]) => Child[];
  readonly showSession: (session: DashboardOverview["sessions"][number]) => Child[];
  readonly showRequest: (request: DashboardOverview["requests"][number]) => Child[];
  readonly showWebhook: (webhook: DashboardOverview["webhooks"][number]) => Child[];
  readonly showLedger: (entry: DashboardOverview["ledger"][number]) => Child[];
  readonly showFault: (fault: DashboardOverview["faults"][number]) => Child[];
  readonly showKey: (key: DashboardOverview["signingKeys"][number], nowMs: number) => Child[];
}

/** Runs in the browser; only its source is sent (see `toScriptOfParts`). */
export function dashboardRows(kit: DashboardKit): DashboardRows {
  const { make, badge, button, money, clockTime, shorten, call } = kit;

  function showPayment(payment: DashboardOverview["payments"][number]): Child[] {
    const { amounts, currency, overview } = payment;
    const shares = {
      kept: amounts.total_captured - amounts.total_refunded,
      refunded: amounts.total_refunded,
      voided: amounts.total_voided,
      available: amounts.available_to_capture,
      pending:
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
    const line = make("div", "line");
    if (bar.hasChildNodes()) line.append(bar, legend);
    if (payment.status === "PENDING") {
      const settle = (answer: string): HTMLElement =>
        button(answer, `${answer} payment ${payment.reference}`, () =>
          call("POST", "/partners/settle", { id: payment.id, answer }),
        );
      line.append(make("div", "actions", settle("approve"), settle("refuse")));
    }
    if (payment.operations.length > 0) line.append(operations(payment));
    return [
      make("div", "title", payment.reference || "–", badge(payment.status)),
      make("div", "end title", money(payment.amount, currency)),
      make(
        "div",
        "line soft",
        shorten(payment.id),
        ` ${[`version ${String(payment.version)}`, ...inWords(overview)].join(" · ")}`,
      ),
      parts(payment.split, currency),
      line,
    ];
  }

  /** What has happened: "captured fully", "refunded partially". */
  function inWords({ captured, voided, refunded }: Overview): string[] {
    return Object.entries({ captured, voided, refunded })
      .filter(([, extent]) => extent !== "NOT")
      .map(([name, extent]) => `${name} ${extent === "TOTALLY" ? "fully" : extent.toLowerCase()}`);
  }

  const methods: Readonly<Record<string, string>> = { giftcard: "Gift card", creditcard: "Card" };

  /** One line each, if there are several. */
  function parts(split: readonly LedgerPart[], currency: string): HTMLElement | undefined {
    if (split.length < 2) return undefined;
    const lines = split.map(({ partner, method, amount }) =>
      make(
        "li",
        "",
        make("span", "", methods[method] ?? method, make("span", "soft", ` ${partner}`)),
        make("span", "end", money(amount, currency)),
      ),
    );
    return make("ul", "line parts", ...lines);
  }

  function operations({ operations: done, currency }: DashboardOverview["payments"][number]): HTMLElement {
    const rows = make("ul", "");
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
    const { id, paymentId, reference, version, status, url, attempts, nextAttemptAtMs, fault } = webhook;
    const next = nextAttemptAtMs === undefined ? undefined : `next attempt at ${clockTime(nextAttemptAtMs)}`;
    const outcomes = attempts.map(({ outcome }) => outcome);
    const tries = [...new Set(outcomes)]
      .map((outcome) => {
        const times = outcomes.filter((other) => other === outcome).length;
        return times === 1 ? outcome : `${String(times)} × ${outcome}`;
      })
      .join(", ");
    const name = `Resend version ${String(version)} of payment ${paymentId}`;
    return [
      make("div", "title", reference, badge(status), fault === undefined ? undefined : badge(fault)),
      make(
        "div",
        "end",
        button("Resend", name, () => call("POST", `/webhooks/${id}/redeliver`, {})),
      ),
      make(
        "div",
        "line soft",
        shorten(paymentId),
        " ",
        [`version ${String(version)}`, url, tries, next].filter(Boolean).join(" · "),
      ),
    ];
  }

  function showLedger(entry: DashboardOverview["ledger"][number]): Child[] {
    return [
      make(
        "div",
        "",
        `${String(entry.sequence)}. ${entry.kind} `,
        make("span", "soft", entry.reference, " ", shorten(entry.paymentId)),
      ),
      make("div", "end", money(entry.amount, entry.currency)),
      parts(entry.parts, entry.currency),
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
        make("span", "soft", `${what} · ${String(remaining)} remaining`),
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

  return { showPayment, showSession, showRequest, showWebhook, showLedger, showFault, showKey };
}
