import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSqlStore, createWebhookHandler, type SqlWebhookStore } from "../../../src/webhooks/index.js";
import { thrownBy } from "../../support/failures.js";
import { inParallel } from "../../support/receiving-server.js";
import { databases, openSqlite, type TestDatabase } from "../../support/sql.js";
import { delivery, statedPayment, webhookSecret } from "../../support/webhooks.js";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const minuteMs = 60_000;

describe.each(databases)("webhooks and %s", (_, open) => {
  let database: TestDatabase;
  let store: SqlWebhookStore;
  let other: SqlWebhookStore;

  const connect = (receiver: string): SqlWebhookStore => {
    const { dialect, query } = database;
    return createSqlStore({ dialect, query, receiver });
  };
  beforeAll(async () => {
    database = await open();
    store = connect("shop");
    other = connect("shop");
    await Promise.all([store.migrate(), other.migrate()]);
    // PGlite compiles PostgreSQL first.
  }, 120_000);
  beforeEach(async () => {
    await database.query("delete from purse_webhooks returning key", []);
  });
  afterAll(async () => database.close());

  test("a claim is its owner's until it is released, and no other releases it", async () => {
    expect(await store.claim("a", minuteMs, "one")).toBe(true);
    expect(await other.claim("a", minuteMs, "two")).toBe(false);
    expect(await other.release("a", "two")).toBe(false);
    expect(await other.claim("b", minuteMs, "two")).toBe(true);
    expect(await store.release("a", "one")).toBe(true);
    expect(await other.claim("a", minuteMs, "two")).toBe(true);
  });

  test("a claim that was asked for twice is still its owner's", async () => {
    expect(await store.claim("a", minuteMs, "one")).toBe(true);
    expect(await store.claim("a", minuteMs, "one")).toBe(true);
  });

  test("of many that claim at the same time one gets it", async () => {
    const claims = Array.from({ length: 20 }, (__, number) =>
      store.claim("a", minuteMs, `owner-${String(number)}`),
    );
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });

  test("a claim runs out, and whose it was can neither complete nor release it", async () => {
    await store.claim("a", 30, "slow");
    await pause(60);
    expect(await other.claim("a", minuteMs, "fast")).toBe(true);
    expect(await store.complete("a", minuteMs, "slow")).toBe(false);
    expect(await store.release("a", "slow")).toBe(false);
    expect(await other.complete("a", minuteMs, "fast")).toBe(true);
  });

  test("what is done stays done until it is forgotten, though its claim had run out", async () => {
    await store.claim("a", 20, "one");
    await pause(40);
    expect(await store.complete("a", minuteMs, "one")).toBe(false);
    expect(await store.release("a", "one")).toBe(false);
    expect(await other.claim("a", minuteMs, "two")).toBe(false);
    await store.claim("b", minuteMs, "one");
    expect(await store.complete("b", 20, "one")).toBe(true);
    await pause(40);
    expect(await other.claim("b", minuteMs, "two")).toBe(true);
  });

  test("a claim without an owner is this store's own", async () => {
    expect(await store.claim("a", minuteMs)).toBe(true);
    await other.release("a");
    expect(await other.claim("a", minuteMs)).toBe(false);
    await store.release("a");
    expect(await other.claim("a", minuteMs)).toBe(true);
    expect(await other.complete("a", minuteMs)).toBe(true);
    expect(await store.claim("a", minuteMs)).toBe(false);
  });

  test("a text replaces the one that was expected, and no other", async () => {
    expect(await store.recall("a")).toBeUndefined();
    expect(await store.remember("a", "one", minuteMs, "another")).toBe(false);
    expect(await store.remember("a", "one", minuteMs, null)).toBe(true);
    expect(await store.remember("a", "two", minuteMs, null)).toBe(false);
    expect(await store.remember("a", "one", minuteMs, null)).toBe(true);
    expect(await store.remember("a", "two", minuteMs, "one")).toBe(true);
    expect(await store.remember("a", "three", minuteMs, "one")).toBe(false);
    expect(await store.remember("a", "two", minuteMs, "one")).toBe(true);
    expect(await other.recall("a")).toBe("two");
    expect(await store.remember("a", "four", 30)).toBe(true);
    await pause(60);
    expect(await store.recall("a")).toBeUndefined();
    expect(await store.remember("a", "five", minuteMs, "four")).toBe(false);
    expect(await store.remember("a", "five", minuteMs, null)).toBe(true);
  });

  test("receivers that share the table do not share claims", async () => {
    expect(await store.claim("a", minuteMs, "one")).toBe(true);
    expect(await connect("accounting").claim("a", minuteMs, "two")).toBe(true);
  });

  test("what has run out is removed now and then", async () => {
    for (let number = 0; number < 50; number++) await store.remember(String(number), "x", 1);
    await store.remember("kept", "x", minuteMs);
    for (let number = 0; number < 100; number++) await store.claim("a", minuteMs, "one");
    expect(await database.query("select key from purse_webhooks order by key", [])).toHaveLength(2);
  });

  test("two receivers of the same name handle each state once, and never at once", async () => {
    let version = 1;
    const [succeeded, again]: [Set<string>, string[]] = [new Set(), []];
    let [atWork, mostAtWork, runs] = [0, 0, 0];
    const fallback = async ({ event }: { event: { id: string; version?: number } }): Promise<void> => {
      const state = `${event.id}:${String(event.version)}`;
      runs += 1;
      if (succeeded.has(state)) again.push(state);
      mostAtWork = Math.max(mostAtWork, (atWork += 1));
      await pause(1);
      atWork -= 1;
      if (runs % 3 === 0) throw new Error("now and then");
      succeeded.add(state);
    };
    const payments = { retrieve: (id: string) => Promise.resolve(statedPayment({ id, version })) };
    const handlers = [store, other].map((each) =>
      createWebhookHandler({ payments }, { secrets: [webhookSecret], store: each, on: { fallback } }),
    );
    for (version = 1; version <= 3; version++) {
      const jobs = Array.from({ length: 40 }, (__, index) => async () => {
        for (;;) {
          const response = await handlers[index % 2]?.(delivery());
          if (response?.status === 200) return;
        }
      });
      await inParallel(10, jobs);
    }
    expect([succeeded.size, again, mostAtWork]).toEqual([3, [], 1]);
  });

  test("has a schema for migrations of one's own", async () => {
    const { dialect, query } = database;
    const own = createSqlStore({ dialect, query, receiver: "shop", table: "by_hand" });
    for (const statement of dialect === "postgres" ? [own.schema] : own.schema.split(";\n").filter(Boolean))
      await query(statement, []);
    expect(await own.claim("a", minuteMs, "one")).toBe(true);
  });
});

test("a database that is away makes the sender come again, and no handler runs", async () => {
  const query = (): Promise<never> => Promise.reject(new Error("ECONNREFUSED"));
  const handled: unknown[] = [];
  const handler = createWebhookHandler(
    { payments: { retrieve: (id: string) => Promise.resolve(statedPayment({ id })) } },
    {
      secrets: [webhookSecret],
      store: createSqlStore({ dialect: "postgres", query, receiver: "shop" }),
      on: { fallback: (context) => handled.push(context) },
    },
  );
  expect((await handler(delivery())).status).toBe(503);
  expect(handled).toEqual([]);
});

test.each([
  [{}],
  [{ dialect: "mysql" }],
  [{ query: undefined }],
  [{ receiver: undefined }],
  [{ receiver: "a:b" }],
  [{ table: "a; drop table b" }],
  [{ prefix: "x" }],
])("refuses %o", (wrong) => {
  const { query } = openSqlite();
  const options =
    Object.keys(wrong).length === 0 ? {} : { dialect: "sqlite", query, receiver: "shop", ...wrong };
  expect(thrownBy(() => createSqlStore(options as never))).toMatchObject({ code: "invalid_argument" }); // As from JavaScript.
});
