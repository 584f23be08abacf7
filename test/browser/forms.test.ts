import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { order, pay, seeState } from "./steps.js";

/** What the policy of the page open allows forms to lead to. */
async function formTargets(page: Page): Promise<string[]> {
  const policy = (await page.reload())?.headers()["content-security-policy"] ?? "";
  return /form-action ([^;]+)/.exec(policy)?.[1]?.split(" ") ?? [];
}

/** Sends a form from the page open, as one that was smuggled in would be. Gives what the browser refused. */
function sendForm(page: Page, action: string): Promise<string> {
  return page.evaluate((target) => {
    const refused = new Promise<string>((resolve) => {
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
        resolve(`${effectiveDirective} ${blockedURI}`);
      });
    });
    const form = document.createElement("form");
    form.method = "post";
    form.action = target;
    document.body.append(form);
    form.submit();
    return refused;
  }, action);
}

describeInBrowser("the shop's forms", () => {
  const stage = useStage();

  it("lead to the shop and to the payment page, and nowhere else", async () => {
    const page = await stage.open();
    await page.goto("/");
    expect(await formTargets(page)).toEqual(["'self'", new URL(stage.simulator.baseUrl).origin]);
    let left = 0;
    await page.route("http://evil.example/**", (route) => {
      left += 1;
      return route.abort();
    });
    expect(await sendForm(page, "http://evil.example/take")).toBe("form-action http://evil.example/take");
    expect(left).toBe(0);
    await order(page);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("lead to banks as well on the page with the widget, but over HTTPS only", async () => {
    const page = await stage.open();
    await order(page, "oolong", "Here in the shop");
    const { origin } = new URL(stage.simulator.baseUrl);
    expect(await formTargets(page)).toEqual(["'self'", origin, "https:"]);
    expect(await sendForm(page, "http://evil.example/take")).toBe("form-action http://evil.example/take");
    await page.reload();
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 2100"]);
  });
});

describeInBrowser("a payment page that is not where the shop expects it", () => {
  const stage = useStage({ variables: { SHOP_PAYMENT_PAGE: "https://pay.example" } });

  it("is reached by a link", async () => {
    const page = await stage.open();
    await page.goto("/products/sencha");
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByRole("button", { name: /^Order and pay/ }).waitFor();
    expect(await formTargets(page)).toEqual(["'self'", "https://pay.example"]);
    await page.getByRole("button", { name: /^Order and pay/ }).click();
    await page.getByRole("link", { name: "Go on to the payment page" }).click();
    await page.waitForURL(/\/sessions\//);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });
});
