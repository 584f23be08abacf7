import { html } from "hono/html";
import { currency, products, type Product } from "../catalogue.js";
import type { Html } from "./layout.js";
import { money } from "./money.js";

/** All products, each with a button to buy it. */
export function cataloguePage(): Html {
  return html`<p class="lead">Four teas, weighed by hand.</p>
    <ul class="products">
      ${products.map(
        (product) =>
          html`<li class="product">
            <a href="/products/${product.sku}">${picture(product)}<strong>${product.name}</strong></a>
            <p class="origin">${product.origin}</p>
            <p class="price">${money(product.price, currency)}</p>
            ${addForm(product, "quiet")}
          </li>`,
      )}
    </ul>`;
}

export function productPage(product: Product): Html {
  return html`<div class="detail">
    ${picture(product)}
    <div>
      <p class="origin">${product.origin}</p>
      <p>${product.description}</p>
      <p class="price">${money(product.price, currency)}</p>
      ${addForm(product, "")}
      <p class="ways-on"><a href="/">All teas</a></p>
    </div>
  </div>`;
}

function addForm({ sku, name }: Product, look: "quiet" | ""): Html {
  return html`<form method="post" action="/cart">
    <input type="hidden" name="sku" value="${sku}" />
    <button class="${look}">Add to cart<span class="unseen">: ${name}</span></button>
  </form>`;
}

export function picture({ leaf, cup }: Product): Html {
  return html`<svg class="picture" viewBox="0 0 120 90" aria-hidden="true">
    <rect width="120" height="90" rx="8" class="ground" />
    <ellipse cx="58" cy="76" rx="38" ry="5" class="shade" />
    <path d="M28 40h60v12a24 22 0 0 1-24 22H52a24 22 0 0 1-24-22z" fill="#fffdf7" class="line" />
    <ellipse cx="58" cy="41" rx="30" ry="6" fill="${cup}" class="line" />
    <path d="M88 46h6a8 8 0 0 1 0 16h-8" fill="none" class="line" />
    <path d="M58 40c-2-14 8-22 20-24 0 14-6 23-20 24z" fill="${leaf}" />
    <path d="M56 39c-4-9-12-13-20-12 3 9 10 13 20 12z" fill="${leaf}" opacity=".8" />
  </svg>`;
}
