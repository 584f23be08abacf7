import { getPurse } from "../../purse";

/** Reads the payment that the path names, and nothing else of the request: Next 14 keeps what such a page fetches. */
export default async function Order({ params }) {
  const { payment } = await params;
  const { amounts } = await getPurse().payments.retrieve(payment);
  return <p>{`captured ${amounts.total_captured}`}</p>;
}
