import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  createMemoryStore,
  createSqlStore,
  type JournalStore,
  type SqlStore,
} from "../../../src/journal/index.js";
import type { Entry, NewEntry } from "../../../src/journal/entry.js";
import { databases, type TestDatabase } from "../../support/sql.js";

const wanted: NewEntry = {
  topic: "movement",
  id: "order-1/capture/1",
  kind: "capture",
  paymentId: "9a14962c-bdcf-49d1-8673-e75dfb48013f",
  amount: 4299,
  merchantReference: "CAP#1",
  idempotencyKey: "3f0c8dcb-0d53-4d0e-9d3c-a3f0f9d6c111",
  attempts: 1,
  endsAtMs: undefined,
};
const session: NewEntry = {
  ...wanted,
  topic: "session",
  kind: "session",
  id: "a-session",
  paymentId: undefined,
  merchantReference: undefined,
  amount: 0,
  attempts: 0,
};

async function inserted(store: JournalStore, more: Partial<NewEntry> = {}, dueInMs = 0): Promise<Entry> {
  const entry = await store.insert({ ...wanted, ...more }, dueInMs);
  if (entry === undefined) throw new Error("it is there already");
  return entry;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function contract(create: () => Promise<JournalStore>): void {
  let store: JournalStore;
  beforeEach(async () => {
    store = await create();
  });

  test("keeps an entry as it was given, with the times of its clock", async () => {
    const entry = await inserted(store);
    expect(entry).toEqual({
      ...wanted,
      state: "open",
      operationId: undefined,
      operationStatus: undefined,
      reason: undefined,
      harmless: 0,
      unclearSinceMs: undefined,
      seenVersion: undefined,
      untold: "",
      told: undefined,
      createdAtMs: entry.createdAtMs,
      updatedAtMs: entry.createdAtMs,
      revision: 1,
      nowMs: entry.nowMs,
    });
    expect(Math.abs(entry.createdAtMs - Date.now())).toBeLessThan(10_000);
    expect(await store.find("movement", wanted.id)).toEqual({
      ...entry,
      nowMs: expect.any(Number) as number,
    });
  });

  test("inserts an id once, though another has another topic", async () => {
    await inserted(store);
    expect(await store.insert({ ...wanted, amount: 1 }, 0)).toBeUndefined();
    expect(await store.insert({ ...session, id: wanted.id }, 0)).toBeDefined();
    expect((await store.find("movement", wanted.id))?.amount).toBe(4299);
    expect(await store.find("movement", "another")).toBeUndefined();
  });

  test("inserts an id once, of many that try at the same time", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => store.insert(wanted, 1000)));
    expect(all.filter((entry) => entry !== undefined)).toHaveLength(1);
  });

  test("keeps the largest amount and the longest texts", async () => {
    const id = "ü€\u{1F600}".repeat(60);
    await inserted(store, {
      id,
      amount: Number.MAX_SAFE_INTEGER,
      merchantReference: `"'\\${"x".repeat(250)}`,
    });
    expect(await store.find("movement", id)).toMatchObject({
      amount: Number.MAX_SAFE_INTEGER,
      merchantReference: `"'\\${"x".repeat(250)}`,
    });
  });

  test("gives what is due to one taker, and not again before the lease is over", async () => {
    await inserted(store);
    await inserted(store, { id: "later" }, 60_000);
    const taken = await Promise.all([store.take(10, 600_000, undefined), store.take(10, 600_000, undefined)]);
    expect(taken.flat()).toMatchObject([{ id: wanted.id, revision: 2 }]);
    expect(await store.take(10, 600_000, undefined)).toEqual([]);
    const [held] = taken.flat();
    if (held !== undefined) await store.renew(held, 20);
    await pause(40);
    expect(await store.take(10, 600_000, undefined)).toMatchObject([{ id: wanted.id, revision: 3 }]);
  });

  test("gives no more than asked for, those that have waited longest first", async () => {
    for (const id of ["one", "two", "three"]) {
      await inserted(store, { id });
      await pause(5);
    }
    expect((await store.take(2, 1000, undefined)).map(({ id }) => id).sort()).toEqual(["one", "two"]);
    expect((await store.take(2, 1000, undefined)).map(({ id }) => id)).toEqual(["three"]);
  });

  test("gives nothing that came due after the given time", async () => {
    const { nowMs } = await inserted(store);
    await pause(5);
    await inserted(store, { id: "later" });
    expect((await store.take(10, 1000, nowMs)).map(({ id }) => id)).toEqual([wanted.id]);
  });

  test("counts an attempt where Purse will be asked, and nowhere else", async () => {
    const states = [
      { id: "open", state: "open" },
      { id: "accepted", state: "pending" },
      { id: "read", state: "pending", operationId: "an-operation" },
      { id: "told", state: "succeeded", operationId: "an-operation" },
    ] as const;
    for (const { id, ...rest } of states)
      await store.write({ ...(await inserted(store, { id })), ...rest }, 0);
    await store.insert(session, 0);
    const taken = await store.take(10, 1000, undefined);
    expect(Object.fromEntries(taken.map(({ id, attempts }) => [id, attempts]))).toEqual({
      open: 2,
      accepted: 2,
      read: 1,
      told: 1,
      "a-session": 0,
    });
  });

  test("replaces what can change, and gives it back", async () => {
    const entry = await inserted(store);
    const changed: Entry = {
      ...entry,
      state: "pending",
      operationId: "an-operation",
      operationStatus: "UNCERTAIN",
      reason: "because",
      attempts: 3,
      harmless: 2,
      unclearSinceMs: entry.nowMs + 1,
      seenVersion: 7,
      untold: "pending",
      told: "a-fingerprint",
      endsAtMs: entry.nowMs + 2,
      updatedAtMs: entry.nowMs + 3,
    };
    const written = await store.write(changed, 1000);
    expect(written).toEqual({ ...changed, revision: 2, nowMs: expect.any(Number) as number });
    expect(
      await store.write({ ...changed, revision: 2, operationId: undefined, reason: undefined }, 1000),
    ).toMatchObject({
      operationId: undefined,
      reason: undefined,
      revision: 3,
    });
  });

  test("refuses a write after the lease has expired", async () => {
    await inserted(store);
    const [first] = await store.take(1, 1, undefined);
    await pause(10);
    const [second] = await store.take(1, 60_000, undefined);
    if (first === undefined || second === undefined) throw new Error("it was not taken twice");
    expect(await store.write({ ...first, state: "refused" }, undefined)).toBeUndefined();
    expect(await store.renew(first, 60_000)).toBe(false);
    expect(await store.write({ ...second, state: "succeeded" }, undefined)).toMatchObject({
      state: "succeeded",
    });
    expect((await store.find("movement", wanted.id))?.state).toBe("succeeded");
  });

  test("lets one of many write that are based on the same revision", async () => {
    const entry = await inserted(store);
    const all = await Promise.all(
      Array.from({ length: 10 }, () => store.write({ ...entry, state: "pending" }, 0)),
    );
    expect(all.filter((written) => written !== undefined)).toHaveLength(1);
  });

  test("puts off the end of a lease", async () => {
    await inserted(store);
    const [taken] = await store.take(1, 100, undefined);
    if (taken === undefined) throw new Error("nothing was due");
    expect(await store.renew(taken, 60_000)).toBe(true);
    await pause(150);
    expect(await store.take(1, 100, undefined)).toEqual([]);
  });

  test("takes no more what has nothing left to do", async () => {
    await store.write({ ...(await inserted(store)), state: "succeeded" }, undefined);
    expect(await store.take(10, 1000, undefined)).toEqual([]);
  });

  test("finds what concerns a payment, in either case, and its session", async () => {
    await inserted(store);
    await inserted(store, { id: "upper", paymentId: wanted.paymentId?.toUpperCase() });
    await inserted(store, { id: "other", paymentId: "another" });
    await store.insert(session, 0);
    const found = await store.ofPayment(wanted.paymentId ?? "", "a-session");
    expect(found.map(({ id }) => id).sort()).toEqual(["a-session", wanted.id, "upper"].sort());
    expect((await store.ofPayment("another", undefined)).map(({ id }) => id)).toEqual(["other"]);
  });

  test("lists movements, the oldest first, all or those in one state", async () => {
    await store.insert(session, 0);
    for (const id of ["c", "a", "b"]) {
      const entry = await inserted(store, { id });
      if (id !== "a") await store.write({ ...entry, state: "in_doubt" }, undefined);
      await pause(3);
    }
    expect((await store.list(undefined, 10)).map(({ id }) => id)).toEqual(["c", "a", "b"]);
    expect((await store.list("in_doubt", 10)).map(({ id }) => id)).toEqual(["c", "b"]);
    expect((await store.list(undefined, 1)).map(({ id }) => id)).toEqual(["c"]);
  });

  test("pages through the payments that changed since then", async () => {
    const before = await inserted(store, { id: "0", paymentId: "p0" });
    await pause(3);
    for (const number of ["3", "1", "2", "1"])
      await inserted(store, { id: `${number}${String(Math.random())}`, paymentId: `p${number}` });
    const since = before.createdAtMs + 1;
    expect(await store.payments(since, "", 2)).toEqual(["p1", "p2"]);
    expect(await store.payments(since, "p2", 2)).toEqual(["p3"]);
    expect(await store.payments(0, "", 10)).toEqual(["p0", "p1", "p2", "p3"]);
  });
}

