export { createSimulator } from "./simulator.js";
export type { Simulator } from "./simulator-interface.js";
export type { SimulatorEvent, SimulatorOptions } from "./simulator-options.js";
export type { AdjustableClock, Duration, SimulatorClock } from "./state/clock.js";
export type { WebhookAttempt, WebhookDelivery } from "./state/records.js";
export type { CallFaultKind, Fault, PlannedFault, WebhookFaultKind } from "./state/fault-records.js";
export type { Faults } from "./faults/faults.js";
export type { OperationId } from "./protocol/operation-lookup.js";
export type { KeyRotation } from "./state/redirection-signing.js";
export type { SimulatorDump } from "./state/snapshot.js";
export type { LedgerEntry, LedgerKind, LedgerPart } from "./state/records.js";
export type { Ledger } from "./state/ledger.js";
export type { PartnerControl } from "./payments/partners.js";
export type {
  AuthorizationAnswer,
  OperationAnswer,
  PartnerAnswer,
  PartnerOrderTarget,
} from "./state/records.js";
export { testAmounts } from "./partners/test-amounts.js";
export type { TestAmounts } from "./partners/test-amounts.js";
export { createVaultFormToken, testCards } from "./partners/test-cards.js";
export type { TestCard, TestCardName } from "./partners/test-cards.js";
export type { SettledAnswer } from "./state/records.js";
export type { Listener, ListenOptions } from "./server/listen.js";
export type { RequestRecord } from "./server/request-log.js";
export type { Shopper, ShopperMeans, ShopperOutcome } from "./checkout/shopper.js";
