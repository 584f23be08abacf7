import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { OrderFault } from "./checkout.js";
import { faultPage, missingPage, refusedPage } from "./pages/error.js";
import { assetRoutes } from "./routes/assets.js";
import { cardRoutes } from "./routes/card.js";
import { browsingRoutes } from "./routes/browsing.js";
import { officeRoutes } from "./routes/office.js";
import { orderingRoutes } from "./routes/ordering.js";
import { onOwnHost } from "./routes/own-host.js";
import { webhookRoutes } from "./routes/webhook.js";
import { contentSecurityPolicy, transportSecurity } from "./security-policy.js";
import type { Shop } from "./shop.js";

/** The whole shop as one `(Request) => Promise<Response>`. */
export function createApp(shop: Shop, onFault: (error: unknown) => void): Hono {
  const app = new Hono();
  // Before everything that looks at cookies or origins: a webhook comes from a server, and brings its own proof.
  app.route("/webhooks", webhookRoutes(shop, onFault));

  const { baseUrl } = shop.settings;
  app.use(
    secureHeaders({
      referrerPolicy: "same-origin",
      strictTransportSecurity: transportSecurity(baseUrl),
      // What a route says itself stands: the return page lets no address with a token out.
      overwrite: false,
    }),
  );
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
  // Below the headers, so that what these refuse carries them too.
  app.use(onOwnHost(baseUrl));
  app.use(bodyLimit({ maxSize: 16 * 1024 }));
  app.use(csrf({ origin: new URL(baseUrl).origin }));
  app.route("/", assetRoutes());
  app.route("/", browsingRoutes(shop));
  app.route("/", orderingRoutes(shop));
  app.route("/", cardRoutes(shop, onFault));
  app.route("/office", officeRoutes(shop));

  app.notFound((c) => c.html(missingPage(), 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) {
      const refused = refusedPage(error.status);
      return refused === undefined ? error.getResponse() : c.html(refused, error.status);
    }
    const cause = error instanceof OrderFault ? error.cause : error;
    onFault(cause);
    const { content, status } = faultPage(cause, error instanceof OrderFault ? error.order : undefined);
    return c.html(content, status);
  });
  return app;
}
