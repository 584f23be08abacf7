import { html } from "hono/html";
import type { Html } from "./layout.js";

/** A point in time as the back office reads it. Where a page is narrow, the year and the zone are left out. */
export function moment(time: string): Html {
  const date = format(time, { day: "numeric", month: "short" });
  const year = format(time, { year: "numeric" });
  const clock = format(time, { timeStyle: "short" });
  return html`<time datetime="${time}"
    >${date}<span class="wide-only"> ${year}</span>, ${clock}<span class="wide-only"> UTC</span></time
  >`;
}

/** A day as shoppers read it. */
export function day(time: string): Html {
  return html`<time datetime="${time}">${format(time, { dateStyle: "long" })}</time>`;
}

function format(time: string, options: Intl.DateTimeFormatOptions): string {
  return new Date(time).toLocaleString("en-GB", { timeZone: "UTC", ...options });
}
