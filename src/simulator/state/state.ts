import type { SessionRecord, PaymentLinkRecord } from "./records.js";
import type { Payment } from "../../../generated/schema.js";
import type { PlannedFault } from "./fault-records.js";
import type { RandomPosition } from "./random.js";
import type {
  DueJob,
  LedgerEntry,
  EarlierPayment,
  WebhookDelivery,
  SigningKeyRecord,
  PartnerOrder,
} from "./records.js";

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
