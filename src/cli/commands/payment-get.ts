import type { Operation, OperationTransaction, Payment } from "../../../generated/schema.js";
import { createClient } from "../client.js";
import { deadlineOption, jsonOption, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { amountText, table, toJson } from "../presentation.js";

export const paymentGet: Command = {
  name: "payment get",
  summary: "Reads a payment.",
  operands: ["PAYMENT_ID"],
  options: {
    "max-age": { value: "SECONDS", help: "accept data up to this old (default: fresh)" },
    ...jsonOption,
    ...deadlineOption,
  },
  notes:
    "A payment by several means, such as a gift card and a card, is shown with its parts. JSON also contains the\n" +
    "shopper's data.",
  async run({ args, terminal, signal }) {
    const [id = ""] = args.operands;
    const maxAgeSeconds = args.number("max-age", "count");
    const payment = await createClient(args).payments.retrieve(id, { signal, maxAgeSeconds });
    terminal.print(args.has("json") ? toJson(payment) : describePayment(payment));
    return exitCodes.ok;
  },
};

/** The payment as a table. Answers are not validated, so members may be missing. */
export function describePayment(payment: Partial<Payment>): string {
  const { id, order_reference: order, version, created_at: createdAt, currency } = payment;
  const amounts: Partial<Record<string, number>> = payment.amounts ?? {};
  const figure = (name: string): string => amountText(amounts[name], currency);
  const parts = payment.authorization?.partner_transactions ?? payment.split ?? [];
  const operations = (["captures", "refunds", "voids"] as const).flatMap((list) =>
    (payment[list] ?? []).flatMap((operation) => [
      [list.slice(0, -1), describeOperation(operation, currency)] as const,
      ...sharesOf(operation, currency),
    ]),
  );
  return table([
    ["payment", `${id ?? "?"}${version === undefined ? "" : `, version ${String(version)}`}`],
    ["order", order ?? "?"],
    ["created", createdAt ?? "?"],
    ["amount", amountText(payment.amount, currency)],
    ["authorization", payment.authorization?.status ?? "?"],
    ...parts.map((part) => [parts.length === 1 ? "paid by" : "part", describePart(part, currency)] as const),
    ["captured", `${figure("total_captured")}, ${figure("available_to_capture")} can be captured`],
    ["refunded", `${figure("total_refunded")}, ${figure("available_to_refund")} can be refunded`],
    ["voided", `${figure("total_voided")}, ${figure("available_to_void")} can be voided`],
    ...operations,
  ]);
}

export function describeOperation(operation: Partial<Operation>, currency: unknown): string {
  const { status, amount, id, merchant_reference: reference } = operation;
  const name = reference === undefined ? "" : `, reference ${reference}`;
  return `${status ?? "?"} ${amountText(amount, currency)}, id ${id ?? "?"}${name}`;
}

/** What each means of payment has taken of an operation, where there are several. */
function sharesOf(
  { partner_transactions: shares }: Partial<Operation>,
  currency: unknown,
): (readonly [string, string])[] {
  if (!Array.isArray(shares) || shares.length < 2) return [];
  return shares.map((share) => ["  of it", describePart(share, currency)] as const);
}

type Part = Partial<Pick<OperationTransaction, "amount" | "partner" | "method" | "status">>;

/** For example `20.00 EUR by giftcard (illicado), AUTHORIZED`. */
function describePart({ amount, partner, method, status }: Part, currency: unknown): string {
  const by = `${amountText(amount, currency)} by ${method ?? "?"} (${partner ?? "?"})`;
  return status === undefined ? by : `${by}, ${status}`;
}
