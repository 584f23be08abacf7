import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { html } from "hono/html";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { isPurseError } from "purse-payments";
import { page } from "./pages/layout.js";
import { assetRoutes } from "./routes/assets.js";
import { browsingRoutes } from "./routes/browsing.js";
import { officeRoutes } from "./routes/office.js";
import { orderingRoutes } from "./routes/ordering.js";
import { webhookRoutes } from "./routes/webhook.js";
import { contentSecurityPolicy } from "./security-policy.js";
import type { Shop } from "./shop.js";

/** The whole shop as one `(Request) => Promise<Response>`. */
export function createApp(shop: Shop, onFault: (error: unknown) => void): Hono {
  const app = new Hono();
  // Before everything that looks at cookies or origins: a webhook comes from a server, and brings its own proof.
  app.route("/webhooks", webhookRoutes(shop));

  app.use(bodyLimit({ maxSize: 16 * 1024 }));
  app.use(csrf({ origin: new URL(shop.settings.baseUrl).origin }));
  // What a route says itself stands: the return page lets no address with a token out.
  app.use(secureHeaders({ referrerPolicy: "same-origin", overwrite: false }));
  app.use(async (c, next) => {
    await next();
    // A page that needs more says so itself.
    if (!c.res.headers.has("content-security-policy")) {
      c.header(
        "content-security-policy",
        contentSecurityPolicy({ paymentPageOrigin: shop.paymentPageOrigin }),
      );
    }
  });
  app.route("/", assetRoutes());
  app.route("/", browsingRoutes(shop));
  app.route("/", orderingRoutes(shop));
  app.route("/office", officeRoutes(shop));

  app.notFound((c) => {
    const body = html`<p>There is no such page. <a href="/">To the shop</a></p>`;
    return c.html(page({ title: "Not here", body }), 404);
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    onFault(error);
    const isPurse = isPurseError(error);
    const body = isPurse
      ? html`<p>
          The payment service does not answer as it should. Nothing is lost: look again in a minute.
        </p>`
      : html`<p>Something went wrong on our side.</p>`;
    return c.html(page({ title: "Sorry", body }), isPurse ? 503 : 500);
  });
  return app;
}
