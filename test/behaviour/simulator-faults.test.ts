import { getRequestListener } from "@hono/node-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { getPayment } from "../../generated/operations.js";
import { isPurseError, Purse } from "../../src/index.js";
import { createSimulator, type Fault, type Simulator } from "../../src/simulator/index.js";
import { connect } from "../unit/simulator/caller.js";
import { movedBy, paidPayment, simulate } from "../support/simulated.js";

type Send = (url: string, init?: RequestInit) => Promise<Response>;

/** Faults behave the same in process and over sockets. */
const ways = [
  ["in process", async (simulator: Simulator): Promise<Send> => Promise.resolve(simulator.fetch)],
  [
    "over HTTP",
    async (simulator: Simulator): Promise<Send> => {
      await simulator.listen();
      return (url, init) => fetch(url, init);
    },
  ],
] as const;

describe.each(ways)("a fault %s", (_name, open) => {
  let simulator: Simulator;
  let send: Send;
  let purse: Purse;
  let id: string;

  beforeEach(async () => {
    simulator = createSimulator();
    send = await open(simulator);
    const { baseUrl, clientId, clientSecret, entityId } = simulator;
    purse = new Purse({ baseUrl, clientId, clientSecret, entityId, fetch: send, maxRetries: 0 });
    ({ id } = await paidPayment({ simulator, purse }));
  });
  afterEach(() => simulator.close());

  const capture = (): Promise<unknown> => purse.payments.capture(id, { amount: 100 });
  const captured = (): number[] => movedBy(simulator, id)["capture"] ?? [];
  const outcomeOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => "success",
      (error: unknown) => (isPurseError(error) ? error.code : error),
    );

  it.each([
    [{ kind: "drop_before" }, [], "outcome_unknown"],
    [{ kind: "drop_after" }, [100], "outcome_unknown"],
    [{ kind: "error_before" }, [], "outcome_unknown"],
    [{ kind: "error_after", status: 500 }, [100], "outcome_unknown"],
    [{ kind: "html_before" }, [], "outcome_unknown"],
    [{ kind: "html_after", status: 200 }, [100], "outcome_unknown"],
    [{ kind: "truncate" }, [100], "outcome_unknown"],
    [{ kind: "drip", dripMs: 1 }, [100], "success"],
    [{ kind: "rate_limit" }, [], "rate_limit"],
    [{ kind: "bad_request" }, [], "bad_request"],
  ] satisfies [Fault, number[], string][])("%j moves %j and ends in %s", async (fault, moved, end) => {
    simulator.faults.add({ operation: "capturePayment", ...fault });
    expect(await outcomeOf(capture())).toBe(end);
    expect(captured()).toEqual(moved);
    expect(simulator.requests().at(-1)).toMatchObject({ operation: "capturePayment", fault: fault.kind });
    expect(simulator.faults.list()).toEqual([]);
    expect(await outcomeOf(capture())).toBe("success");
  });

  it("unauthorized makes the client fetch a new token and retry", async () => {
    simulator.faults.add({ kind: "unauthorized", operation: "capturePayment" });
    await purse.payments.capture(id, { amount: 100 }, { maxRetries: 1 });
    expect(captured()).toEqual([100]);
    const seen = simulator.requests().slice(-3);
    expect(seen.map(({ operation, status }) => [operation, status])).toEqual([
      ["capturePayment", 401],
      ["createAccessToken", 200],
      ["capturePayment", 200],
    ]);
  });

  it.each(["stall_before", "stall_after"] as const)("%s ends when the caller aborts", async (kind) => {
    simulator.faults.add({ kind, operation: "capturePayment" });
    const controller = new AbortController();
    const call = purse.payments.capture(id, { amount: 100 }, { signal: controller.signal });
    await expect.poll(() => simulator.requests().at(-1)?.fault, { timeout: 10_000 }).toBe(kind);
    controller.abort();
    expect(await outcomeOf(call)).toBe("outcome_unknown");
    expect(captured()).toEqual(kind === "stall_after" ? [100] : []);
  });

  it("rate_limit sends Retry-After", async () => {
    simulator.faults.add({ kind: "rate_limit", retryAfterSeconds: 7 });
    await expect(capture()).rejects.toMatchObject({ code: "rate_limit", retryAfterMs: 7000 });
  });

  it("truncate sends half of the body with the full content-length", async () => {
    const token = await (await connect(simulator)).call(getPayment, { id });
    const whole = (await token.text()).length;
    simulator.faults.add({ kind: "truncate", operation: "getSigningJwks" });
    const response = await send(`${simulator.baseUrl}/payment/v2/signing-jwks`);
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
    await expect(response.text()).rejects.toThrow(TypeError);
    expect(whole).toBeGreaterThan(0);
  });

  it("drip stops when the caller aborts", async () => {
    simulator.faults.add({ kind: "drip", operation: "getSigningJwks", dripMs: 20 });
    const controller = new AbortController();
    const response = await send(`${simulator.baseUrl}/payment/v2/signing-jwks`, {
      signal: controller.signal,
    });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(0);
    controller.abort();
    await expect(
      (async () => {
        for (;;) if ((await reader?.read())?.done === true) return;
      })(),
    ).rejects.toMatchObject({ name: "AbortError" });
  });
});

