import { html } from "hono/html";
import type { Html } from "./layout.js";

/** A point in time as the back office reads it. */
export function moment(time: string): Html {
  const text = new Date(time).toLocaleString("en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return html`<time datetime="${time}">${text} UTC</time>`;
}
