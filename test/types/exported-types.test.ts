import { describe, expect, it } from "vitest";
import { createExplorer, type ExportedName } from "./explorer.js";

/** What an editor shows without scrolling. */
const mostLines = 45;
const mostCharacters = 2500;

const explorer = createExplorer("src/index.ts");
const names = explorer.exportedNames();

describe("every exported name", () => {
  it("is there", () => {
    expect(names.length).toBeGreaterThan(150);
  });

  it.each(names)("$name holds no any", (exported: ExportedName) => {
    expect(explorer.anyWithin(exported)).toEqual([]);
  });

  it.each(names)("$name fits a screen when hovered", (exported: ExportedName) => {
    const { text } = explorer.hover(exported);
    expect(text.split("\n").length).toBeLessThanOrEqual(mostLines);
    expect(text.length).toBeLessThanOrEqual(mostCharacters);
  });

  it.each(names)("$name says what it is", (exported: ExportedName) => {
    const { documentation } = explorer.hover(exported);
    // The closed types stand right below the arrays that they are made from.
    if (!exported.name.startsWith("Known")) expect(documentation).not.toBe("");
  });
});

/** What every program has without importing it, and what type parameters are called. */
const knownAnyway = new Set([
  ...[
    "AbortSignal",
    "Date",
    "Error",
    "Headers",
    "Promise",
    "PromiseLike",
    "Request",
    "RequestInit",
    "Response",
  ],
  ...["Omit", "Pick", "Readonly", "Record", "Required", "URLSearchParams", "ArrayBufferLike", "Uint8Array"],
  ...["Content", "Method", "Operation", "Params", "Path", "Responses"],
  // Of the peers.
  ...["Dispatcher", "MeterProvider", "TracerProvider"],
  // Opaque: what a dump holds is the simulator's own affair.
  ...["ClockReading", "SimulatorState"],
]);

describe.each([
  ["src/index.ts"],
  ["src/browser/index.ts"],
  ["src/checkout/index.ts"],
  ["src/money/index.ts"],
  ["src/opentelemetry/index.ts"],
  ["src/redirection/index.ts"],
  ["src/simulator/index.ts"],
  ["src/undici/index.ts"],
  ["src/webhooks/index.ts"],
  ["src/webhooks/node.ts"],
])("what an editor shows of %s", (entry) => {
  const ofEntry = createExplorer(entry);

  it.each(ofEntry.exportedNames())("$name can be imported by the names shown", (exported: ExportedName) => {
    const unknown = ofEntry.namesWithin(exported).filter((name) => !knownAnyway.has(name));
    const importable = new Set([...names, ...ofEntry.exportedNames()].map(({ name }) => name));
    expect(unknown.filter((name) => !importable.has(name))).toEqual([]);
  });
});

it("an any is found in every part of a type", () => {
  const fixture = createExplorer("test/types/any-fixture.ts");
  const found = fixture.exportedNames().map((exported) => [exported.name, ...fixture.anyWithin(exported)]);
  expect(found).toEqual([
    ["inMember", "inMember.a.b"],
    ["InList", "InList.list<>"],
    ["inParameter", "inParameter(given)"],
    ["inPromise", "inPromise()<>"],
    ["InUnion", "InUnion.a"],
    ["nowhere"],
  ]);
});

describe("a member", () => {
  it.each([
    ["Payment", "authorization", "Authorization"],
    ["Payment", "captures", "Operation[]"],
    ["Payment", "redirection", "PaymentRedirection | undefined"],
    ["Authorization", "status", "AuthorizationStatus"],
    ["Authorization", "partner_transactions", "AuthorizationTransaction[]"],
    ["CreatePaymentParams", "split", "SplitRequest[]"],
    ["CreatePaymentParams", "order", "OrderRequest"],
    ["ClientSession", "links", "ClientSessionLinks"],
  ])("%s.%s is shown by its type's name", (type, member, shown) => {
    expect(explorer.member(type, member)).toMatchObject({ type: shown });
  });

  it.each([
    ["Payment", "version"],
    ["CreateClientSessionParams", "capture_delay"],
    ["SavedCardSplit", "wallet_token"],
  ])("%s.%s has the words of the spec", (type, member) => {
    expect(explorer.member(type, member).documentation).toMatch(/\w+ \w+/);
  });
});
