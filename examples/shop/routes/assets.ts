import { readFileSync } from "node:fs";
import { Hono } from "hono";

const types = {
  "shop.css": "text/css; charset=utf-8",
  "shop.js": "text/javascript; charset=utf-8",
  "pay.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
};

/** The few files that pages refer to. */
export function assetRoutes(): Hono {
  const app = new Hono();
  for (const [name, type] of Object.entries(types)) {
    const content = readFileSync(new URL(`../assets/${name}`, import.meta.url), "utf8");
    app.get(`/${name}`, (c) => c.body(content, 200, { "content-type": type, "cache-control": "max-age=60" }));
  }
  return app;
}
