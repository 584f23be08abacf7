import type { Purse } from "purse-payments";
import type { Journal } from "purse-payments/journal";
import type { WebhookStore } from "purse-payments/webhooks";
import type { OrderStore } from "./store/orders.js";
import type { PaymentStore } from "./store/payments.js";
import type { SessionStore } from "./store/sessions.js";

/** Everything the shop's routes work with. */
export interface Shop {
  readonly purse: Purse;
  readonly orders: OrderStore;
  readonly sessions: SessionStore;
  readonly payments: PaymentStore;
  /** Captures, refunds and voids, and the sessions whose payments are expected. */
  readonly journal: Journal;
  readonly settings: ShopSettings;
  /** Where payment pages are expected. The shopper is taken to one elsewhere by a link of their own choice. */
  readonly paymentPageOrigin?: string;
  /** Whether the payment service is a simulator on this machine: the card form then offers its test cards. */
  readonly takesTestCards?: boolean;
  /** Where handled webhooks are remembered; the process's memory when left out. */
  readonly webhookStore?: WebhookStore;
}

export interface ShopSettings {
  /** Where shoppers and Purse reach the shop, without a slash at the end. */
  readonly baseUrl: string;
  /** Signs the shop's cookies. */
  readonly cookieSecret: string;
  /** Proves that a webhook was asked for by this shop. */
  readonly webhookSecret: string;
  readonly officePassword: string;
  /** How often the journal looks for what is due. */
  readonly lookEveryMs: number;
}
