import type { Page } from "playwright-core";
import { testCards } from "purse-payments/simulator";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { order, orderIdOf, pay, seeState, sessionIdOf } from "./steps.js";

const unverified = "We could not tell from your way back";

describeInBrowser("a shop that believes only what is signed or read back", () => {
  const stage = useStage();

  /** Opens the return address of an order, as changed on the way, and ends on the order's page. */
  async function comeBack(page: Page, address: string | URL): Promise<void> {
    await page.goto(address.toString());
    await page.getByText(unverified).waitFor();
    expect(new URL(page.url()).searchParams.size).toBe(1);
  }

  it("asks Purse when the signature of the token was altered", async () => {
    const page = await stage.open();
    await order(page);
    const { redirectUrl } = await stage.simulator.shopper.refuse(sessionIdOf(page));
    await comeBack(
      page,
      alterToken(redirectUrl, ([head, claims, signature = ""]) => [head, claims, flip(signature)]),
    );
    await seeState(page, "refused");
    expect(stage.movements()).toEqual([]);
  });

  it("does not believe claims that were changed to say paid", async () => {
    const page = await stage.open();
    await order(page);
    const { redirectUrl } = await stage.simulator.shopper.refuse(sessionIdOf(page));
    const forged = alterToken(redirectUrl, ([head, claims = "", signature]) => {
      const said = Buffer.from(claims, "base64url").toString().replace("REFUSED", "AUTHORIZED");
      return [head, Buffer.from(said).toString("base64url"), signature];
    });
    expect(forged).not.toBe(redirectUrl);
    await comeBack(page, forged);
    await seeState(page, "refused");
  });

  it("does not take the token of another order, though that one is paid", async () => {
    const page = await stage.open();
    await order(page, "rooibos");
    const paid = new URL((await stage.simulator.shopper.pay(sessionIdOf(page))).redirectUrl);
    await order(page, "rooibos");
    const cancelled = new URL((await stage.simulator.shopper.cancel(sessionIdOf(page))).redirectUrl);
    cancelled.search = paid.search;
    await comeBack(page, cancelled);
    await seeState(page, "unpaid");
    expect(stage.movements()).toEqual(["authorization 890"]);
  });

  it("does not take an address without a token for a payment", async () => {
    const page = await stage.open();
    await order(page);
    const { redirectUrl } = await stage.simulator.shopper.cancel(sessionIdOf(page));
    await comeBack(page, new URL(new URL(redirectUrl).pathname, stage.shopUrl));
    await seeState(page, "unpaid");
  });

  it("keeps the token out of the address, and pays once, over reload and back", async () => {
    const page = await stage.open();
    await order(page);
    const returned = page.waitForResponse(/\/return\?/);
    await pay(page);
    expect((await returned).headers()["referrer-policy"]).toBe("no-referrer");
    expect(page.url()).toBe(`${stage.shopUrl}/orders/${orderIdOf(page)}`);
    await page.reload();
    await seeState(page, "paid");
    await page.goBack();
    await seeState(page, "paid");
    expect(await page.getByText(unverified).count()).toBe(0);
    await page.goBack();
    await page.goForward();
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("takes the way back of an older try for what it is", async () => {
    const page = await stage.open();
    await order(page);
    const first = await stage.simulator.shopper.refuse(sessionIdOf(page));
    await page.goto(first.redirectUrl);
    await page.getByRole("button", { name: "Pay on the payment page" }).click();
    await page.waitForURL(/\/sessions\//);
    await pay(page);
    await page.goto(first.redirectUrl);
    await seeState(page, "paid");
    expect(await page.getByText(unverified).count()).toBe(0);
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("shows an order to the shopper who placed it only", async () => {
    const page = await stage.open();
    await order(page);
    const { redirectUrl } = await stage.simulator.shopper.pay(sessionIdOf(page));
    await page.goto(redirectUrl);
    const path = new URL(page.url()).pathname;
    const stranger = await stage.open();
    await stranger.goto("/");
    for (const address of [path, `${path}/state`, `${path}/pay`, redirectUrl]) {
      expect((await stranger.goto(address))?.status(), address).toBe(404);
      expect(await stranger.content()).not.toContain("Sencha");
    }
    await stranger.goto("/");
    const post = (to: string) => fetch(to, { method: "POST" }).then(({ status }) => status);
    expect(await stranger.evaluate(post, `${path}/cancel`)).toBe(404);
    expect(await stranger.evaluate(post, `${path}/pay`)).toBe(404);
    await stranger.goto("/orders");
    await stranger.getByText("No orders yet.").waitFor();
  });

  it("has a back office that asks for a password", async () => {
    const page = await stage.open();
    const statuses = await Promise.all(
      ["/office", "/office/orders/1"].map(async (path) => (await page.request.get(path)).status()),
    );
    expect(statuses).toEqual([401, 401]);
  });

  for (const evil of ["http://evil.example", "http://127.0.0.1:9"]) {
    it(`refuses forms of pages of ${evil}`, async () => {
      const page = await stage.open();
      await order(page);
      await pay(page, testCards.refused.number);
      const path = new URL(page.url()).pathname;
      expect(await postFrom(page, evil, `${stage.shopUrl}${path}/cancel`)).toBe(403);
      await page.goto(path);
      await seeState(page, "refused");

      const office = await stage.openOffice();
      await office.goto(`/office${path}`);
      expect(await postFrom(office, evil, `${stage.shopUrl}/office${path}`)).toBe(403);
      expect(stage.movements()).toEqual([]);
    });
  }

  /** Sends a form from a page of another origin, and gives the status of the answer. */
  async function postFrom(page: Page, origin: string, action: string): Promise<number> {
    await page.route(`${origin}/`, (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<form method="post" action="${action}"><button>Win a prize</button></form>`,
      }),
    );
    await page.goto(`${origin}/`);
    const answer = page.waitForResponse(action);
    await page.getByRole("button").click();
    return (await answer).status();
  }
});

type TokenParts = readonly (string | undefined)[];

/** The address with its token changed. */
function alterToken(address: string, alter: (parts: TokenParts) => TokenParts): string {
  const [parameter = "", token = ""] = [...new URL(address).searchParams][0] ?? [];
  return address.replace(`${parameter}=${token}`, `${parameter}=${alter(token.split(".")).join(".")}`);
}

/** Another text of the same length. */
function flip(signature: string): string {
  return (signature.startsWith("A") ? "B" : "A") + signature.slice(1);
}
