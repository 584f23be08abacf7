import type {
  ApiPath,
  AuthorizationStatus,
  ClientSession,
  Payment,
  Problem,
  Purse,
  PurseHooks,
  PurseLogger,
} from "purse-payments";
import type { Equal, Exactly, Expect } from "./assertions.js";

const path = { id: "9a14962c-bdcf-49d1-8673-e75dfb48013f" };

/** `data` is the very type that the methods resolve to, its open lists of values included. */
export async function read({ api }: Purse): Promise<AuthorizationStatus> {
  const { data, error, response } = await api.GET("/payment/v2/payments/{id}", { params: { path } });
  if (error !== undefined) {
    const problem: Exactly<typeof error, Problem> = error;
    throw new Error(`${String(response.status)} ${problem.title ?? ""}`);
  }
  const payment: Exactly<typeof data, Payment> = data;
  const text: string = payment.authorization.status; // Text, and no object made of the methods of one.
  console.log(text.toLowerCase());
  return payment.authorization.status;
}

export async function change({ api }: Purse): Promise<Payment | undefined> {
  const params = { path, header: { "x-idempotency-key": "key" } };
  const { data } = await api.POST("/payment/v2/payments/{id}/captures", { params, body: { amount: 1 } });
  return data;
}

export async function others({ api }: Purse, signal: AbortSignal): Promise<void> {
  const keys = await api.GET("/payment/v2/signing-jwks");
  console.log(keys.data?.keys.length);
  const session = await api.GET("/payment/v2/client-sessions/{id}", {
    params: { path },
    signal,
    deadlineMs: 1,
  });
  const found: Exactly<typeof session.data, ClientSession | undefined> = session.data;
  console.log(found?.id);
}

export async function callsThatDoNotCompile({ api }: Purse): Promise<void> {
  // @ts-expect-error no such path
  await api.GET("/payment/v2/payment/{id}", { params: { path } });
  // @ts-expect-error the path takes another method
  await api.GET("/payment/v2/payments/{id}/captures", { params: { path } });
  // @ts-expect-error the id is missing
  await api.GET("/payment/v2/payments/{id}");
  // @ts-expect-error an id is text
  await api.GET("/payment/v2/payments/{id}", { params: { path: { id: 1 } } });
  // @ts-expect-error the body is missing
  await api.POST("/payment/v2/payments/{id}/captures", { params: { path } });
  // @ts-expect-error a misspelt member
  await api.POST("/payment/v2/payments/{id}/captures", { params: { path }, body: { amonut: 1 } });
  // @ts-expect-error a read has no body
  await api.GET("/payment/v2/payments/{id}", { params: { path }, body: {} });
  // @ts-expect-error credentials are no business of a program's
  await api.POST("/oauth/token", { body: { grant_type: "client_credentials" } });
  // @ts-expect-error another address
  await api.GET("/payment/v2/payments/{id}", { params: { path }, baseUrl: "https://elsewhere.test" });
}

export type Paths = [
  Expect<
    Equal<
      ApiPath<"get">,
      "/payment/v2/client-sessions/{id}" | "/payment/v2/payments/{id}" | "/payment/v2/signing-jwks"
    >
  >,
];

export const consoleFits: PurseLogger = console;
export const asyncHookFits: PurseHooks = {
  async onCallEnd({ outcome, durationMs }) {
    await Promise.resolve(`${outcome} ${String(durationMs)}`);
  },
};
// @ts-expect-error a misspelt hook
export const misspelt: PurseHooks = { onCallEnded: () => undefined };
