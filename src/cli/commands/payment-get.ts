import type { Operation, Payment } from "../../../generated/schema.js";
import { createClient } from "../client.js";
import { deadlineOption, jsonOption, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { amountText, table, toJson } from "../presentation.js";

export const paymentGet: Command = {
  name: "payment get",
  summary: "Reads a payment.",
  operands: ["PAYMENT_ID"],
  options: {
    "max-age": { value: "SECONDS", help: "lets the service answer from data so old (default: fresh)" },
    ...jsonOption,
    ...deadlineOption,
  },
  notes: "JSON holds what the service knows of the shopper as well.",
  async run({ args, terminal, signal }) {
    const [id = ""] = args.operands;
    const maxAgeSeconds = args.number("max-age", "count");
    const payment = await createClient(args).payments.retrieve(id, { signal, maxAgeSeconds });
    terminal.print(args.has("json") ? toJson(payment) : describePayment(payment));
    return exitCodes.ok;
  },
};

/** The payment as a table; answers are not validated, so members may be missing. */
export function describePayment(payment: Partial<Payment>): string {
  const { id, order_reference: order, version, created_at: createdAt, currency } = payment;
  const amounts: Partial<Record<string, number>> = payment.amounts ?? {};
  const figure = (name: string): string => amountText(amounts[name], currency);
  const operations = (["captures", "refunds", "voids"] as const).flatMap((list) =>
    (payment[list] ?? []).map(
      (operation) => [list.slice(0, -1), describeOperation(operation, currency)] as const,
    ),
  );
  return table([
    ["payment", `${id ?? "?"}${version === undefined ? "" : `, version ${String(version)}`}`],
    ["order", order ?? "?"],
    ["created", createdAt ?? "?"],
    ["amount", amountText(payment.amount, currency)],
    ["authorization", payment.authorization?.status ?? "?"],
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
