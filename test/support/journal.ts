import { createResources } from "../../src/client.js";
import type { Payment } from "../../src/index.js";
import { journalOf, type Journal } from "../../src/journal/journal.js";
import { createStore } from "../../src/journal/memory-store.js";
import type { PassResult } from "../../src/journal/index.js";
import { readParts, type JournalOptions } from "../../src/journal/options.js";
import type { JournalClient } from "../../src/journal/parts.js";
import type { JournalStore } from "../../src/journal/store.js";
import {
  createSimulator,
  type LedgerKind,
  type Simulator,
  type SimulatorDump,
} from "../../src/simulator/index.js";
import { manualClock, runToEnd, type ManualClock } from "./manual-clock.js";
import { paidPayment } from "./simulated.js";

/** A journal over a simulator, on a clock that the test moves. */
export interface Bench {
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  readonly purse: JournalClient;
  readonly store: JournalStore;
  readonly journal: Journal;
  /** An authorized payment of 120.00. */
  readonly paymentId: string;
  /** Another process on the same store. */
  readonly start: (options?: Partial<JournalOptions>, client?: JournalClient) => Journal;
  /** Lets time run until the promise is settled. */
  readonly end: <T>(promise: Promise<T>) => Promise<T>;
  /** Lets so much time pass, on the simulator's clock too, and then makes one pass. */
  readonly passAfter: (ms: number, journal?: Journal) => Promise<PassResult>;
  readonly read: () => Promise<Payment>;
  readonly moved: (kind: LedgerKind) => number[];
}

export interface BenchOptions extends Partial<JournalOptions> {
  readonly maxRetries?: number;
}

interface Paid {
  readonly state: SimulatorDump;
  readonly paymentId: string;
}

let paid: Promise<Paid> | undefined;

/** A simulator in which a payment of 120.00 was authorized: made once, since its keys take a while. */
export async function startSimulator(
  clock: ManualClock,
): Promise<{ simulator: Simulator; paymentId: string }> {
  paid ??= pay();
  const { state, paymentId } = await paid;
  const simulator = createSimulator({
    clock: { nowMs: () => clock.wallMs() },
    state: structuredClone(state),
  });
  return { simulator, paymentId };
}

async function pay(): Promise<Paid> {
  const clock = manualClock();
  const simulator = createSimulator({ clock: { nowMs: () => clock.wallMs() } });
  const { baseUrl, clientId, clientSecret, entityId, fetch } = simulator;
  const purse = createResources(
    { baseUrl, clientId, clientSecret, entityId, fetch },
    { clock, random: () => 0.5 },
  );
  const { id: paymentId } = await paidPayment({ simulator, purse });
  return { state: simulator.dump(), paymentId };
}

export async function bench({ maxRetries = 0, ...options }: BenchOptions = {}): Promise<Bench> {
  const clock = manualClock();
  const { simulator, paymentId } = await startSimulator(clock);
  const { baseUrl, clientId, clientSecret, entityId, fetch } = simulator;
  const purse = createResources(
    { baseUrl, clientId, clientSecret, entityId, fetch, maxRetries },
    { clock, random: () => 0.5 },
  );
  const store = options.store ?? createStore(clock);
  const start = (more: Partial<JournalOptions> = {}, client: JournalClient = purse): Journal =>
    journalOf(readParts(client, { store, ...options, ...more }, { clock, random: () => 1 }));
  const journal = start();
  const end = async <T>(promise: Promise<T>): Promise<T> => runToEnd(clock, promise);
  return {
    simulator,
    clock,
    purse,
    store,
    journal,
    paymentId,
    start,
    end,
    async passAfter(ms, one = journal) {
      await clock.advance(ms);
      return end(one.resume());
    },
    read: () => end(Promise.resolve(purse.payments.retrieve(paymentId))),
    moved: (kind) =>
      simulator.ledger
        .entries(paymentId)
        .filter((entry) => entry.kind === kind)
        .map(({ amount }) => amount),
  };
}
