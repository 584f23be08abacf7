import { getPurse } from "../purse";

/** Reads nothing of the request, so Next tries to render it when it builds. */
export default async function Built() {
  const { amounts } = await getPurse().payments.retrieve(process.env.PAYMENT_ID);
  return <p>{`captured ${amounts.total_captured}`}</p>;
}
