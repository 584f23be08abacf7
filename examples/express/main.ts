import express, { type NextFunction, type Request, type Response } from "express";
import { isPurseError } from "purse-payments";
import { toNodeHandler } from "purse-payments/webhooks/node";
import { createBackEnd } from "../back-end/back-end.js";
import { cartPage, page, pageHeaders } from "../back-end/pages.js";
import { connect, readSettings } from "../back-end/settings.js";

// npx tsx examples/express/main.ts

const port = Number(process.env["PORT"] ?? 3000);
const settings = readSettings(process.env, port);
const { purse, where } = await connect(process.env);
const backEnd = createBackEnd(purse, settings);
const app = express();

// Before any body parser: the adapter reads the raw body itself, after checking the secret.
app.post("/webhooks/purse", toNodeHandler(backEnd.receiveWebhook));

app.get("/", (_request, response) => {
  response.send(cartPage);
});

app.post("/checkout", async (_request, response) => {
  response.redirect(303, await backEnd.checkout());
});

app.get("/return", async (request, response) => {
  const { status, html } = await backEnd.returnPage(request.originalUrl);
  response.status(status).set(pageHeaders).send(html);
});

app.use("/orders", (request, response, next) => {
  if (backEnd.isStaff(request.headers.authorization)) next();
  else response.sendStatus(401);
});

app.get("/orders/:reference", (request, response) => {
  const order = backEnd.order(request.params.reference);
  if (order === undefined) response.sendStatus(404);
  else response.json({ state: order.state });
});

app.post("/orders/:reference/capture", async (request, response) => {
  const { status, body } = await backEnd.capture(request.params.reference);
  response.status(status).json(body);
});

// Express 5 passes rejected promises here, too. It recognises this handler by its four parameters.
app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
  console.error(error); // Errors of this package are safe to print: no secrets, no bodies.
  if (response.headersSent) next(error);
  else response.status(isPurseError(error) ? 503 : 500).send(page("Something went wrong. Please try again."));
});

const server = app.listen(port, "127.0.0.1", () => {
  console.log(`Shop on ${settings.publicUrl}, payments by ${where}`);
  console.log(`Staff: authorization: Bearer ${settings.staffToken}`);
});
const stopping = new AbortController();
void backEnd.work(stopping.signal);
process.once("SIGTERM", () => {
  stopping.abort();
  server.close(() => process.exit());
});
