import type {
  ClientSessionStatus,
  CreateClientSessionRequest,
  CreatePaymentLinkRequest,
  Payment,
  PaymentLinkStatus,
} from "../../../generated/schema.js";
import type { WebhookDelivery } from "../webhooks/deliveries.js";
import type { EarlierPayment } from "./earlier-payments.js";
import type { PlannedFault } from "../faults/faults.js";
import type { LedgerEntry } from "./ledger.js";
import type { PartnerOrder } from "../partners/partner-answers.js";
import type { RandomPosition } from "./random.js";
import type { SigningKeyRecord } from "./redirection-signing.js";
import type { DueJob } from "../timeline.js";

/** Everything the simulator remembers, as plain data that JSON can hold. */
export interface SimulatorState extends RandomPosition {
  readonly tokens: Record<string, TokenRecord>;
  readonly sessions: Record<string, SessionRecord>;
  readonly payments: Record<string, Payment>;
  /** Id of the operation that each idempotency key created. One client only, so the key alone is unique. */
  readonly operationIds: Record<string, string>;
  /** What is known of each payment beyond what answers show. */
  readonly paymentNotes: Record<string, PaymentNote>;
  /** What is known of each capture, refund and void beyond what answers show. */
  readonly operationNotes: Record<string, OperationNote>;
  readonly paymentLinks: Record<string, PaymentLinkRecord>;
  readonly ledger: LedgerEntry[];
  /** What will happen by itself. */
  readonly due: DueJob[];
  /** What the partners were told to answer next. */
  readonly partnerOrders: PartnerOrder[];
  /** The newest signs. */
  readonly signingKeys: SigningKeyRecord[];
  /** Notifications, sent and to be sent. */
  readonly deliveries: WebhookDelivery[];
  /** Faults that wait for their calls. */
  readonly faults: PlannedFault[];
}

interface PaymentNote {
  readonly captureDelayMs: number;
  readonly idempotencyKey?: string;
  /** What reads that lag behind still show. */
  earlier?: EarlierPayment;
}

interface OperationNote {
  readonly idempotencyKey?: string;
  /** Id of the partner transaction that each share was taken from, by the id of the share's own. */
  readonly sourceIds: Record<string, string>;
}

interface TokenRecord {
  readonly expiresAtMs: number;
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

export function createState(): SimulatorState {
  return {
    tokens: table(),
    sessions: table(),
    payments: table(),
    operationIds: table(),
    paymentNotes: table(),
    operationNotes: table(),
    paymentLinks: table(),
    ledger: [],
    due: [],
    partnerOrders: [],
    signingKeys: [],
    deliveries: [],
    faults: [],
    randomPosition: 0,
  };
}

/** Without a prototype: ids and keys come from outside, and one may be called `constructor`. */
function table<T>(): Record<string, T> {
  // Object.create returns `any`; an object without members is a table of anything.
  return Object.create(null) as Record<string, T>;
}
