import type { Payment } from "../../../generated/schema.js";
import { readMembers } from "../../checks/members.js";
import { readDelivery, type Delivery } from "./delivery.js";
import { checkReceiveOptions, receiveOptionNames } from "./options.js";
import { readBack, type PaymentReader } from "./read-payment.js";

/** A delivery that carried the secret, with the payment as the service itself gives it. */
export interface ReceivedWebhook {
  /** Id of the payment. */
  readonly id: string;
  /** Version of the payment as read back; some answers have none. */
  readonly version?: number;
  /** Version that the delivery spoke of. A hint: if it is larger, the reading is behind the delivery. */
  readonly announcedVersion?: number;
  /** The payment as read back just now: possibly newer than what the delivery was about. */
  readonly payment: Payment;
}

export async function receiveWebhook(
  payments: PaymentReader,
  request: Request,
  options: unknown,
): Promise<ReceivedWebhook> {
  const checked = checkReceiveOptions(readMembers(options, "options", receiveOptionNames));
  const delivery = await readDelivery(request, checked);
  return toReceived(delivery, await readBack(payments, delivery.id, checked.deadlineMs));
}

export function toReceived(
  { id, announcedVersion }: Pick<Delivery, "id" | "announcedVersion">,
  payment: Payment,
): ReceivedWebhook {
  const version: unknown = payment.version; // Answers are not validated.
  return {
    id,
    ...(announcedVersion === undefined ? {} : { announcedVersion }),
    ...(typeof version === "number" ? { version } : {}),
    payment: withoutSecrets(payment),
  };
}

/** The service echoes the headers it was given, and so the secret; handlers like to log what they get. */
function withoutSecrets(payment: Payment): Payment {
  const headers: unknown = payment.webhook?.headers; // Answers are not validated.
  if (payment.webhook === undefined || !Array.isArray(headers)) return payment;
  const named = headers.flatMap((header: unknown) => {
    const name: unknown =
      typeof header === "object" && header !== null ? Reflect.get(header, "name") : undefined;
    return typeof name === "string" ? [{ name, values: [] }] : [];
  });
  return { ...payment, webhook: { ...payment.webhook, headers: named } };
}
