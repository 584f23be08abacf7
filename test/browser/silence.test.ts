import { testCards } from "purse-payments/simulator";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { order, pay, seeState, sessionIdOf } from "./steps.js";

describeInBrowser("when no webhook ever comes", () => {
  const stage = useStage({ lookEverySeconds: 1 });
  let fault = "";

  beforeEach(() => {
    fault = stage.simulator.faults.add({ kind: "webhook_never", times: "always" }).id;
  });

  afterEach(() => {
    stage.simulator.faults.clear(fault);
    expect(stage.simulator.webhooks().every(({ status }) => status === "dropped")).toBe(true);
  });

  it("is told by the shopper's way back", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page);
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("asks Purse about a shopper who never came back", async () => {
    const page = await stage.open();
    await order(page);
    const { redirectUrl } = await stage.simulator.shopper.pay(sessionIdOf(page));
    await page.goto(new URL(redirectUrl).pathname.replace(/\/return$/, ""));
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("asks Purse until the bank has decided", async () => {
    const page = await stage.open();
    await order(page);
    await pay(page, testCards.pendingThenApproved.number);
    await seeState(page, "pending");
    await stage.simulator.clock.advance({ minutes: 6 });
    await seeState(page, "paid");
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });
});
