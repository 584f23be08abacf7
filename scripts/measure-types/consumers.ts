/**
 * The programs that are compiled to measure what types cost. The two with calls do the same with the same bodies.
 *
 * Answers are only collected: openapi-fetch turns the open lists of values into objects (its `Readable` takes
 * `string & {}` for one), so they could not be used as text without a cast.
 */

export const emptyConsumer = "export {};\n";

export const wholeConsumer = 'export * from "purse-payments";\n';

const bodies = `
const id = "9a14962c-bdcf-49d1-8673-e75dfb48013f";
const order = { reference: "1", net_amount: 4299 };
const base = { amount: 4299, currency: "EUR", order, entity_id: "5e3a0862-7cc3-4427-92ba-9e1e9595f571" };
const session = { ...base, shopper_redirection_url: "https://shop.example/" };
const payment = { ...base, split: [{ partner: "dalenys", method: "creditcard" }] };
`;

export const ownConsumer = `
import { Purse } from "purse-payments";
${bodies}
const purse = new Purse({ environment: "sandbox" });
export const answers: unknown[] = [
  (await purse.clientSessions.create(session)).status,
  (await purse.clientSessions.retrieve(id)).status,
  (await purse.clientSessions.abort(id)).status,
  (await purse.payments.create(payment)).authorization.status,
  (await purse.payments.retrieve(id, { maxAgeSeconds: 60 })).authorization.status,
  ...(await purse.payments.capture(id, { amount: 3000 })).captures.map(({ status }) => status),
  ...(await purse.payments.refund(id, { amount: 1000 })).refunds.map(({ status }) => status),
  ...(await purse.payments.void(id, { amount: 1299 })).voids.map(({ status }) => status),
  ...(await purse.eligibleSolutions.list(base)).eligible_solutions.map(({ partner }) => partner),
  ...(await purse.signingKeys.list()).keys.map(({ kty }) => kty),
];
`;

export const bareConsumer = `
import createClient from "openapi-fetch";
import type { paths } from "purse-payments-schema";
${bodies}
const { GET, POST } = createClient<paths>({ baseUrl: "https://api.purse-sandbox.com" });
const path = { id };
function must<T>({ data }: { data?: T }): T {
  if (data === undefined) throw new Error("no answer");
  return data;
}
export const answers: unknown[] = [
  must(await POST("/payment/v2/client-sessions", { body: session })).status,
  must(await GET("/payment/v2/client-sessions/{id}", { params: { path } })).status,
  must(
    await POST("/payment/v2/client-sessions/{id}/abort", {
      params: { path },
      body: { status: "ABORTED_BY_MERCHANT" },
    }),
  ).status,
  must(await POST("/payment/v2/payments", { body: payment })).authorization.status,
  must(
    await GET("/payment/v2/payments/{id}", { params: { path, header: { "Cache-Control": "max-age=60" } } }),
  ).authorization.status,
  ...must(
    await POST("/payment/v2/payments/{id}/captures", { params: { path }, body: { amount: 3000 } }),
  ).captures.map(({ status }) => status),
  ...must(
    await POST("/payment/v2/payments/{id}/refunds", { params: { path }, body: { amount: 1000 } }),
  ).refunds.map(({ status }) => status),
  ...must(
    await POST("/payment/v2/payments/{id}/voids", { params: { path }, body: { amount: 1299 } }),
  ).voids.map(({ status }) => status),
  ...must(await POST("/payment/v2/eligible-solutions", { body: base })).eligible_solutions.map(
    ({ partner }) => partner,
  ),
  ...must(await GET("/payment/v2/signing-jwks")).keys.map(({ kty }) => kty),
];
`;
