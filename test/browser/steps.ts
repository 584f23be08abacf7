import type { Page } from "playwright-core";

/** What a shopper and the people of the shop do, by what they see. */

export const prices = { sencha: 1450, darjeeling: 1290, oolong: 2100, rooibos: 890 } as const;
export type Tea = keyof typeof prices;
export type Place = "On the payment page of Purse" | "Here in the shop";

/** Puts a tea into the cart, and orders it. Ends where it can be paid. */
export async function order(
  page: Page,
  tea: Tea = "sencha",
  place: Place = "On the payment page of Purse",
): Promise<void> {
  await page.goto(`/products/${tea}`);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByLabel(place).check();
  await page.getByRole("button", { name: /^Order and pay/ }).click();
  await (place === "Here in the shop" ? page.waitForURL(/\/pay$/) : page.waitForURL(/\/sessions\//));
}

/** Presses "Pay" on the payment page or in the widget, and ends on the order's page. */
export async function pay(page: Page, card?: string): Promise<void> {
  if (card !== undefined) await page.getByLabel("Card number").fill(card);
  await page.getByRole("button", { name: /^Pay €/ }).click();
  await page.waitForURL(/\/orders\/[\da-f-]{36}(?:\?|$)/);
}

/** Waits until the page open says that the order has this state. */
export async function seeState(page: Page, state: string): Promise<void> {
  await page.locator(`[data-state="${state}"]`).waitFor();
}

export function orderIdOf(page: Page): string {
  const id = /\/orders\/([\da-f-]{36})/.exec(page.url())?.[1];
  if (id === undefined) throw new Error(`${page.url()} is the page of no order.`);
  return id;
}

export type Movement = "Capture" | "Refund" | "Void";

/** Captures, refunds or voids in the back office. A capture is of all that is available unless told. */
export async function move(office: Page, movement: "Capture", amount?: string): Promise<void>;
export async function move(office: Page, movement: "Refund" | "Void", amount: string): Promise<void>;
export async function move(office: Page, movement: Movement, amount?: string): Promise<void> {
  const form = formOf(office, movement);
  if (amount !== undefined) await form.getByRole("textbox").fill(amount);
  const rows = await office.locator("[data-movement]").count();
  await form.getByRole("button").click();
  if (movement !== "Capture")
    await office.getByRole("button", { name: new RegExp(`^${movement} €`) }).click();
  await office.locator("[data-movement]").nth(rows).waitFor();
}

export function formOf(office: Page, movement: Movement): ReturnType<Page["locator"]> {
  const name = movement === "Capture" ? movement : `${movement}…`;
  return office.locator("form").filter({ has: office.getByRole("button", { name, exact: true }) });
}

/** What the simulator's payment page needs: the session's id, while that page is open. */
export function sessionIdOf(page: Page): string {
  const id = /\/sessions\/([\da-f-]{36})/.exec(page.url())?.[1];
  if (id === undefined) throw new Error(`${page.url()} is no payment page.`);
  return id;
}
