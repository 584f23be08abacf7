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

/** The simulator's whole state, as JSON data. */
export interface SimulatorState extends RandomPosition {
  readonly tokens: Record<string, TokenRecord>;
  readonly sessions: Record<string, SessionRecord>;
  readonly payments: Record<string, Payment>;
  /** Operation id by idempotency key. There is one client only, so the key alone is unique. */
  readonly operationIds: Record<string, string>;
  /** Internal data of each payment, by payment id. */
  readonly paymentNotes: Record<string, PaymentNote>;
  /** Internal data of each capture, refund and void, by operation id. */
  readonly operationNotes: Record<string, OperationNote>;
  readonly paymentLinks: Record<string, PaymentLinkRecord>;
  readonly ledger: LedgerEntry[];
  /** Scheduled jobs. */
  readonly due: DueJob[];
  /** Queued partner answers. */
  readonly partnerOrders: PartnerOrder[];
  /** The last one signs. */
  readonly signingKeys: SigningKeyRecord[];
  /** Webhooks, sent and pending. */
  readonly deliveries: WebhookDelivery[];
  /** Queued faults. */
  readonly faults: PlannedFault[];
}

interface PaymentNote {
  readonly captureDelayMs: number;
  readonly idempotencyKey?: string;
  /** What stale reads return. */
  earlier?: EarlierPayment;
}

interface OperationNote {
  readonly idempotencyKey?: string;
  /** For each share's transaction id, the id of the partner transaction that its money comes from. */
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

/** No prototype, because ids and keys are external input and could be `constructor`. */
function table<T>(): Record<string, T> {
  // Object.create returns `any`; an empty object fits every record type.
  return Object.create(null) as Record<string, T>;
}
