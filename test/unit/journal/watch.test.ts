import { expect, test, vi } from "vitest";
import { createJournal, createSqlStore } from "../../../src/journal/index.js";
import { bench } from "../../support/journal.js";
import { simulate, paidPayment } from "../../support/simulated.js";
import { openSqlite } from "../../support/sql.js";

const capture = { id: "order-1/capture/1", amount: 3000, merchantReference: "CAP-1" };

test("hooks and logger are told of every new state and every failure, and of no id, key or amount", async () => {
  const [onMovementState, onFailure] = [vi.fn(), vi.fn()];
  const lines: [level: string, line: string, facts: object][] = [];
  const level = (name: string) => (line: string, facts: object) => lines.push([name, line, facts]);
  const logger = { debug: level("debug"), info: level("info"), warn: level("warn"), error: level("error") };
  const onChange = vi.fn().mockRejectedValueOnce(new TypeError("no"));
  const { simulator, journal, paymentId, end, passAfter } = await bench({
    hooks: { onMovementState, onFailure },
    logger,
    onChange,
  });
  simulator.partners.next("undecided", { kind: "capture" });
  const { operationId = "", idempotencyKey } = await end(journal.capture({ ...capture, paymentId }));
  simulator.partners.settle(operationId, "approve");
  await passAfter(15_000);
  await end(journal.capture({ ...capture, id: "too much", amount: 99_999, paymentId }));
  expect(onMovementState.mock.calls.map(([event]) => event as object)).toEqual([
    { kind: "capture", state: "pending", operationStatus: "PENDING", attempts: 1, ageMs: 0 },
    { kind: "capture", state: "succeeded", operationStatus: "SUCCESS", attempts: 1, ageMs: 15_000 },
    { kind: "capture", state: "refused", attempts: 1, ageMs: 0 },
  ]);
  expect(onFailure.mock.calls).toEqual([[{ what: "onChange", failure: "TypeError" }, new TypeError("no")]]);
  expect(lines.map(([name, line]) => `${name} ${line}`)).toEqual([
    "debug journal: capture pending, attempts 1, age 0 ms",
    "warn journal: onChange failed (TypeError); it is tried again",
    "debug journal: capture succeeded, attempts 1, age 15000 ms",
    "warn journal: capture refused, attempts 1, age 0 ms",
  ]);
  for (const secret of [paymentId, operationId, idempotencyKey, "3000", "order-1"])
    expect(JSON.stringify(lines)).not.toContain(secret);
});

test("a movement in doubt is an error line", async () => {
  const error = vi.fn();
  const { simulator, journal, paymentId, end, passAfter } = await bench({ logger: { error } });
  simulator.partners.next("uncertain", { kind: "capture" });
  await end(journal.capture({ ...capture, paymentId }));
  await passAfter(300_000);
  expect(error).toHaveBeenCalledTimes(1);
});

test("hooks and loggers that throw change nothing", async () => {
  const fail = (): never => {
    throw new Error("no");
  };
  const reject = (): Promise<never> => Promise.reject(new Error("no"));
  const { journal, paymentId, end } = await bench({
    hooks: { onMovementState: fail, onFailure: reject },
    logger: { debug: reject, warn: fail },
    onChange: fail,
  });
  expect(await end(journal.capture({ ...capture, paymentId }))).toMatchObject({ state: "succeeded" });
});

test("a movement takes at most four statements, made in any way", async () => {
  const simulated = simulate();
  const { id: paymentId } = await paidPayment(simulated);
  const { dialect, query } = openSqlite();
  const texts: string[] = [];
  const store = createSqlStore({
    dialect,
    query: (text, values) => {
      texts.push(text);
      return query(text, values);
    },
  });
  await store.migrate();
  const journal = createJournal(simulated.purse, { store, onChange: () => undefined });
  texts.length = 0;
  await journal.capture({ id: "now", paymentId, amount: 10 });
  expect(texts).toHaveLength(3);
  texts.length = 0;
  await journal.record({ kind: "capture", id: "recorded", paymentId, amount: 10 });
  await journal.resume({ limit: 1 });
  expect(texts).toHaveLength(4);
  texts.length = 0;
  await journal.capture({ id: "now", paymentId, amount: 10 });
  expect(texts).toHaveLength(2);
});

test("what is in the table holds no secret", async () => {
  const simulated = simulate();
  const { id: paymentId } = await paidPayment(simulated);
  const { dialect, query } = openSqlite();
  const store = createSqlStore({ dialect, query });
  await store.migrate();
  const journal = createJournal(simulated.purse, { store });
  simulated.simulator.faults.add({ kind: "bad_request", operation: "capturePayment" });
  await journal.capture({ ...capture, paymentId });
  await journal.refund({ id: "refund", paymentId, amount: 1 });
  const rows = JSON.stringify(await query("select * from purse_journal", []));
  const { clientSecret, apiKey } = simulated.simulator;
  expect(rows).toContain("bad_request: ");
  for (const secret of [clientSecret, apiKey, "Bearer", "123456789"]) expect(rows).not.toContain(secret);
});
