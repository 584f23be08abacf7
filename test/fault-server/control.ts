import type { LedgerEntry } from "../../src/simulator/index.js";
import type { PlannedFault, SeenRequest } from "./faults.js";

/** The tests' side of the back door; needs nothing but fetch, so that cases can run in any runtime. */
export interface Control {
  readonly serviceUrl: string;
  plan(...faults: PlannedFault[]): Promise<void>;
  /** Forgets the faults planned for a path, or all. */
  clearFaults(path?: string): Promise<void>;
  /** Resolves when the service has done all that it was asked to, late commits included. */
  settled(): Promise<void>;
  /** What has moved: of one payment, or of all. */
  ledger(paymentId?: string): Promise<LedgerEntry[]>;
  /** Requests whose path contains this, or all. */
  requests(path?: string): Promise<SeenRequest[]>;
  pay(): Promise<string>;
  credentials(): Promise<{ clientId: string; clientSecret: string; entityId: string }>;
}

export function connectControl(serviceUrl: string, controlUrl: string): Control {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(controlUrl + path, init);
    if (!response.ok)
      throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as T; // Both ends are ours.
  }
  return {
    serviceUrl,
    plan: (...faults) => ask("POST", "/faults", faults),
    clearFaults: (path) => ask("POST", "/faults/clear", path ?? null),
    settled: () => ask("POST", "/settled"),
    ledger: (paymentId) => ask("POST", "/ledger", paymentId ?? null),
    requests: (path) => ask("POST", "/requests", path ?? null),
    pay: async () => (await ask<{ paymentId: string }>("POST", "/payments", null)).paymentId,
    credentials: () => ask("GET", "/credentials"),
  };
}
