import { beforeEach, describe, expect, it, vi } from "vitest";
import { createBackEnd, type BackEnd } from "../../examples/back-end/back-end.js";
import { movedBy, simulate, type Simulated } from "../support/simulated.js";

/** What the back end makes of news that come late and of operations that end in between; no framework is needed. */

const secret = "a-secret-between-shop-and-purse";

let simulated: Simulated;
let backEnd: BackEnd;
/** What the service says of a payment that is read. */
let changePayment: (payment: object) => object;

beforeEach(() => {
  changePayment = (payment) => payment;
  simulated = simulate({
    fetch: async (url, init) => {
      const answer = await simulated.simulator.fetch(url, init);
      if (init.method !== "GET" || !url.includes("/payments/")) return answer;
      return Response.json(changePayment((await answer.json()) as object)); // A payment is an object.
    },
  });
  backEnd = createBackEnd(simulated.purse, {
    publicUrl: "http://127.0.0.1:9",
    webhookSecret: secret,
    keySecret: "secret-for-idempotency-keys",
    staffToken: "token-of-the-staff",
  });
  vi.spyOn(console, "error").mockReturnValue(undefined);
  vi.spyOn(console, "warn").mockReturnValue(undefined);
  vi.spyOn(console, "log").mockReturnValue(undefined);
});

const referenceIn = (address: string): string => new URL(address).searchParams.get("order") ?? "";

async function openSession(): Promise<string> {
  return new URL(await backEnd.checkout()).pathname.split("/").at(-1) ?? "";
}

/** An order that is paid, as the shopper coming back tells. */
async function buy(): Promise<string> {
  const { redirectUrl } = await simulated.simulator.shopper.pay(await openSession());
  expect((await backEnd.returnPage(redirectUrl)).status).toBe(200);
  return referenceIn(redirectUrl);
}

const paymentOf = (reference: string): string => backEnd.order(reference)?.paymentId ?? "";

it("a capture that was done in part is told as such, and not tried again", async () => {
  const reference = await buy();
  simulated.simulator.partners.next("conflict", { kind: "capture" });
  const answer = { status: 409, body: { state: "capture conflict, a person must check" } };
  expect(await backEnd.capture(reference)).toEqual(answer);
  expect(backEnd.order(reference)?.state).toBe("partly_captured");
  expect(await backEnd.capture(reference)).toEqual(answer);
  const [part, ...more] = movedBy(simulated.simulator, paymentOf(reference))["capture"] ?? [];
  expect(part).toBeLessThan(4299);
  expect(more).toEqual([]);
});

describe("a capture that is refused for certain", () => {
  it("is told as such, however often it is asked for", async () => {
    const reference = await buy();
    await simulated.purse.payments.void(paymentOf(reference), { amount: 1 });
    const answer = { status: 409, body: { state: "capture refused: bad_request, a person must check" } };
    expect(await backEnd.capture(reference)).toEqual(answer);
    expect(await backEnd.capture(reference)).toEqual(answer);
    expect(movedBy(simulated.simulator, paymentOf(reference))["capture"]).toBeUndefined();
  });

  it("because the payment is gone answers 409", async () => {
    const reference = await buy();
    simulated.simulator.faults.add({ kind: "error_before", operation: "capturePayment", status: 404 });
    expect(await backEnd.capture(reference)).toMatchObject({ status: 409 });
    expect(movedBy(simulated.simulator, paymentOf(reference))["capture"]).toBeUndefined();
  });
});

it("a capture that has failed may be tried again, as another", async () => {
  const reference = await buy();
  simulated.simulator.partners.next("refuse", { kind: "capture" });
  expect(await backEnd.capture(reference)).toEqual({ status: 409, body: { state: "capture failure" } });
  expect(await backEnd.capture(reference)).toEqual({ status: 200, body: { state: "captured" } });
  expect(movedBy(simulated.simulator, paymentOf(reference))["capture"]).toEqual([4299]);
});

it("a late refusal does not undo a newer payment that is pending", async () => {
  const { redirectUrl } = await simulated.simulator.shopper.refuse(await openSession());
  const reference = referenceIn(redirectUrl);
  const newer = crypto.randomUUID();
  const showNewer = (status: string, version: number): void => {
    changePayment = (payment) => ({ ...payment, id: newer, version, authorization: { status } });
  };
  showNewer("PENDING", 1);
  await backEnd.returnPage(redirectUrl);
  expect(backEnd.order(reference)).toMatchObject({ state: "pending", paymentId: newer });
  changePayment = (payment) => payment; // Of the first try.
  await backEnd.returnPage(redirectUrl);
  expect(backEnd.order(reference)).toMatchObject({ state: "pending", paymentId: newer });
  showNewer("REFUSED", 2); // Its own refusal counts.
  await backEnd.returnPage(redirectUrl);
  expect(backEnd.order(reference)?.state).toBe("not_paid");
});

describe("the warehouse", () => {
  const shipped = (): unknown[] =>
    vi
      .mocked(console.log)
      .mock.calls.map(([line]) => line as unknown)
      .filter((line) => String(line).endsWith("can be shipped"));

  async function hear(id: string): Promise<number> {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", "x-purse-webhook-secret": secret },
      body: JSON.stringify({ id }),
    };
    return (await backEnd.receiveWebhook(new Request("http://127.0.0.1:9/webhooks/purse", init))).status;
  }

  it("is told of an order once, though the authorization is told of again", async () => {
    const reference = await buy();
    const id = paymentOf(reference);
    for (const [index, status] of ["AUTHORIZED", "PENDING", "AUTHORIZED"].entries()) {
      changePayment = (payment) => ({ ...payment, version: 10 + index, authorization: { status } });
      expect(await hear(id)).toBe(200);
    }
    expect(shipped()).toEqual([`${reference} can be shipped`]);
  });

  it("is not told of an order whose payment is that of a cheaper session with the same reference", async () => {
    const { purse, simulator } = simulated;
    const { order } = await purse.clientSessions.retrieve(await openSession());
    const { reference } = order;
    const cheap = await purse.clientSessions.create({
      amount: 100,
      currency: "EUR",
      shopper_redirection_url: `http://127.0.0.1:9/return?order=${reference}`,
      order: { reference, net_amount: 100 },
    });
    await simulator.shopper.pay(cheap.id);
    const { payment_id: id = "" } = await purse.clientSessions.retrieve(cheap.id);
    expect(movedBy(simulator, id)["authorization"]).toEqual([100]);
    expect(await hear(id)).toBe(200);
    expect(shipped()).toEqual([]);
    expect(backEnd.order(reference)).toMatchObject({ state: "open" });
  });

  it("hears of an order later when the webhook is quicker than what stores the session", async () => {
    const { purse, simulator } = simulated;
    const { clientSessions } = purse;
    const create = clientSessions.create.bind(clientSessions);
    let early: Promise<number> | undefined;
    let id = "";
    vi.spyOn(clientSessions, "create").mockImplementationOnce((params, options) => {
      const creating = create(params, options);
      return Object.assign(
        creating.then(async (session) => {
          await simulator.shopper.pay(session.id);
          id = (await clientSessions.retrieve(session.id)).payment_id ?? "";
          early = hear(id);
          expect(await early).toBe(500);
          return session;
        }),
        { withResponse: () => creating.withResponse() },
      );
    });
    await openSession();
    expect(await early).toBe(500);
    expect(await hear(id)).toBe(200);
    expect(shipped()).toHaveLength(1);
  });
});
