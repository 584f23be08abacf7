import type {
  Currency,
  MinorUnits,
  Payment,
  ClientSessionStatus,
  CreateClientSessionRequest,
  CreatePaymentLinkRequest,
  PaymentLinkStatus,
} from "../../../generated/schema.js";
import type { KnownWebhookEventType } from "../../../generated/enums.js";
import type { JWK } from "jose";

/** A scheduled job, as plain data. */
export type DueJob =
  | CaptureJob
  | SettleAuthorizationJob
  | SettleOperationJob
  | ExpireSessionJob
  | ExpirePaymentLinkJob
  | DeliverWebhookJob;

interface Job {
  /** Milliseconds since 1970 on the simulator's clock. */
  readonly atMs: number;
}

/** Captures the remaining amount of an automatic payment. */
export interface CaptureJob extends Job {
  readonly kind: "capture";
  readonly paymentId: string;
}

/** Settles the pending parts of an authorization. */
export interface SettleAuthorizationJob extends Job {
  readonly kind: "settle_authorization";
  readonly paymentId: string;
  /** The pending partner transactions. */
  readonly transactionIds: readonly string[];
  readonly answer: SettledAnswer;
}

/** Settles the pending parts of a capture, refund or void. */
export interface SettleOperationJob extends Job {
  readonly kind: "settle_operation";
  readonly paymentId: string;
  readonly operationId: string;
  readonly transactionIds: readonly string[];
  readonly answer: SettledAnswer;
}

export interface ExpireSessionJob extends Job {
  readonly kind: "expire_session";
  /** Id of the client session. */
  readonly id: string;
}

export interface ExpirePaymentLinkJob extends Job {
  readonly kind: "expire_payment_link";
  /** Id of the payment link. */
  readonly id: string;
}

export interface DeliverWebhookJob extends Job {
  readonly kind: "deliver_webhook";
  readonly deliveryId: string;
}

/** How a pending transaction settles. */
export type SettledAnswer = "approve" | "refuse";

/** What can move: a hold on the shopper's money, or the money. */
export type LedgerKind = "authorization" | "capture" | "refund" | "void";

/** One movement of money. */
export interface LedgerEntry {
  /** Counts from 1 across all payments. */
  readonly sequence: number;
  /** Id of the payment. */
  readonly paymentId: string;
  /** What moved. */
  readonly kind: LedgerKind;
  /** Id of the capture, refund or void; for an authorization, of the payment. */
  readonly operationId: string;
  /** In minor units. */
  readonly amount: MinorUnits;
  /** Currency of the amount. */
  readonly currency: Currency;
  /** What moved at each partner; the amounts add up to {@link amount}. Empty for entries loaded from an older dump. */
  readonly parts: readonly LedgerPart[];
  /** The key that the request came with, if one did. */
  readonly idempotencyKey?: string;
}

/** The share of one partner and payment method in a movement of money. */
export interface LedgerPart {
  /** Name of the partner. */
  readonly partner: string;
  /** Name of the method. */
  readonly method: string;
  /** In minor units. */
  readonly amount: MinorUnits;
}

/** A payment before its last change, and the time of that change. */
export interface EarlierPayment {
  readonly payment: Payment;
  readonly untilMs: number;
}

/** One webhook and its delivery attempts. */
export interface WebhookDelivery {
  /** Names the webhook, for `redeliver`. */
  readonly id: string;
  /** Id of the payment. */
  readonly paymentId: string;
  /** Version of the payment that it announces. */
  readonly version: number;
  /** Absent for authorizations, for which no event type is documented. */
  readonly eventType?: KnownWebhookEventType;
  /** Address that it is sent to. */
  readonly url: string;
  /** Headers of the request, as names and values. */
  readonly headers: readonly (readonly [string, string])[];
  /** Body of the request: the payment as JSON. */
  readonly body: string;
  /** Milliseconds since 1970 on the simulator's clock, here and below. */
  readonly createdAtMs: number;
  /** `waiting` for its time, a retry or an earlier webhook; `dropped` by the fault `webhook_never`. */
  status: "waiting" | "sending" | "delivered" | "failed" | "dropped";
  /** The attempts so far, oldest first. */
  readonly attempts: WebhookAttempt[];
  /** Time of the next attempt. */
  nextAttemptAtMs?: number;
  /** Kind of the injected fault, if any. */
  readonly fault?: string;
}

/** One attempt to deliver a webhook. */
export interface WebhookAttempt {
  /** When it began, in milliseconds since 1970 on the simulator's clock. */
  readonly atMs: number;
  /** Status of the receiver's answer, if it answered. */
  readonly status?: number;
  /** `delivered`, `answered with 500`, `failed (TimeoutError)` … */
  readonly outcome: string;
}

/** A signing key, including its private part. */
export interface SigningKeyRecord {
  /** As in the key set: the documentation shows both a number and a string. */
  readonly kid: string | number;
  readonly privateKey: JWK;
  /** When it leaves the key set, in milliseconds since 1970; absent while it signs. */
  retiresAtMs?: number;
}

/**
 * Outcome of an authorization: immediate (`approve`, `refuse`, `error`), after a delay (`pending` approves,
 * `pending_then_refuse` refuses), or when settled by `partners.settle` (`undecided`).
 */
export type AuthorizationAnswer =
  "approve" | "refuse" | "error" | "pending" | "pending_then_refuse" | "undecided";

/**
 * Outcome of a capture, refund or void. `conflict` succeeds in part; `uncertain` leaves the result open until settled by
 * `partners.settle`.
 */
export type OperationAnswer =
  "approve" | "refuse" | "pending" | "pending_then_refuse" | "undecided" | "conflict" | "uncertain";

/** What a partner can be told to answer. */
export type PartnerAnswer = AuthorizationAnswer | OperationAnswer;

/** What an answer applies to; an absent member matches any value. */
export interface PartnerOrderTarget {
  /** What is asked of the partner. */
  kind?: LedgerKind;
  /** Name of the partner. */
  partner?: string;
  /** Name of the method. */
  method?: string;
}

/** A queued partner answer. */
export interface PartnerOrder extends PartnerOrderTarget {
  readonly answer: PartnerAnswer;
}

export interface SessionRecord {
  readonly id: string;
  readonly request: CreateClientSessionRequest;
  readonly expiresAtMs: number;
  status: ClientSessionStatus;
  paymentId?: string;
  /** The payment link that created the session. */
  readonly paymentLinkId?: string;
}

export interface PaymentLinkRecord {
  readonly id: string;
  readonly request: CreatePaymentLinkRequest;
  readonly expiresAtMs: number;
  status: PaymentLinkStatus;
  /** The link's latest session. */
  sessionId?: string;
}
