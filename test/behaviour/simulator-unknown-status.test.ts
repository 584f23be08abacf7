import { describe, expect, it } from "vitest";
import { clientSessionStatusValues } from "../../src/index.js";
import { createSimulator, type Fault } from "../../src/simulator/index.js";
import { simulate, smallOrder } from "../support/simulated.js";

const status = "UNDOCUMENTED";

describe("a client session of a status that nobody documented", () => {
  it("is passed through by every call that answers with one, as often as told", async () => {
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

  it("leaves other calls alone, and the session as it is", async () => {
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

  it("is no proof that a lost abort was done", async () => {
    const { simulator, purse } = simulate({ maxRetries: 0 });
    const session = await purse.clientSessions.create(smallOrder);
    simulator.faults.add({ kind: "drop_after", operation: "abortClientSession" });
    simulator.faults.add({ kind: "unknown_status", operation: "getClientSession" });
    await expect(purse.clientSessions.abort(session.id)).rejects.toMatchObject({ code: "outcome_unknown" });
    expect(simulator.faults.list()).toEqual([]);
    // Done it was; only nobody could tell.
    expect((await purse.clientSessions.retrieve(session.id)).status).toBe("ABORTED_BY_MERCHANT");
  });

  it("leaves refusals as they are", async () => {
    const { simulator, purse } = simulate();
    simulator.faults.add({ kind: "unknown_status" });
    const unknownId = "00000000-0000-4000-8000-000000000000";
    await expect(purse.clientSessions.retrieve(unknownId)).rejects.toMatchObject({ status: 404 });
  });

  it("is refused for what answers with no session", () => {
    const { faults } = createSimulator();
    const fault: Fault = { kind: "unknown_status", operation: "getPayment" };
    expect(() => faults.add(fault)).toThrow("getClientSession");
  });
});
