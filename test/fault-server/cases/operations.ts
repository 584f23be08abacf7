import type { LedgerEntry } from "../../../src/simulator/index.js";
import type { Purse, PursePromise, PurseResponse, RequestOptions } from "../../../src/index.js";
import type { Control } from "../control.js";

/** A call that changes something, with everything a case needs to know of it. */
export interface ChangingOperation {
  name: string;
  /** Part of the path of its request. */
  path: string;
  /** Whether the service is known to honour its idempotency key. */
  isHonoured: boolean;
  /** Makes what the call works on, past all faults. */
  prepare(purse: Purse, control: Control): Promise<string>;
  call(purse: Purse, id: string, options: RequestOptions): PursePromise<unknown>;
  /** How often the change is in the ledger, or (for sessions) how often it was done. */
  countDone(control: Control, id: string): Promise<number>;
}

export const amount = 1200;
const merchant_reference = "REF-1";

function countInLedger(kind: LedgerEntry["kind"]): ChangingOperation["countDone"] {
  return async (control, id) => {
    const entries = await control.ledger(id);
    return entries.filter((entry) => entry.kind === kind && entry.amount === amount).length;
  };
}

const newPayment = (_purse: Purse, control: Control): Promise<string> => control.pay();

export const moneyOperations: readonly ChangingOperation[] = [
  {
    name: "capture",
    path: "/captures",
    isHonoured: true,
    prepare: newPayment,
    call: (purse, id, options) => purse.payments.capture(id, { amount, merchant_reference }, options),
    countDone: countInLedger("capture"),
  },
  {
    name: "refund",
    path: "/refunds",
    isHonoured: true,
    async prepare(purse, control) {
      const id = await control.pay();
      await purse.payments.capture(id, { amount: 12000 });
      return id;
    },
    call: (purse, id, options) => purse.payments.refund(id, { amount, merchant_reference }, options),
    countDone: countInLedger("refund"),
  },
  {
    name: "void",
    path: "/voids",
    isHonoured: true,
    prepare: newPayment,
    call: (purse, id, options) => purse.payments.void(id, { amount, merchant_reference }, options),
    countDone: countInLedger("void"),
  },
];

const order = { reference: "order-1", net_amount: amount };
const session = { amount, currency: "EUR", shopper_redirection_url: "https://shop.example/return", order };

/** Where the key is not known to be honoured: nothing unclear is ever sent twice. */
export const unconfirmedOperations: readonly ChangingOperation[] = [
  {
    name: "create payment",
    path: "/payments",
    isHonoured: false,
    prepare: () => Promise.resolve(""),
    call: (purse, _id, options) => {
      const split = [{ partner: "illicado", method: "giftcard", amount }];
      return purse.payments.create({ amount, currency: "EUR", order, split }, options);
    },
    async countDone(control) {
      return (await control.ledger()).filter(
        (entry) => entry.kind === "authorization" && entry.amount === amount,
      ).length;
    },
  },
  {
    name: "create session",
    path: "/client-sessions",
    isHonoured: false,
    prepare: () => Promise.resolve(""),
    call: (purse, _id, options) => purse.clientSessions.create(session, options),
    async countDone(control) {
      const created = (await control.requests()).filter(
        ({ path, status }) => path.endsWith("/client-sessions") && status === 200,
      );
      return created.length;
    },
  },
  {
    name: "abort session",
    path: "/abort",
    isHonoured: false,
    async prepare(purse) {
      return (await purse.clientSessions.create(session)).id;
    },
    call: (purse, id, options) => purse.clientSessions.abort(id, options),
    async countDone(control, id) {
      const aborted = (await control.requests()).filter(
        ({ path, status }) => path.includes(`${id}/abort`) && status === 200,
      );
      return aborted.length;
    },
  },
];

/** The result of a call, without the two types that TypeScript would have to tell apart. */
export type Outcome = { response: PurseResponse<unknown> } | { error: unknown };

export async function outcomeOf(call: PursePromise<unknown>): Promise<Outcome> {
  try {
    return { response: await call.withResponse() };
  } catch (error) {
    return { error };
  }
}
