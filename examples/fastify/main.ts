import fastify from "fastify";
import { isPurseError } from "purse-payments";
import { toFastifyHandler } from "purse-payments/webhooks/node";
import { createBackEnd } from "../back-end/back-end.js";
import { cartPage, page, pageHeaders } from "../back-end/pages.js";
import { connect, readSettings } from "../back-end/settings.js";

// npx tsx examples/fastify/main.ts

const port = Number(process.env["PORT"] ?? 3000);
const settings = readSettings(process.env, port);
const { purse, where } = await connect(process.env);
const backEnd = createBackEnd(purse, settings);
const app = fastify();

// Before the routes: a route keeps the error handler that was set when it was created.
app.setErrorHandler(async (error, _request, reply) => {
  // Requests that Fastify refuses, such as a body that is too large, have their own status.
  const refusal = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  if (typeof refusal === "number" && refusal < 500 && !isPurseError(error)) return reply.code(refusal).send();
  console.error(error); // Errors of this package are safe to print: no secrets, no bodies.
  const status = isPurseError(error) ? 503 : 500;
  return reply.code(status).type("text/html").send(page("Something went wrong. Please try again."));
});

// Fastify has already parsed the body, which does no harm: the handler uses its id and hints only.
app.post("/webhooks/purse", toFastifyHandler(backEnd.receiveWebhook));

app.get("/", (_request, reply) => reply.type("text/html").send(cartPage));

// Fastify has no parser for HTML forms. This form is empty.
app.addContentTypeParser(
  "application/x-www-form-urlencoded",
  { parseAs: "string" },
  (_request, _body, done) => {
    done(null, undefined);
  },
);

app.post("/checkout", async (_request, reply) => reply.redirect(await backEnd.checkout(), 303));

app.get("/return", async (request, reply) => {
  const { status, html } = await backEnd.returnPage(request.url);
  return reply.code(status).headers(pageHeaders).type("text/html").send(html);
});

// A separate context, so that the check applies to these routes only.
await app.register(
  (staff, _options, done) => {
    staff.addHook("onRequest", async (request, reply) => {
      if (!backEnd.isStaff(request.headers.authorization)) await reply.code(401).send();
    });

    staff.get<{ Params: { reference: string } }>("/:reference", async ({ params }, reply) => {
      const order = backEnd.order(params.reference);
      return order === undefined ? reply.code(404).send() : { state: order.state };
    });

    staff.post<{ Params: { reference: string } }>("/:reference/capture", async ({ params }, reply) => {
      const { status, body } = await backEnd.capture(params.reference);
      return reply.code(status).send(body);
    });
    done();
  },
  { prefix: "/orders" },
);

await app.listen({ port, host: "127.0.0.1" });
console.log(`Shop on ${settings.publicUrl}, payments by ${where}`);
console.log(`Staff: authorization: Bearer ${settings.staffToken}`);
const stopping = new AbortController();
void backEnd.work(stopping.signal);
process.once("SIGTERM", () => {
  stopping.abort();
  void app.close().then(() => process.exit());
});
