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

/** What will happen by itself, as plain data: when, what, and to which object of the state. */
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

/** Captures what an automatic payment still has to capture. */
export interface CaptureJob extends Job {
  readonly kind: "capture";
  readonly paymentId: string;
}

/** The partners say how the pending parts of an authorization end. */
export interface SettleAuthorizationJob extends Job {
  readonly kind: "settle_authorization";
  readonly paymentId: string;
  /** The partner transactions that are pending. */
  readonly transactionIds: readonly string[];
  readonly answer: SettledAnswer;
}

/** The partners say how the pending parts of a capture, refund or void end. */
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

/** How something pending ends. */
export type SettledAnswer = "approve" | "refuse";

export type LedgerKind = "authorization" | "capture" | "refund" | "void";

/** One movement of money that really took place. */
export interface LedgerEntry {
  /** Counts from 1 over all payments. */
  readonly sequence: number;
  readonly paymentId: string;
  readonly kind: LedgerKind;
  /** Id of the capture, refund or void; of the payment for an authorization. */
  readonly operationId: string;
  readonly amount: MinorUnits;
  readonly currency: Currency;
  readonly idempotencyKey?: string;
}

/** A payment before its last change, and when that came. */
export interface EarlierPayment {
  readonly payment: Payment;
  readonly untilMs: number;
}

/** One notification: what is sent where, and how it went. */
export interface WebhookDelivery {
  readonly id: string;
  readonly paymentId: string;
  readonly version: number;
  /** The event type that the notification counts as; absent for authorizations, for which none is documented. */
  readonly eventType?: KnownWebhookEventType;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** Milliseconds since 1970 on the simulator's clock, here and below. */
  readonly createdAtMs: number;
  /** `waiting` for its time, a retry or an earlier one; `dropped` when a fault kept it from being sent. */
  status: "waiting" | "sending" | "delivered" | "failed" | "dropped";
  readonly attempts: WebhookAttempt[];
  /** When it is sent, or sent again. */
  nextAttemptAtMs?: number;
  /** Kind of the fault that it met. */
  readonly fault?: string;
}

export interface WebhookAttempt {
  readonly atMs: number;
  /** What the receiver answered; absent when it did not. */
  readonly status?: number;
  /** `delivered`, `answered with 500`, `failed (TimeoutError)` … */
  readonly outcome: string;
}

/** A signing key as data, its private half included: it protects nothing but a simulator. */
export interface SigningKeyRecord {
  /** As the key set shows it: the documentation has it as a number once and as a text once. */
  readonly kid: string | number;
  readonly privateKey: JWK;
  /** When it leaves the key set, in milliseconds since 1970; absent while it signs. */
  retiresAtMs?: number;
}

/**
 * How partners end an authorization: at once (`approve`, `refuse`, `error`), later by themselves (`pending` approves,
 * `pending_then_refuse` refuses), or when they are told to (`undecided`).
 */
export type AuthorizationAnswer =
  "approve" | "refuse" | "error" | "pending" | "pending_then_refuse" | "undecided";

/**
 * How partners end a capture, refund or void. `conflict` does a part of it and fails with the rest; `uncertain` leaves
 * open whether anything was done, until they are told.
 */
export type OperationAnswer =
  "approve" | "refuse" | "pending" | "pending_then_refuse" | "undecided" | "conflict" | "uncertain";

export type PartnerAnswer = AuthorizationAnswer | OperationAnswer;

/** What an answer is meant for; whatever is left out may be any. */
export interface PartnerOrderTarget {
  kind?: LedgerKind;
  partner?: string;
  method?: string;
}

/** An answer given beforehand. */
export interface PartnerOrder extends PartnerOrderTarget {
  readonly answer: PartnerAnswer;
}

export interface SessionRecord {
  readonly id: string;
  readonly request: CreateClientSessionRequest;
  readonly expiresAtMs: number;
  status: ClientSessionStatus;
  paymentId?: string;
  /** The payment link that opened it. */
  readonly paymentLinkId?: string;
}

export interface PaymentLinkRecord {
  readonly id: string;
  readonly request: CreatePaymentLinkRequest;
  readonly expiresAtMs: number;
  status: PaymentLinkStatus;
  /** The session that the link opened last. */
  sessionId?: string;
}
