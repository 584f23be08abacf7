import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeInBrowser } from "./chromium.js";
import { useStage } from "./stage.js";
import { order, pay, seeState } from "./steps.js";

describeInBrowser("the simulator's dashboard", () => {
  const stage = useStage();

  async function openDashboard(): Promise<Page> {
    const dashboard = await stage.open();
    await dashboard.goto(`${stage.simulator.baseUrl}/_simulator/`);
    await dashboard.getByText("Live", { exact: true }).waitFor();
    return dashboard;
  }

  it("shows sessions, payments and the ledger as they come, without a reload", async () => {
    const dashboard = await openDashboard();
    await dashboard.getByText("No payments yet.").waitFor();
    await dashboard.getByText("No movements yet.").waitFor();
    const page = await stage.open();
    await order(page);
    await dashboard.getByRole("list", { name: "Client sessions" }).getByText("CREATED").waitFor();
    await pay(page);
    await seeState(page, "paid");
    const payments = dashboard.getByRole("list", { name: "Payments" });
    await payments.getByText("AUTHORIZED").waitFor();
    await payments.getByText("€14.50", { exact: true }).waitFor();
    await dashboard.getByRole("list", { name: "Ledger" }).getByText("1. authorization").waitFor();
    await dashboard.getByRole("list", { name: "Webhooks" }).getByText("delivered", { exact: true }).waitFor();
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("switches on a fault that the shop then meets, and survives", async () => {
    const dashboard = await openDashboard();
    await dashboard.getByLabel("Kind").selectOption("rate_limit");
    await dashboard.getByLabel("Operation").selectOption("createClientSession");
    const panel = dashboard.getByRole("region", { name: "Faults" });
    await panel.getByRole("button", { name: "Add" }).click();
    await panel.getByRole("button", { name: "Remove rate limit" }).waitFor();
    expect(stage.simulator.faults.list()).toMatchObject([
      { kind: "rate_limit", operation: "createClientSession" },
    ]);

    const page = await stage.open();
    await order(page);
    await pay(page);
    await seeState(page, "paid");
    await dashboard.getByText("No faults queued.").waitFor();
    const requests = dashboard.getByRole("list", { name: "Requests" });
    await requests.getByText(/createClientSession · rate_limit/).waitFor();
    expect(stage.movements()).toEqual(["authorization 1450"]);
  });

  it("takes a fault away again", async () => {
    const dashboard = await openDashboard();
    await dashboard.getByLabel("Kind").selectOption("webhook_never");
    const panel = dashboard.getByRole("region", { name: "Faults" });
    await panel.getByRole("button", { name: "Add" }).click();
    await panel.getByRole("button", { name: "Remove webhook never" }).click();
    await dashboard.getByText("No faults queued.").waitFor();
  });
});
