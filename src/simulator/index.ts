export { createSimulator } from "./simulator.js";
export type { Simulator, SimulatorOptions } from "./simulator.js";
export type { SimulatorClock } from "./clock.js";
export type { Ledger, LedgerEntry, LedgerKind } from "./ledger.js";
export type { Listener, ListenOptions } from "./listen.js";
export type { RequestRecord } from "./request-log.js";
export type { Shopper, ShopperOutcome } from "./shopper.js";
