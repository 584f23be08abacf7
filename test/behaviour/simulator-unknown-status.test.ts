import { describe, expect, it } from "vitest";
import { clientSessionStatusValues } from "../../src/index.js";
import { createSimulator, type Fault } from "../../src/simulator/index.js";
import { simulate, smallOrder } from "../support/simulated.js";

const status = "UNDOCUMENTED";

describe("a client session with an undocumented status", () => {
  it("is returned by every call that answers with a session, the given number of times", async () => {
    const { simulator, purse } = simulate();
    expect(clientSessionStatusValues).not.toContain(status);
    simulator.faults.add({ kind: "unknown_status", times: 3 });
    const session = await purse.clientSessions.create(smallOrder);
    expect(session).toMatchObject({ status, amount: smallOrder.amount });
    expect((await purse.clientSessions.retrieve(session.id)).status).toBe(status);
    const aborted = await purse.clientSessions.abort(session.id).withResponse();
    expect([aborted.data.status, aborted.idempotency]).toEqual([status, "created"]);
    expect((await purse.clientSessions.retrieve(session.id)).status).toBe("ABORTED_BY_MERCHANT");
  });

  it("affects neither other calls nor the session itself", async () => {
    const { simulator, purse } = simulate();
    const session = await purse.clientSessions.create(smallOrder);
    simulator.faults.add({ kind: "unknown_status", operation: "getClientSession" });
    const { redirectUrl } = await simulator.shopper.pay(session.id);
    const { payment_id: id = "" } = await purse.redirection.verify(redirectUrl);
    expect((await purse.payments.retrieve(id)).authorization.status).toBe("AUTHORIZED");
    const read = await purse.clientSessions.retrieve(session.id);
    expect([read.status, read.payment_id]).toEqual([status, id]);
    expect((await purse.clientSessions.retrieve(session.id)).status).toBe("SUBMITTED");
  });

  it("does not prove that a lost abort was done", async () => {
    const { simulator, purse } = simulate({ maxRetries: 0 });
    const session = await purse.clientSessions.create(smallOrder);
    simulator.faults.add({ kind: "drop_after", operation: "abortClientSession" });
    simulator.faults.add({ kind: "unknown_status", operation: "getClientSession" });
    await expect(purse.clientSessions.abort(session.id)).rejects.toMatchObject({ code: "outcome_unknown" });
    expect(simulator.faults.list()).toEqual([]);
    // The abort was done, but the client could not know.
    expect((await purse.clientSessions.retrieve(session.id)).status).toBe("ABORTED_BY_MERCHANT");
  });

  it("does not change refusals", async () => {
    const { simulator, purse } = simulate();
    simulator.faults.add({ kind: "unknown_status" });
    const unknownId = "00000000-0000-4000-8000-000000000000";
    await expect(purse.clientSessions.retrieve(unknownId)).rejects.toMatchObject({ status: 404 });
  });

  it("is refused for operations that do not return a session", () => {
    const { faults } = createSimulator();
    const fault: Fault = { kind: "unknown_status", operation: "getPayment" };
    expect(() => faults.add(fault)).toThrow("getClientSession");
  });
});
