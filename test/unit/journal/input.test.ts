import { describe, expect, test } from "vitest";
import {
  createJournal,
  createMemoryStore,
  createSqlStore,
  type Journal,
} from "../../../src/journal/index.js";
import { Purse } from "../../../src/index.js";
import { thrownBy } from "../../support/failures.js";
import { openSqlite } from "../../support/sql.js";

const purse = new Purse({
  baseUrl: "http://127.0.0.1:9",
  clientId: "id",
  clientSecret: "secret",
  fetch: () => Promise.reject(new Error("nothing may be sent")),
});
/** A store that must not be touched. */
const untouched = Object.fromEntries(
  Object.keys(createMemoryStore()).map((name) => [
    name,
    () => Promise.reject(new Error("the store was touched")),
  ]),
) as never; // The methods of a store, all alike.
const journal = createJournal(purse, { store: untouched });
const good = { id: "order-1/capture/1", paymentId: "9a14962c", amount: 4299 };

const wrong: [string, object | null | undefined | string][] = [
  ["nothing", undefined],
  ["null", null],
  ["text", "order-1"],
  ["no id", { ...good, id: undefined }],
  ["an empty id", { ...good, id: "" }],
  ["an id of 256 characters", { ...good, id: "x".repeat(256) }],
  ["an id that is a number", { ...good, id: 1 }],
  ["an id that is a String object", { ...good, id: new String("a") }],
  ["an id with a line break", { ...good, id: "a\nb" }],
  ["an id with NUL", { ...good, id: "a\u0000" }],
  ["an id with DEL", { ...good, id: "a\u007f" }],
  ["an id with a zero-width space", { ...good, id: "a\u200b" }],
  ["an id with a line separator", { ...good, id: "a\u2028" }],
  ["an id with half a surrogate pair", { ...good, id: "a\ud800" }],
  ["no payment", { ...good, paymentId: undefined }],
  ["a payment that is a path", { ...good, paymentId: "a/b" }],
  ["a payment that is a dot segment", { ...good, paymentId: ".." }],
  ["no amount", { ...good, amount: undefined }],
  ["an amount with decimals", { ...good, amount: 42.99 }],
  ["a negative amount", { ...good, amount: -1 }],
  ["an amount that is text", { ...good, amount: "4299" }],
  ["an amount that is no number", { ...good, amount: NaN }],
  ["an amount that is too large", { ...good, amount: 2 ** 53 }],
  ["an empty reference", { ...good, merchantReference: "" }],
  ["a reference that is a number", { ...good, merchantReference: 1 }],
  ["a reference with NUL", { ...good, merchantReference: "a\u0000" }],
  ["a reference of 256 characters", { ...good, merchantReference: "x".repeat(256) }],
  ["an unknown member", { ...good, merchant_reference: "CAP-1" }],
  ["a key", { ...good, idempotencyKey: "a-key" }],
  ["a Map", new Map(Object.entries(good))],
];

describe.each(["capture", "refund", "void"] as const)("%s refuses", (kind) => {
  test.each(wrong)("%s, before the store is touched", async (_, input) => {
    await expect(journal[kind](input as never)).rejects.toMatchObject({ code: "invalid_argument" }); // As from JavaScript.
  });
  test("a kind of its own", async () => {
    const input = { ...good, kind };
    await expect(journal[kind](input)).rejects.toMatchObject({ code: "invalid_argument" });
  });
});

describe("record refuses", () => {
  test.each([...wrong, ["no kind", good], ["another kind", { ...good, kind: "sale" }]])(
    "%s",
    async (_, input) => {
      const given =
        typeof input === "object" && input !== null && !(input instanceof Map)
          ? { kind: "capture", ...input }
          : input;
      const withoutKind = _ === "no kind" ? good : given;
      await expect(journal.record(withoutKind as never)).rejects.toMatchObject({ code: "invalid_argument" }); // As from JavaScript.
    },
  );
  test.each([[{ store: {} }], [{ store: null }], [{ transaction: {} }], [null]])(
    "options %o",
    async (options) => {
      const input = { ...good, kind: "capture" } as const;
      await expect(journal.record(input, options as never)).rejects.toMatchObject({
        code: "invalid_argument",
      }); // As from JavaScript.
    },
  );
});

