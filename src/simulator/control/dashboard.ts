import type { Hono } from "hono";
import { redirectionParameter } from "../../../generated/redirection.js";
import { toScript, toScriptOfParts } from "../checkout/client-script.js";
import { dashboardClient } from "./dashboard-client.js";
import { renderDashboard } from "./dashboard-html.js";
import { dashboardKit } from "./dashboard-kit.js";
import { dashboardLists } from "./dashboard-lists.js";
import { dashboardRows } from "./dashboard-rows.js";
import { dashboardStyle } from "./dashboard-style.js";
import { renderReturned, renderWidgetShop, returnedClient, shopClient } from "./demo-shop.js";

const headers: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "same-origin",
};

const intervalMs = 1000;
const prefix = "/_simulator";
const parts = { dashboardKit, dashboardLists, dashboardRows };

/** Serves the dashboard, and two demo pages: one with the widget, one to return to. */
export function answerDashboard(app: Hono): void {
  app.get("/", () => answer("text/html", renderDashboard()));
  app.get("/dashboard.css", () => answer("text/css", dashboardStyle));
  app.get("/dashboard.js", () =>
    answer("text/javascript", toScriptOfParts(dashboardClient, { prefix, intervalMs }, parts)),
  );
  app.get("/widget", () => answer("text/html", renderWidgetShop()));
  app.get("/widget-shop.js", () => answer("text/javascript", toScript(shopClient, { prefix })));
  app.get("/returned", () => answer("text/html", renderReturned()));
  app.get("/returned.js", () =>
    answer("text/javascript", toScript(returnedClient, { parameter: redirectionParameter })),
  );
}

function answer(mediaType: string, body: string): Response {
  return new Response(body, { headers: { ...headers, "content-type": `${mediaType}; charset=utf-8` } });
}
