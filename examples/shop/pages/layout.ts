import { html } from "hono/html";

/** What templates are made of; values put into `html` are escaped. */
export type Html = ReturnType<typeof html>;

export interface PageParts {
  readonly title: string;
  readonly body: Html;
  /** Pieces in the cart, shown in the header. */
  readonly pieces?: number;
  readonly isOffice?: boolean;
  /** Adds to the head, for example the payment widget's script. */
  readonly head?: Html | undefined;
}

/** A whole page. */
export function page({ title, body, pieces = 0, isOffice = false, head }: PageParts): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Leaf &amp; Kettle</title>
        <link rel="stylesheet" href="/shop.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <script src="/shop.js" defer></script>
        ${head ?? ""}
      </head>
      <body class="${isOffice ? "office" : "front"}">
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <a class="brand" href="/"><img src="/icon.svg" alt="" width="30" height="30" />Leaf &amp; Kettle</a>
          <nav aria-label="Main">
            ${
              isOffice
                ? html`<a href="/office">Back office</a>`
                : html`<a href="/orders">My orders</a>
                    <a href="/cart"
                      >Cart${pieces > 0 ? html` <span class="count">${String(pieces)}</span>` : ""}</a
                    >`
            }
          </nav>
        </header>
        <main id="content" tabindex="-1">
          <h1>${title}</h1>
          ${body}
        </main>
        <footer>
          <p>An example shop for <code>purse-payments</code>. Nothing is for sale.</p>
          ${isOffice ? html`<a href="/">The shop</a>` : html`<a href="/office">Back office</a>`}
        </footer>
      </body>
    </html>`;
}
