import { getPurse } from "../purse";

/** As the page beside it, with a change: nothing of it may happen when Next builds. */
export async function GET() {
  const purse = getPurse();
  const session = await purse.clientSessions.create({
    amount: 100,
    currency: "EUR",
    shopper_redirection_url: "https://shop.example/return",
    order: { reference: "order-of-a-build", net_amount: 100 },
  });
  const { amounts } = await purse.payments.retrieve(process.env.PAYMENT_ID);
  return Response.json(`captured ${amounts.total_captured}, ${session.status}`);
}
