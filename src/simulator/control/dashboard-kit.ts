/** Content of an element; strings become text, never HTML. */
export type Child = Node | string | undefined;
type Tone = "good" | "bad" | "warn" | "plain";

/** Functions shared by the parts of the dashboard's script. */
export interface DashboardKit {
  readonly find: (id: string) => HTMLElement;
  readonly make: (tag: string, className: string, ...children: Child[]) => HTMLElement;
  readonly badge: (text: string, tone?: Tone) => HTMLElement;
  readonly button: (label: string, accessibleName: string, run: () => Promise<unknown>) => HTMLElement;
  readonly money: (amount: number, currency: string) => string;
  readonly clockTime: (timeMs: number) => string;
  /** The first characters of an id, with the full id as tooltip. */
  readonly shorten: (id: string) => HTMLElement;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** Runs an action and shows its error, if any. */
  readonly attempt: (run: () => Promise<unknown>) => Promise<void>;
}

/** Runs in the browser; only its source is sent (see `toScriptOfParts`). */
export function dashboardKit(prefix: string, refresh: () => Promise<void>): DashboardKit {
  const tones: Readonly<Record<string, Tone>> = {
    ...{ AUTHORIZED: "good", SUCCESS: "good", delivered: "good", PAID: "good" },
    ...{ REFUSED: "bad", ERROR: "bad", FAILURE: "bad", failed: "bad", dropped: "bad", ABORTED: "bad" },
    ...{ PENDING: "warn", UNCERTAIN: "warn", CONFLICT: "warn", waiting: "warn", sending: "warn" },
  };

  function find(id: string): HTMLElement {
    const element = document.getElementById(id);
    if (element === null) throw new Error(`no #${id}`);
    return element;
  }

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

  return { find, make, badge, button, money, clockTime, shorten, call, attempt };
}
