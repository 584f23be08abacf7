import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { isPurseError } from "purse-payments";
import { createBackEnd } from "../back-end/back-end.js";
import { cartPage, page, pageHeaders } from "../back-end/pages.js";
import { connect, readSettings } from "../back-end/settings.js";

// npx tsx examples/hono/main.ts

const port = Number(process.env["PORT"] ?? 3000);
const settings = readSettings(process.env, port);
const { purse, where } = await connect(process.env);
const backEnd = createBackEnd(purse, settings);
const app = new Hono();

// Hono uses Request and Response, so no adapter is needed.
app.post("/webhooks/purse", (c) => backEnd.receiveWebhook(c.req.raw));

app.get("/", (c) => c.html(cartPage));

app.post("/checkout", async (c) => c.redirect(await backEnd.checkout(), 303));

app.get("/return", async (c) => {
  const { status, html } = await backEnd.returnPage(c.req.url);
  return c.html(html, status, pageHeaders);
});

app.use("/orders/*", async (c, next) => {
  if (!backEnd.isStaff(c.req.header("authorization"))) return c.body(null, 401);
  return next();
});

app.get("/orders/:reference", (c) => {
  const order = backEnd.order(c.req.param("reference"));
  return order === undefined ? c.body(null, 404) : c.json({ state: order.state });
});

app.post("/orders/:reference/capture", async (c) => {
  const { status, body } = await backEnd.capture(c.req.param("reference"));
  return c.json(body, status);
});

app.onError((error, c) => {
  console.error(error); // Errors of this package are safe to print: no secrets, no bodies.
  return c.html(page("Something went wrong. Please try again."), isPurseError(error) ? 503 : 500);
});

const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, () => {
  console.log(`Shop on ${settings.publicUrl}, payments by ${where}`);
  console.log(`Staff: authorization: Bearer ${settings.staffToken}`);
});
const stopping = new AbortController();
void backEnd.work(stopping.signal);
process.once("SIGTERM", () => {
  stopping.abort();
  server.close(() => process.exit());
});
