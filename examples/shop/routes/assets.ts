import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Hono } from "hono";

const types = {
  "shop.css": "text/css; charset=utf-8",
  "shop.js": "text/javascript; charset=utf-8",
  "pay.js": "text/javascript; charset=utf-8",
  "card.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
};

/** The few files that pages refer to. */
export function assetRoutes(): Hono {
  const app = new Hono();
  for (const [name, type] of Object.entries(types)) {
    const content = readFileSync(new URL(`../assets/${name}`, import.meta.url), "utf8");
    app.get(`/${name}`, (c) => c.body(content, 200, { "content-type": type, "cache-control": "max-age=60" }));
  }
  let script: Promise<string> | undefined;
  app.get("/purse-browser.js", async (c) => {
    script ??= bundleBrowserEntry();
    return c.body(await script, 200, { "content-type": types["card.js"], "cache-control": "max-age=60" });
  });
  return app;
}

/** `purse-payments/browser` as one script. A real shop has a build that does this. */
async function bundleBrowserEntry(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { collectBrowser, followStep } from "purse-payments/browser";',
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    format: "esm",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