it("applies to the given number of calls, and only to its operation", async () => {
  const simulated = simulate({ maxRetries: 0 });
  const { simulator, purse } = simulated;
  const { id } = await paidPayment(simulated);
  const { id: faultId } = simulator.faults.add({ kind: "error_before", operation: "getPayment", times: 2 });
  expect(simulator.faults.list()).toMatchObject([{ id: faultId, remaining: 2 }]);
  await purse.payments.capture(id, { amount: 1 });
  for (const remaining of [1, 0]) {
    await expect(purse.payments.retrieve(id)).rejects.toMatchObject({ status: 503 });
    expect(simulator.faults.list()).toHaveLength(remaining);
  }
  await purse.payments.retrieve(id);
  simulator.faults.add({ kind: "error_before", times: "always" });
  for (let round = 0; round < 3; round++) {
    await expect(purse.payments.retrieve(id)).rejects.toMatchObject({ status: 503 });
  }
  expect(simulator.faults.clear()).toBe(true);
  await purse.payments.retrieve(id);
  expect(simulator.faults.clear("unknown")).toBe(false);
});

it("applies faults in the order they were added", async () => {
  const { simulator } = simulate();
  for (const status of [500, 502, 504]) simulator.faults.add({ kind: "error_before", status });
  const url = `${simulator.baseUrl}/payment/v2/signing-jwks`;
  const answers = await Promise.all([1, 2, 3, 4].map(async () => (await simulator.fetch(url)).status));
  expect(answers).toEqual([500, 502, 504, 200]);
});

it("does not apply to the payment page", async () => {
  const { simulator, purse } = simulate();
  const session = await purse.clientSessions.create({
    amount: 1,
    currency: "EUR",
    shopper_redirection_url: "https://shop.example/return",
    order: { reference: "1", net_amount: 1 },
  });
  simulator.faults.add({ kind: "drop_before", times: "always" });
  await simulator.shopper.pay(session.id);
  expect(simulator.ledger.entries()).toHaveLength(1);
});

it("breaks connections although another server in the process has replaced Response", async () => {
  const originals = { Request, Response };
  // As `serve()` of Hono's server for Node does.
  getRequestListener(() => new Response());
  const native: unknown = (await fetch("data:,")).constructor;
  expect(Response).not.toBe(native);
  try {
    const simulator = createSimulator();
    await simulator.listen();
    simulator.faults.add({ kind: "truncate", operation: "getSigningJwks" });
    simulator.faults.add({ kind: "stall_after", operation: "getSigningJwks" });
    const url = `${simulator.baseUrl}/payment/v2/signing-jwks`;
    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow(TypeError);
    await expect(fetch(url, { signal: AbortSignal.timeout(200) })).rejects.toThrow("timeout");
    expect(simulator.requests().map(({ fault }) => fault)).toEqual(["truncate", "stall_after"]);
    await simulator.close();
  } finally {
    Object.assign(globalThis, originals);
  }
});

it.each([
  [null, "object"],
  [{}, "kind"],
  [{ kind: "explode" }, "drop_before"],
  [{ kind: "drop_before", operation: "teleport" }, "capturePayment"],
  [{ kind: "drop_before", times: 0 }, "times"],
  [{ kind: "drop_before", times: 1.5 }, "times"],
  [{ kind: "drop_before", status: 500 }, "error_before"],
  [{ kind: "error_before", status: 200 }, "400"],
  [{ kind: "rate_limit", retryAfterSeconds: -1 }, "retryAfterSeconds"],
  [{ kind: "drip", dripMs: "fast" }, "dripMs"],
  [{ kind: "webhook_never", operation: "capturePayment" }, "operation"],
  [{ kind: "drop_before", oparation: "capturePayment" }, "oparation"],
])("refuses %j and says what is valid", (fault, word) => {
  const { faults } = createSimulator();
  expect(() => faults.add(fault as unknown as Fault)).toThrow(TypeError);
  expect(() => faults.add(fault as unknown as Fault)).toThrow(word);
  expect(faults.list()).toEqual([]);
});
