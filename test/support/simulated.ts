import { Purse, type Payment, type PurseOptions } from "../../src/index.js";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.js";

export interface Simulated {
  simulator: Simulator;
  purse: Purse;
}

/** A simulator without a port, and a client of it. */
export function simulate(options: PurseOptions = {}, simulatorOptions: SimulatorOptions = {}): Simulated {
  const simulator = createSimulator(simulatorOptions);
  const { baseUrl, clientId, clientSecret, entityId } = simulator;
  const fetch = (url: string, init: RequestInit): Promise<Response> => simulator.fetch(url, init);
  return { simulator, purse: new Purse({ baseUrl, clientId, clientSecret, entityId, fetch, ...options }) };
}

export const smallOrder = {
  amount: 12000,
  currency: "EUR",
  shopper_redirection_url: "https://shop.example/return?order_id=123456789",
  order: { reference: "123456789", net_amount: 12000 },
} as const;

/** The same order, with another address to come back to. */
export function smallOrderTo(
  shopper_redirection_url: string,
): Omit<typeof smallOrder, "shopper_redirection_url"> & { shopper_redirection_url: string } {
  return { ...smallOrder, shopper_redirection_url };
}

/** A payment that the shopper made, authorized and not captured. */
export async function paidPayment({ simulator, purse }: Simulated): Promise<Payment> {
  const session = await purse.clientSessions.create(smallOrder);
  const { redirectUrl } = await simulator.shopper.pay(session.id);
  const claims = await purse.redirection.verify(redirectUrl, { clientSessionId: session.id });
  return purse.payments.retrieve(claims.payment_id ?? "");
}

/** How much the ledger saw moving for a payment, by kind. */
export function movedBy(simulator: Simulator, paymentId: string): Record<string, number[]> {
  const moved: Record<string, number[]> = {};
  for (const { kind, amount } of simulator.ledger.entries(paymentId)) (moved[kind] ??= []).push(amount);
  return moved;
}