const calls: [string, (journal: Journal) => Promise<unknown>][] = [
  ["find('')", (each) => each.find("")],
  ["find(1)", (each) => each.find(1 as never)],
  ["list(limit 0)", (each) => each.list({ limit: 0 })],
  ["list(limit 1001)", (each) => each.list({ limit: 1001 })],
  ["list(limit 1.5)", (each) => each.list({ limit: 1.5 })],
  ["list(limit '1')", (each) => each.list({ limit: "1" as never })],
  ["list(state)", (each) => each.list({ state: "done" as never })],
  ["list(states)", (each) => each.list({ states: "open" } as never)],
  ["list(null)", (each) => each.list(null as never)],
  ["resume(limit 0)", (each) => each.resume({ limit: 0 })],
  ["resume(limit 1001)", (each) => each.resume({ limit: 1001 })],
  ["resume(signal)", (each) => each.resume({ signal: {} as never })],
  ["resume(every)", (each) => each.resume({ every: 1 } as never)],
  ["run()", (each) => each.run(undefined as never)],
  ["run(no signal)", (each) => each.run({} as never)],
  ["run(everyMs 0)", (each) => each.run({ everyMs: 0, signal: AbortSignal.abort() })],
  ["expect()", (each) => each.expect(undefined as never)],
  ["expect(no session)", (each) => each.expect({} as never)],
  ["expect(empty session)", (each) => each.expect({ clientSessionId: "" })],
  ["expect(path)", (each) => each.expect({ clientSessionId: "a/b" })],
  ["expect(until text)", (each) => each.expect({ clientSessionId: "a", until: "tomorrow" })],
  [
    "expect(until without offset)",
    (each) => each.expect({ clientSessionId: "a", until: "2026-01-01T00:00:00" }),
  ],
  ["expect(until no date)", (each) => each.expect({ clientSessionId: "a", until: new Date(NaN) })],
  ["reconcile(since)", async (each) => each.reconcile({ since: "yesterday" }).next()],
  ["reconcile(from)", async (each) => each.reconcile({ from: new Date() } as never).next()],
];
test.each(calls)("%s is refused before the store is touched", async (_, call) => {
  await expect((async () => call(journal))()).rejects.toMatchObject({ code: "invalid_argument" });
});

test.each([
  [undefined],
  [{}],
  [{ store: undefined }],
  [{ store: {} }],
  [{ store: createMemoryStore(), onChange: "x" }],
  [{ store: createMemoryStore(), onPayment: {} }],
  [{ store: createMemoryStore(), logger: "console" }],
  [{ store: createMemoryStore(), hooks: null }],
  [{ store: createMemoryStore(), leaseMs: 0 }],
  [{ store: createMemoryStore(), doubtAfterMs: Infinity }],
  [{ store: createMemoryStore(), onchange: () => undefined }],
])("a journal is not made with %o", (options) => {
  expect(thrownBy(() => createJournal(purse, options as never))).toMatchObject({ code: "invalid_argument" }); // As from JavaScript.
});

test.each([[undefined], [{}], [{ payments: {} }]])("a journal is not made over %o", (client) => {
  const make = (): Journal => createJournal(client as never, { store: createMemoryStore() }); // As from JavaScript.
  expect(thrownBy(make)).toMatchObject({ code: "invalid_argument" });
});

test.each([
  [undefined],
  [{}],
  [{ dialect: "mysql" }],
  [{ query: undefined }],
  [{ table: "a b" }],
  [{ table: "a.b.c" }],
  [{ schema: "x" }],
])("a store is not made with %o", (more) => {
  const options =
    more && Object.keys(more).length > 0 ? { dialect: "sqlite", query: openSqlite().query, ...more } : more;
  expect(thrownBy(() => createSqlStore(options as never))).toMatchObject({ code: "invalid_argument" }); // As from JavaScript.
});

test("a query that gives no rows is a failure of the store, and says so", async () => {
  const query = (): Promise<never> => Promise.resolve(undefined as never); // As a driver called wrongly.
  const broken = createJournal(purse, { store: createSqlStore({ dialect: "sqlite", query }) });
  await expect(broken.capture(good)).rejects.toThrow("array of rows");
});

test("a longest id and any printable text are taken", async () => {
  const taking = createJournal(purse, { store: createMemoryStore() });
  for (const id of ["x".repeat(255), "Bestellung Nr. 5 – Zürich", "注文/1", "\u{1F600}"])
    expect(await taking.record({ ...good, kind: "capture", id, amount: 0 })).toMatchObject({
      id,
      state: "open",
    });
});

test("options may be left out, or be undefined", async () => {
  const quiet = createJournal(purse, { store: createMemoryStore(), onChange: undefined, leaseMs: undefined });
  expect(await quiet.list()).toEqual([]);
  expect(await quiet.list({ state: undefined, limit: undefined })).toEqual([]);
  expect(await quiet.resume()).toEqual({ taken: 0, settled: 0, open: 0 });
  expect(await quiet.resume({ limit: undefined, signal: undefined })).toEqual({
    taken: 0,
    settled: 0,
    open: 0,
  });
  expect(await quiet.reconcile().next()).toEqual({ done: true, value: undefined });
  await quiet.run({ signal: AbortSignal.abort() });
  await quiet.expect({ clientSessionId: "a", until: undefined });
});
