import type { Child, DashboardKit } from "./dashboard-kit.js";
import type { LongList } from "./overview.js";

/** Lists that are refreshed every second. */
export interface DashboardLists {
  readonly fill: <T>(
    id: string,
    entries: readonly T[],
    key: (entry: T) => string,
    show: (entry: T) => Child[],
  ) => void;
  /** Like `fill`, but shows only the newest of `total` entries until asked for all. */
  readonly fillLong: <T>(
    id: LongList,
    entries: readonly T[],
    total: number,
    key: (entry: T) => string,
    show: (entry: T) => Child[],
  ) => void;
  /** Lists that are shown in full. */
  readonly expanded: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Highlights rows that are added from now on. */
  readonly markShown: () => void;
}

/** Runs in the browser; only its source is sent (see `toScriptOfParts`). */
export function dashboardLists({ find, make }: DashboardKit): DashboardLists {
  /** Rows of a list that is not shown in full. */
  const maxRows = 6;
  const expanded = new Set<string>();
  let hasShown = false;

  /** Keeps unchanged rows, so that nothing flickers and focus, selection and open details are kept. */
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

  function fillLong<T>(
    id: LongList,
    entries: readonly T[],
    total: number,
    key: (entry: T) => string,
    show: (entry: T) => Child[],
  ): void {
    const isExpanded = expanded.has(id);
    fill(id, isExpanded ? entries : entries.slice(0, maxRows), key, show);
    const button = find(`${id}-more`);
    const name = id === "ledger" ? "movements" : id;
    const label = isExpanded
      ? `Show only the newest ${String(maxRows)}`
      : `Show all ${String(total)} ${name}`;
    if (button.textContent !== label) button.textContent = label;
    button.setAttribute("aria-expanded", String(isExpanded));
    button.hidden = total <= maxRows;
  }

  function toggle(id: string): void {
    if (!expanded.delete(id)) expanded.add(id);
  }

  function replaceRows(list: HTMLElement, rows: readonly HTMLElement[]): void {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const label = focused?.getAttribute("aria-label");
    const key = focused?.closest<HTMLElement>("li[data-key]")?.dataset["key"];
    const kept = new Set<Element>(rows);
    for (const child of [...list.children]) if (!kept.has(child)) child.remove();
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

  return {
    fill,
    fillLong,
    expanded,
    toggle,
    markShown() {
      hasShown = true;
    },
  };
}