describe("the store in memory", () => {
  contract(() => Promise.resolve(createMemoryStore()));
});

describe.each(databases)("the store on %s", (_, open) => {
  let database: TestDatabase;
  let store: SqlStore;
  beforeAll(async () => {
    database = await open();
    store = createSqlStore(pick(database));
    await store.migrate();
    // PGlite compiles PostgreSQL first.
  }, 120_000);
  afterAll(async () => database.close());

  contract(async () => {
    await database.query("delete from purse_journal returning id", []);
    return store;
  });

  test("migrates at every start, and in several processes at once", async () => {
    const stores = Array.from({ length: 5 }, () => createSqlStore({ ...pick(database), table: "at_once" }));
    await Promise.all(stores.map((each) => each.migrate()));
    await stores[0]?.migrate();
    expect(await stores[0]?.insert(wanted, 0)).toBeDefined();
  });

  test("has a schema for migrations of one's own", async () => {
    const other = createSqlStore({ ...pick(database), table: "by_hand" });
    const statements =
      database.dialect === "postgres" ? [other.schema] : other.schema.split(";\n").filter(Boolean);
    for (const statement of statements) await database.query(statement, []);
    expect(await other.insert(wanted, 0)).toBeDefined();
  });

  test("deletes settled movements by age with one statement", async () => {
    await database.query("delete from purse_journal returning id", []);
    const settled = await inserted(store, { id: "settled" });
    await store.write({ ...settled, state: "succeeded" }, undefined);
    const doubtful = await inserted(store, { id: "in doubt" });
    await store.write({ ...doubtful, state: "in_doubt" }, undefined);
    await inserted(store, { id: "open" });
    const [text, values] =
      database.dialect === "postgres" ? ["$1", [Date.now() + 60_000]] : ["?", [Date.now() + 60_000]];
    await database.query(
      `delete from purse_journal where due_at_ms is null and state <> 'in_doubt' and updated_at_ms < ${text} returning id`,
      values,
    );
    expect((await store.list(undefined, 10)).map(({ id }) => id)).toEqual(["in doubt", "open"]);
  });
});

function pick({ dialect, query }: TestDatabase): Pick<TestDatabase, "dialect" | "query"> {
  return { dialect, query };
}
