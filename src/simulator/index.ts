export { createSimulator } from "./simulator.js";
export type { Simulator } from "./simulator.js";
export type { SimulatorEvent, SimulatorOptions } from "./simulator-options.js";
export type { AdjustableClock, Duration, SimulatorClock } from "./clock.js";
export type { WebhookAttempt, WebhookDelivery } from "./deliveries.js";
export type { CallFaultKind, Fault, Faults, PlannedFault, WebhookFaultKind } from "./faults.js";
export type { OperationId } from "./operation-lookup.js";
export type { KeyRotation } from "./redirection-signing.js";
export type { SimulatorDump } from "./snapshot.js";
export type { Ledger, LedgerEntry, LedgerKind } from "./ledger.js";
export type { PartnerControl } from "./partners.js";
export type {
  AuthorizationAnswer,
  OperationAnswer,
  PartnerAnswer,
  PartnerOrderTarget,
} from "./partner-answers.js";
export { testAmounts } from "./test-amounts.js";
export type { TestAmounts } from "./test-amounts.js";
export { createVaultFormToken, testCards } from "./test-cards.js";
export type { TestCard, TestCardName } from "./test-cards.js";
export type { SettledAnswer } from "./timeline.js";
export type { Listener, ListenOptions } from "./listen.js";
export type { RequestRecord } from "./request-log.js";
export type { Shopper, ShopperMeans, ShopperOutcome } from "./shopper.js";
